"""Who may do what, and what becomes of it: the two tables that decide every cell."""

from typing import NamedTuple

ROLES = {
    "host": "U0CURATOR",  # a curator of the collaborative that hosts
    "other": "U0SAM",  # a curator of another one
    "member": "U0MEMBER",  # who brought the items and shared the tip
    "admin": "U0ADMIN",
    "elsewhere": "U0KOFI",  # of a workspace without the app, and a member
    "newcomer": "U0NEW",  # reads the shared channel, and was never met
    "stranger": "U0OUTSIDE",  # was never met, and reads another channel
    "deactivated": "U0DEPUTY",  # a curator of the host, an admin, with items and a tip: all but allowed
    "bot": "U0ROBOT",  # the same
}

WHO = """
              host  other  member  admin  elsewhere  newcomer  stranger  deactivated  bot
everyone      may   may    may     may    may        may       -         -            -
who was met   may   may    may     may    none       -         -         -            -
the author    -     -      may     -      -          -         -         -            -
the host      may   -      -       -      -          -         -         -            -
host, admins  may   -      -       may    -          -         -         -            -
admins        -     -      -       may    -          -         -         -            -
Slack         -     -      -       -      -          -         -         -            -
"""
"""`-`: nothing changes, not even that somebody was met, and the person is told why, alone.

none: Slack has no Home tab for people of a workspace without the app.
"""

WHAT = """
kind     id                         who            fresh         stale                over       another's           no id       wrong answers

command  (bare)                     everyone       shows         .                    .          .                   .           .
command  add                        everyone       acts          .                    .          .                   .           refused
command  now                        everyone       refused       .                    .          .                   .           .
command  list                       everyone       shows         .                    .          .                   .           .
command  mine                       everyone       shows         .                    .          .                   .           .
command  help                       everyone       shows         .                    .          .                   .           .
command  hosts                      everyone       shows         .                    .          .                   .           .
command  digest                     everyone       shows         .                    .          .                   .           .
command  remind                     everyone       acts          refused              refused    refused             refused     refused
command  tip                        everyone       acts          .                    .          .                   .           .
command  tips                       everyone       shows         .                    .          .                   .           .
command  …                          everyone       shows         .                    .          .                   .           .
command  curate                     the host       shows         .                    .          .                   .           .
command  start                      the host       shows         .                    .          .                   .           .
command  me                         everyone       shows         .                    .          .                   .           .
command  look                       host, admins   shows         refused              refused    refused             refused     refused
command  setup                      admins         shows         .                    .          .                   .           .

shortcut  item.bring                 everyone       shows         .                    .          .                   .           .
shortcut  item.bring_message         everyone       shows         .                    .          .                   .           .

action   item.add                   everyone       shows         .                    .          .                   .           .
action   item.now                   everyone       refused       .                    .          .                   .           .
action   agenda.list                everyone       shows         .                    .          .                   .           .
action   item.mine                  everyone       shows         .                    .          .                   .           .
action   digest.preview             everyone       shows         .                    .          .                   .           .
action   meeting.remind             everyone       acts          .                    .          .                   .           .
action   agenda.status              everyone       shows         .                    .          .                   .           .
action   help.show                  everyone       shows         .                    .          .                   .           .
action   membership.join            everyone       shows         .                    .          .                   .           .
action   tip.share                  everyone       shows         .                    .          .                   .           .
action   tip.find                   everyone       shows         .                    .          .                   .           .
action   tip.search                 everyone       shows         .                    .          .                   .           .
action   item.read                  everyone       shows         refused|shows        shows      refused             refused     .
action   me_too.show                everyone       shows         .                    .          .                   .           .
action   me_too.say                 everyone       acts|refused  refused              refused    refused             refused     .
action   me_too.take_back           everyone       acts|refused  refused              refused    refused             refused     .
action   separate.take_up           the author     acts          refused              .          refused             refused     .
action   separate.group             everyone       shows         refused              refused    refused             refused     .
action   item.remove                host, admins   shows         shows                shows      refused             refused     .
action   item.edit                  the author     shows         refused              refused    refused             refused     .
action   item.withdraw              the author     acts          refused              refused    refused             refused     .
action   item.today                 the author     refused       .                    .          .                   .           .
action   item.next_time             the author     refused       .                    .          .                   .           .
action   item.keep                  the author     acts          refused              refused    refused             refused     .
action   item.solve                 the author     acts          refused              refused    refused             refused     .
action   item.learned               the author     shows         refused              refused    refused             refused     .
action   item.bring_back            the author     acts          refused              refused    refused             refused     .
action   item.strike_line           the author     acts          refused              .          refused             refused     refused
action   item.add_again             the author     shows         shows                shows      refused             refused     .
action   tip.remove                 host, admins   acts          .                    .          refused             refused     .
action   tip.file_under             the author     acts          .                    .          refused             refused     refused
action   item.take                  the host       acts          refused              refused    refused             refused     .
action   item.hold                  the host       acts          refused              refused    refused             refused     .
action   item.leave_out             the host       shows         refused              refused    refused             refused     .
action   item.undo                  the host       acts          refused              refused    refused             refused     refused
action   item.join                  the host       shows         refused              refused    refused             refused     .
action   item.apart            the host       acts          refused              refused    refused             refused     .
action   agenda.arrange             the host       acts          refused              refused    refused             refused     refused
action   question.answer            the author     shows         refused              refused    refused             refused     .
action   agenda.board               the host       shows         shows                shows      refused             refused     .
action   agenda.resting             the host       shows         shows                shows      refused             refused     .
action   agenda.order               the host       shows         refused              refused    refused             refused     .
action   meeting.timing               the host       shows         refused              refused    refused             refused     .
action   agenda.publish             the host       acts          refused              refused    refused             refused     .
action   agenda.send_answers        the host       acts          refused              refused    refused             refused     .
action   results.show               the host       shows         refused              shows      refused             refused     .
action   results.choose             the host       acts          refused              .          refused             refused     refused
action   results.rest_is_done       the host       acts          refused              acts       refused             refused     .
action   results.send_notes         the host       acts          refused              acts       refused             refused     .
action   live.start                 the host       shows         refused              refused    refused             refused     .
action   live.done                  the host       refused       refused              refused    refused             refused     refused
action   live.put_off               the host       refused       refused              refused    refused             refused     refused
action   live.go_on                 the host       refused       refused              refused    refused             refused     refused
action   live.go_back               the host       refused       refused              refused    refused             refused     refused
action   live.end                   the host       refused       refused              refused    refused             refused     .
action   coming.yes                 everyone       acts          refused              refused    refused             refused     .
action   coming.no                  everyone       acts          refused              refused    refused             refused     .
action   coming.takes_notes         everyone       acts          refused              refused    refused             refused     .
action   coming.takes_no_notes      everyone       refused       .                    .          .                   .           .
action   coming.tell                everyone       shows         refused              refused    refused             refused     .
action   party.tell                 everyone       shows|refused  refused              refused    refused             refused     .
action   coming.show                everyone       shows         shows                shows      refused             refused     .
action   duty.show                  everyone       shows         shows                shows      refused             refused     .
action   duty.take                  everyone       acts          refused              refused    refused             refused     refused
action   duty.give_back             everyone       acts|refused  refused              refused    refused             refused     refused
action   hosts.show                 everyone       shows         .                    .          .                   .           .
action   look_back.show             host, admins   shows         .                    .          .                   .           .
action   about_me.show              everyone       shows         .                    .          .                   .           .
action   about_me.keep_after_all    everyone       refused       .                    .          .                   .           .
action   about_me.erase             everyone       shows         .                    .          .                   .           .
action   look_back.send             host, admins   acts          .                    .          .                   .           .
action   look_back.post             host, admins   acts          .                    .          .                   .           .
action   swap.ask                   host, admins   shows         refused              refused    refused             refused     .
action   swap.agree                 the host       acts          refused              refused    refused             refused     .
action   swap.decline               the host       acts          refused              refused    refused             refused     .
action   swap.take_back             the host       acts          refused              refused    refused             refused     .
action   preparing.help             the host       acts          refused              refused    refused             refused     .
action   preparing.no_help          the host       acts          refused              refused    refused             refused     .
action   preparing.step_in          admins         acts          refused              refused    refused             refused     .
action   preparing.step_back        the host       acts          refused              refused    refused             refused     .
action   meeting.welcome            the host       acts          refused              refused    refused             refused     refused
action   calendar.file              everyone       acts          acts                 refused    refused             refused     .
action   calendar.google            everyone       silent        .                    .          .                   .           .
action   calendar.outlook           everyone       silent        .                    .          .                   .           .
action   document.hand_on            everyone       shows         refused              .          refused             refused     refused
action   attendance.show            the host       shows         refused              shows      refused             refused     .
action   follow_up.show             everyone       shows         .                    .          .                   .           .
action   follow_up.choose           the host       acts          refused              .          refused             refused     refused
action   follow_up.write            the host       shows         refused              .          refused             refused     .
action   follow_up.done             the author     acts          refused              .          refused             refused     .
action   follow_up.later            the author     acts          refused              .          refused             refused     .
action   follow_up.decline          the author     acts          refused              .          refused             refused     .
action   follow_up.take_up          the author     acts          refused              .          refused             refused     .
action   meeting.confirm            the host       acts          refused              refused    refused             refused     .
action   meeting.change             host, admins   shows         refused              refused    refused             refused     .
action   meeting.cancel             host, admins   shows         refused              refused    refused             refused     .
action   post.it_is_there           host, admins   acts          refused              acts       refused             refused     .
action   post.again                 host, admins   acts          refused              acts       refused             refused     .
action   setup.show                 admins         shows         .                    .          .                   .           .
action   setup.consortium           admins         shows         .                    .          .                   .           .
action   setup.hold                 admins         shows         .                    .          .                   .           .
action   setup.collaborative        admins         shows         refused              .          refused             refused     .
action   setup.take_out             admins         shows         refused              .          refused             refused     .
action   meeting.host               admins         shows         refused              refused    refused             refused     .
action   setup.meeting              admins         shows         .                    .          .                   .           .

view     item.add_form              everyone       acts          .                    .          .                   .           corrected
view     item.came_up_form          everyone       refused       .                    .          .                   .           corrected
view     membership.join_form       everyone       acts|refused  corrected|refused    .          corrected|refused   .           corrected|refused
view     tip.form                   everyone       acts          .                    .          .                   .           corrected
view     tip.search_form            everyone       shows         .                    .          .                   .           corrected
view     me_too.form                everyone       acts|shows    .                    .          .                   .           corrected
view     separate.group_form        everyone       acts|refused  refused              refused    refused             refused     .
view     item.edit_form             the author     acts          refused              refused    refused             refused     corrected
view     item.remove_form           host, admins   acts          acts                 acts       refused             refused     .
view     item.add_again_form        the author     acts          acts                 acts       refused             refused     corrected
view     item.leave_out_form        the host       acts          refused              refused    refused             refused     corrected
view     item.join_form             the host       acts          refused              refused    refused             refused     corrected
view     question.form              the host       acts          refused              refused    refused             refused     corrected
view     question.answer_form       the author     acts          refused              refused    refused             refused     corrected
view     item.place_form            the host       acts          refused              refused    refused             refused     corrected
view     agenda.order_form          the host       acts          refused|corrected    refused    refused             refused     corrected
view     meeting.timing_form          the host       acts          refused              refused    refused             refused     corrected
view     results.form               the host       acts          refused              .          refused             refused     corrected
view     live.start_form            the host       refused       refused              refused    refused             refused     refused
view     coming.form                everyone       acts          refused              refused    refused             refused     corrected
view     party.form                 everyone       acts|refused  refused              refused    refused             refused     corrected|refused
view     meeting.welcome_form       the host       acts          refused              refused    refused             refused     corrected
view     about_me.form              everyone       acts          .                    .          .                   .           corrected
view     about_me.erase_form        everyone       acts|refused  refused              .          refused             refused     corrected
view     document.form              everyone       acts          refused              .          refused             refused     corrected
view     attendance.form            the host       acts          refused              acts       refused             refused     corrected
view     follow_up.form             the host       acts          refused              .          refused             refused     corrected
view     meeting.change_form        host, admins   acts          refused              refused    refused             refused     corrected
view     meeting.cancel_form        host, admins   acts          refused              refused    refused             refused     .
view     swap.form                  host, admins   acts          refused              refused    refused             refused     corrected
view     setup.consortium_form      admins         acts          .                    .          .                   .           corrected
view     setup.hold_form            admins         acts          .                    .          .                   .           corrected
view     setup.collaborative_form   admins         acts          refused              .          refused             refused     corrected
view     setup.take_out_form        admins         acts          refused              .          refused             refused     corrected
view     meeting.host_form          admins         acts          refused              refused    refused             refused     corrected
view     setup.meeting_form         admins         acts          corrected            .          corrected           .           corrected

event    app_home_opened            who was met    shows         .                    .          .                   .           .
event    channel_archive            Slack          asks again    .                    .          .                   .           .
event    channel_deleted            Slack          asks again    .                    .          .                   .           .
event    channel_id_changed         Slack          acts          .                    .          .                   .           .
event    channel_left               Slack          asks again    .                    .          .                   .           .
event    channel_unarchive          Slack          asks again    .                    .          .                   .           .
event    channel_unshared           Slack          acts          .                    .          .                   .           .
event    group_archive              Slack          asks again    .                    .          .                   .           .
event    group_deleted              Slack          asks again    .                    .          .                   .           .
event    group_left                 Slack          asks again    .                    .          .                   .           .
event    group_unarchive            Slack          asks again    .                    .          .                   .           .
event    member_joined_channel      Slack          silent        .                    .          .                   .           .
event    member_left_channel        Slack          looks again|acts|asks again  .                    .          .                   .           .
event    user_change                Slack          looks again|silent  .                    .          .                   .           .
"""
"""What becomes of it for those who may.

acts: something changed; of another consortium nothing ever does. shows: nothing changed, and they alone see what they
asked for. refused: nothing changed, and they are told so. corrected: the same, at a field of the form. looks again:
Slack is asked anew, and nobody hears anything. asks again: the same, of a channel. `.`: there is no such thing in it, and what is sent in its place is
ignored, so the same becomes of it as of a fresh one. Of two, it is the second for those who have a collaborative already
(the form that asks for it), who do not do it themselves (what is given back), whom we do not know (the news of them), or who may remove words of what was withdrawn; of three, the one between is for those who decide,
as their cards go to others.
"""

CASES = ("fresh", "stale", "over", "another's", "no id", "wrong answers")


class Row(NamedTuple):
    who: str
    becomes: dict[str, frozenset[str]]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def may(who: str, role: str) -> bool:
    return _WHO[who][role] == "may"


def can_be_sent(who: str, role: str) -> bool:
    return _WHO[who][role] != "none"


def _rows() -> dict[tuple[str, str], Row]:
    rows = {}
    for line in WHAT.strip().splitlines()[1:]:
        if line.strip():
            kind, name, who, *becomes = _cells(line)
            fresh = becomes[0]
            each = [frozenset((fresh if cell == "." else cell).split("|")) for cell in becomes]
            rows[kind, "" if name == "(bare)" else name] = Row(who, dict(zip(CASES, each, strict=True)))
    return rows


def _who() -> dict[str, dict[str, str]]:
    head, *lines = WHO.strip().splitlines()
    rows = {cells[0]: cells[1:] for cells in map(_cells, lines)}
    return {who: dict(zip(_cells(head), cells, strict=True)) for who, cells in rows.items()}


_WHO = _who()
ROWS = _rows()
