"""Who comes, on screen: the answer to who says it, the form that tells the host more, and the list."""

from collections.abc import Sequence

from bot.coming import MOST_PEOPLE
from bot.seen.coming import (
    GuestSeen,
    HeadCount,
    Need,
    OwnComingSeen,
    PartySeen,
    ToTellOfPartySeen,
    ToTellSeen,
    WhoComesSeen,
)
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen
from handlers.blocks.fields import text_field
from handlers.blocks.ids import (
    COMES_NOT,
    COMING,
    COMING_FORM,
    JOIN,
    PARTY,
    PARTY_FORM,
    TAKES_NO_NOTES,
    TAKES_NOTES,
    WHO_COMES,
)
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    checkboxes,
    form,
    header,
    input_block,
    line,
    number_input,
    option,
    paragraph,
    rich,
    rows,
    run,
    several,
    small,
)
from handlers.blocks.meetings import comes_door, when_and_where
from handlers.blocks.people import called, with_collaborative
from handlers.blocks.pieces import and_more, turning
from handlers.blocks.reminders import remind_door
from handlers.blocks.welcoming import the_day
from handlers.words import _, listing, ngettext, own_words

FIRST_TIME = "new"
"""Among the lines to be ticked, beside what somebody needs."""


def who_comes_door(meeting: MeetingSeen) -> Element:
    return button(_("Who comes"), WHO_COMES, meeting.id)


def noted(seen: OwnComingSeen) -> Message:
    """To who said it, with what else there is to say."""
    meeting = seen.meeting
    said = {
        None: _("✓ Noted. Thank you!"),
        True: _("✓ You are coming."),
        False: _("✓ You can't come this time. Thank you for saying so."),
    }[seen.comes]
    blocks = [paragraph(bold(said)), *when_and_where(meeting)]
    if seen.comes:
        bring = _(
            "Bring someone who has worked with the others before. They can introduce people to each other."
        )
        blocks += [*the_day(meeting), small(bring), *_taking_notes(seen)]
    notes = [notes_door(meeting, seen.takes_notes)] if seen.comes else []
    return Message([*blocks, actions(*_doors(seen), *notes, who_comes_door(meeting), remind_door())])


def _doors(seen: OwnComingSeen | WhoComesSeen) -> list[Element]:
    """What somebody can say of a meeting to come."""
    meeting = seen.meeting
    own = button(_("I can't come after all"), COMES_NOT, meeting.id) if seen.comes else comes_door(meeting)
    party = (
        button(_("How many of us come…"), PARTY, meeting.id)
        if seen.has_collaborative
        else button(_("Say who you are with…"), JOIN, "join")
    )
    return [button(_("Tell the host more…"), COMING, meeting.id), party, own]


def _taking_notes(seen: OwnComingSeen) -> list[Block]:
    if not seen.takes_notes:
        return []
    return [
        paragraph(
            bold(_("✓ You take notes. Thank you!")),
            run("\n" + _("In the meeting, “It came up…” puts what comes up on the agenda at once.")),
            run("\n" + _("In the evening I send you the list of items, to write down what became of each.")),
        )
    ]


def notes_door(meeting: MeetingSeen, takes_notes: bool, style: str | None = None) -> Element:  # noqa: FBT001
    if takes_notes:
        return button(_("I can't take notes after all"), TAKES_NO_NOTES, meeting.id)
    return button(_("I will take notes"), TAKES_NOTES, meeting.id, style=style)


def who_takes_notes(names: Sequence[str | None]) -> str:
    """To its host."""
    if not names:
        return _("Nobody has said yet that they take notes.")
    said = ngettext("{names} takes notes.", "{names} take notes.", len(names))
    return said.format(names=listing(map(called, names)))


def coming_form(seen: ToTellSeen) -> View:
    """What the day needs for who fills it in. Nobody has to say anything."""
    told = seen.told
    ticked = [*told.needed, *([FIRST_TIME] if told.is_new else [])]
    return form(
        COMING_FORM,
        _("Tell the host more"),
        [
            *when_and_where(seen.meeting),
            small(_("Only the host's team reads this. It is deleted 7 days after the meeting.")),
            input_block("about_me", _("About you"), checkboxes(_lines(), ticked), optional=True),
            text_field(
                "more",
                _("What should the host know?"),
                told.more,
                optional=True,
                hint=_(
                    "For example your language, what you do not eat, or the age of a child who comes along."
                ),
            ),
            *_whom_one_knows(seen),
        ],
        submit=_("Save"),
        about=seen.meeting.id,
    )


def _lines() -> list[Element]:
    lines = {FIRST_TIME: _("It is my first meeting"), **_needs()}
    return [option(said, value) for value, said in lines.items()]


def _needs() -> dict[str, str]:
    """In the words of who needs it."""
    return {
        Need.INTERPRETER: _("I need an interpreter"),
        Need.INTERPRETS: _("I can interpret for others"),
        Need.ACCESS: _("I need a way in without stairs"),
        Need.FOOD: _("There is food that I can't eat"),
        Need.CHILD_CARE: _("I need child care"),
    }


def _whom_one_knows(seen: ToTellSeen) -> list[Block]:
    if not seen.others:
        return []
    return [
        input_block(
            "knows",
            _("With whom have you worked before?"),
            several([option(one.name, one.id) for one in seen.others], seen.told.knows),
            optional=True,
            hint=_("The host reads this, to introduce people to each other."),
        )
    ]


def party_form(seen: ToTellOfPartySeen) -> View:
    """How many come of a collaborative. Anybody of it can say so."""
    told = seen.told
    return form(
        PARTY_FORM,
        _("How many of us come?"),
        [
            *when_and_where(seen.meeting),
            small(
                _(
                    "Everybody reads the numbers. Who is new is read by the host's team, and by the people of {name}. "
                    "It is deleted 7 days after the meeting."
                ).format(name=seen.collaborative)
            ),
            input_block(
                "people",
                _("How many come from {name}?").format(name=seen.collaborative),
                number_input(told.people, 0, MOST_PEOPLE),
                optional=True,
                hint=_("All together, with you. The newest number counts."),
            ),
            input_block(
                "new",
                _("How many of them come for the first time?"),
                number_input(told.new, 0, MOST_PEOPLE),
                optional=True,
            ),
            text_field(
                "who_is_new",
                _("Who is new?"),
                told.who_is_new,
                optional=True,
                hint=_("First names and what they do, if they agree."),
            ),
        ],
        submit=_("Save"),
        about=seen.meeting.id,
    )


def who_comes(seen: WhoComesSeen) -> Message:
    """How many, for everybody; for the host also who, and what the day needs."""
    meeting = seen.meeting
    blocks = [header(_("Who comes")), *when_and_where(meeting), *_in_short(seen)]
    if seen.parties:
        blocks.append(rich(rows(map(_party, seen.parties))))
    if seen.before_it_moved:
        told = _("Said before the meeting moved to another day, and not counted: {n}")
        blocks.append(small(told.format(n=seen.before_it_moved)))
    if seen.silent and not seen.is_closed:
        blocks.append(small(_("Nothing yet from {names}.").format(names=listing(seen.silent))))
    if seen.notes.count or not seen.is_closed:
        blocks.append(small(_notes(seen)))
    blocks += _guests(seen.guests)
    blocks += turning(WHO_COMES, seen.page, seen.guests, of=meeting.id)
    if seen.is_host:
        blocks.append(
            small(
                _(
                    "Only your team sees names and what people need. Both are deleted 7 days after the meeting."
                )
            )
        )
    ways = [actions(*_doors(seen), notes_door(meeting, seen.notes.by_reader))]
    return Message([*blocks, *([] if seen.is_closed else ways)])


def _notes(seen: WhoComesSeen) -> str:
    notes = seen.notes
    if seen.is_host or not notes.count:
        return who_takes_notes(notes.names)
    if notes.by_reader and notes.count == 1:
        return _("You take notes.")
    return ngettext("{n} person takes notes.", "{n} people take notes.", notes.count).format(n=notes.count)


def _in_short(seen: WhoComesSeen) -> list[Block]:
    if not seen.is_closed:
        nobody = seen.parties and not seen.head_count.people
        return [paragraph(bold(_("So far nobody comes.") if nobody else how_many(seen.head_count)))]
    if seen.parties:
        return [paragraph(_("This meeting is over. These said that they come:"))]
    return [paragraph(_("This meeting is over. Nothing is kept of who said that they come."))]


def how_many(count: HeadCount) -> str:
    if not count.people:
        return _("Nobody has said yet that they come.")
    come = ngettext("{n} person comes.", "{n} people come.", count.people).format(n=count.people)
    first = ngettext("{n} of them is new.", "{n} of them are new.", count.new).format(n=count.new)
    return _("{sentence} {next_sentence}").format(sentence=come, next_sentence=first) if count.new else come


def _party(party: PartySeen) -> Element:
    name = party.name or _("people with no {collaborative}").format(**own_words())
    new = ngettext("{n} new", "{n} new", party.new).format(n=party.new) if party.new else ""
    said = " · ".join(filter(None, (f"{name} {party.people}", new)))
    return line(f"{said}\n{party.who_is_new}" if party.who_is_new else said)


def _guests(guests: Seen[GuestSeen]) -> list[Block]:
    if not guests.shown:
        return []
    return [
        paragraph(bold(_("Who said it themselves"))),
        rich(rows(map(_guest, guests.shown))),
        *and_more(guests),
    ]


def _guest(guest: GuestSeen) -> Element:
    """Each in a few lines: who, whom they know, what they need."""
    told = [with_collaborative(called(guest.name), guest.collaborative)]
    if guest.is_new:
        told[0] = _("{name} · first time here").format(name=told[0])
    if guest.knows:
        told.append(_("has worked with {names}").format(names=listing(guest.knows)))
    told += [said for need, said in needs_told().items() if need in guest.needed]
    return line("\n".join([*told, *([guest.more] if guest.more else [])]))


def needs_told() -> dict[Need, str]:
    """In the words of who reads it."""
    return {
        Need.INTERPRETER: _("needs an interpreter"),
        Need.INTERPRETS: _("can interpret for others"),
        Need.ACCESS: _("needs a way in without stairs"),
        Need.FOOD: _("can't eat some food"),
        Need.CHILD_CARE: _("needs child care"),
    }
