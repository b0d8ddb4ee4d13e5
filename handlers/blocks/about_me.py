"""Everything about me, on screen: what is kept, with the ways to have it and to erase it; and the question before."""

from datetime import date

from bot.seen.about_me import (
    AboutMeSeen,
    AskedForAboutMeSeen,
    Counts,
    FileAboutMe,
    ReadBy,
    ToEraseSeen,
    Way,
    What,
)
from bot.seen.legal_holds import HoldSeen
from handlers.blocks.ids import ABOUT_ME_FORM, ERASE, ERASE_FORM, KEEP_AFTER_ALL, SETTINGS
from handlers.blocks.kit import (
    Block,
    Message,
    View,
    actions,
    bold,
    button,
    checkboxes,
    form,
    input_block,
    line,
    option,
    paragraph,
    rich,
    rows,
    section,
    small,
)
from handlers.blocks.pieces import about_me_door
from handlers.words import _, day, ngettext, short_day

FILES = "files"
SURE = "sure"
YES = "yes"
MOST_PLACES = 5


def about_me_line() -> Block:
    """At the end of a page of one's own."""
    return section(_("What I keep about you, and how to erase it"), about_me_door())


def about_me(seen: AboutMeSeen) -> Message:
    """Where there are no files to be had."""
    ask = _("I may not send files in this Slack yet. Whoever looks after the server can give you the file.")
    return Message([*_what_is_kept(seen), small(ask)])


def about_me_form(seen: AboutMeSeen) -> View:
    options = [option(label, way) for way, label in _ways().items()]
    return form(
        ABOUT_ME_FORM,
        _("Everything about me"),
        [
            *_what_is_kept(seen),
            input_block(FILES, _("Get it as a file, in a direct message"), checkboxes(options, list(Way))),
        ],
        submit=_("Send me all of it"),
        close=_("Close"),
    )


def _ways() -> dict[Way, str]:
    return {
        Way.WORDS: _("Your words, to read (text)"),
        Way.DATA: _("All of it, for a program (JSON)"),
    }


def _what_is_kept(seen: AboutMeSeen) -> list[Block]:
    return [
        paragraph(_who(seen)),
        small(_("I also keep your id in Slack, and what Slack says of your account.")),
        *_under(_("Everybody in the shared channel can read"), seen.counts[ReadBy.EVERYBODY]),
        *_under(_("Only those whom it is about can read, such as a host's team"), seen.counts[ReadBy.SOME]),
        *_under(_("I show this to nobody else"), seen.counts[ReadBy.NOBODY]),
        *_nothing_yet(seen),
        paragraph(
            _(
                "Whoever looks after the server could read all of it. The owner of a Slack workspace can ask Slack for messages."
            )
        ),
        *_to_erase(seen),
    ]


def _to_erase(seen: AboutMeSeen) -> list[Block]:
    if seen.waits_until is not None:
        return _waits(seen.waits_until)
    return [actions(button(_("Erase all of it…"), ERASE, "all", style="danger"))]


def _waits(until: date) -> list[Block]:
    told = _(
        "You want all of it erased. A hold lasts up to {day}, so nothing is deleted until then. After that day I erase it by myself."
    )
    keep = button(_("Do not erase it"), KEEP_AFTER_ALL, "all")
    return [paragraph(told.format(day=day(until))), actions(keep)]


def _who(seen: AboutMeSeen) -> str:
    if seen.name is None:
        return _("I do not know your name.")
    if seen.collaborative is None:
        return _("I know you as {name}.").format(name=seen.name)
    return _("I know you as {name}, of {theirs}.").format(name=seen.name, theirs=seen.collaborative)


def _nothing_yet(seen: AboutMeSeen) -> list[Block]:
    if any(seen.counts.values()):
        return []
    return [paragraph(_("I keep nothing else about you."))]


def _under(title: str, counts: Counts) -> list[Block]:
    return [paragraph(bold(title)), _listed(counts)] if counts else []


def _listed(counts: Counts) -> Block:
    return rich(rows(line(counted(what, n)) for what, n in counts.items()))


def counted(what: What, n: int) -> str:
    return _("{what}: {n}").format(what=_called()[what], n=n)


def _called() -> dict[What, str]:
    return {
        What.BROUGHT: _("Items that you brought"),
        What.ME_TOO: _("Items of others to which you said “Me too”"),
        What.WORKED: _("What worked for you"),
        What.OUTCOMES: _("What you wrote of items after a meeting"),
        What.TO_DO: _("Follow-ups with you"),
        What.FOLLOW_UPS_WRITTEN: _("Follow-ups that you wrote down"),
        What.DUTIES: _("What you took on for a meeting"),
        What.PREPARED: _("Meetings that you helped to prepare"),
        What.COMES: _("Meetings of which you said whether you come"),
        What.ANNOUNCED: _("Meetings of which you said how many come"),
        What.DECIDED: _("Items that you decided about"),
        What.ASKED: _("Questions that you asked"),
        What.ANSWERED: _("Answers that you gave"),
        What.SWAPS_ASKED: _("Swaps that you asked for"),
        What.SWAPS_ANSWERED: _("Swaps that you answered"),
        What.DECIDES_FOR: _("Hosts for whom you decide"),
        What.HOLDS: _("Holds that you began"),
        What.SET_ASIDE: _("Removed words of yours that I lock away until a hold ends"),
        What.SEEN_OR_MISSED: _("Messages that you looked for"),
        What.PUBLISHED: _("Agendas that you published"),
        What.MESSAGES: _("Messages to you"),
        What.DEEDS: _("What you did with buttons and commands"),
    }


def asked_for_files(seen: AskedForAboutMeSeen) -> Message:
    """To who asks for them."""
    if seen.on_their_way:
        n = seen.on_their_way
        said = ngettext(
            "✓ The file comes to you in a direct message.", "✓ The files come to you in direct messages.", n
        )
    else:
        said = ngettext(
            "✓ You have this file already, in your direct messages.",
            "✓ You have these files already, in your direct messages.",
            seen.asked,
        )
    return Message([paragraph(bold(said))])


def with_file() -> Message:
    """The words above the file."""
    told = _("This is for you alone. If you erase all of it, I delete this file here, too.")
    return Message([paragraph(bold(_("Here is what I keep about you."))), paragraph(told)])


def without_file(_seen: FileAboutMe) -> Message:
    """Where Slack takes no file."""
    told = _(
        "I can't send you the file: Slack takes no files from me at the moment. Whoever looks after the server can give it to you."
    )
    return Message([paragraph(bold(told)), actions(about_me_door())])


def erase_form(seen: ToEraseSeen) -> View:
    agree = checkboxes([option(_("Yes, erase all of it. I know that this can't be undone."), YES)])
    return form(
        ERASE_FORM,
        _("Erase all of it"),
        [
            *_goes(seen),
            *_stays(seen),
            *_held(seen),
            small(
                _(
                    "If you have been asked for records, or expect to be, do not erase anything now. Ask somebody who knows the law first."
                )
            ),
            input_block(SURE, _("Are you sure?"), agree),
        ],
        submit=_("Erase all of it"),
        about=f"{len(seen.kept_places)}:{seen.read}",
    )


def _held(seen: ToEraseSeen) -> list[Block]:
    if seen.held_until is None:
        return []
    told = _(
        "A hold lasts up to {day}: nothing is deleted until then. It waits for that, and is erased after that day."
    )
    return [paragraph(bold(told.format(day=day(seen.held_until))))]


def _goes(seen: ToEraseSeen) -> list[Block]:
    told = _(
        "Your name and your words go from my notes and from my messages. So do my files in your direct messages with me."
    )
    undecided = _("What no host has answered is taken back. Follow-ups of yours go back to the host.")
    listed = [_listed(seen.goes)] if seen.goes else []
    return [paragraph(bold(_("This goes"))), paragraph(told), *listed, small(undecided)]


def _stays(seen: ToEraseSeen) -> list[Block]:
    n = seen.out_of_reach
    lost = ngettext("{n} message that I can't edit.", "{n} messages that I can't edit.", n)
    stays = [
        *_places(seen),
        *([lost.format(n=n)] if n else []),
        _("Your name where others wrote it. Ask them to change it."),
        _("What people copied or printed, and what Slack keeps itself."),
        _(
            "What the server's own file for your group says, if it names you. Ask whoever looks after the server."
        ),
        _("Backups of the server, until they are deleted."),
    ]
    return [paragraph(bold(_("This stays"))), rich(rows(map(line, stays)))]


def _places(seen: ToEraseSeen) -> list[str]:
    told = _("The place of “{title}” on the agenda for {day}, without your words.")
    shown = [told.format(title=one.title, day=short_day(one.day)) for one in seen.kept_places[:MOST_PLACES]]
    n = len(seen.kept_places) - len(shown)
    more = ngettext("{n} more place on an agenda.", "{n} more places on agendas.", n).format(n=n)
    return [*shown, *([more] if n else [])]


def name_another_first() -> Message:
    """To the only admin."""
    told = _(
        "You are the only admin here. Name another one first, under “Settings”. Then you can erase all of it."
    )
    return Message([paragraph(told), actions(button(_("Settings"), SETTINGS, "all"))])


def waits(hold: HoldSeen) -> Message:
    """To who did it while a hold lasts."""
    return Message(_waits(hold.until))


def kept_after_all() -> Message:
    return Message([paragraph(bold(_("✓ Nothing of yours is erased.")))])


def erased() -> Message:
    """To who did it."""
    return Message(
        [
            paragraph(bold(_("✓ All that I kept about you is erased."))),
            paragraph(_("Within a minute no message of mine shows your name or your words any more.")),
            paragraph(
                _(
                    "You are in the shared channel as before, and can leave it. If you press a button here again, I get to know you anew."
                )
            ),
            small(
                _(
                    "What you alone have open may still show your words: close it. Backups keep them until they are deleted."
                )
            ),
        ]
    )
