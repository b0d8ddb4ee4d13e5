"""Who comes, on screen: the answer to who says it, and the list."""

from collections.abc import Sequence

from bot.seen.coming import (
    GuestSeen,
    HeadCount,
    Need,
    OwnComingSeen,
    PartySeen,
    WhoComesSeen,
)
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen
from handlers.blocks.duties import duties_door, not_taken, notes_door, taken
from handlers.blocks.ids import (
    COMES_NOT,
    COMING,
    JOIN,
    PARTY,
    WHO_COMES,
)
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    header,
    line,
    paragraph,
    rich,
    rows,
    run,
    small,
)
from handlers.blocks.meetings import calendar_door, comes_door, when_and_where
from handlers.blocks.people import called, with_collaborative
from handlers.blocks.pieces import and_more, more, turning
from handlers.blocks.reminders import remind_door
from handlers.blocks.welcoming import the_day
from handlers.words import _, listing, ngettext, own_words


def who_comes_door(meeting: MeetingSeen) -> Element:
    return button(_("Who comes"), WHO_COMES, meeting.id)


def noted(seen: OwnComingSeen) -> Message:
    """To who said it, with what else there is to say."""
    meeting = seen.meeting
    blocks = [paragraph(bold(_what_was_noted(seen))), *when_and_where(meeting)]
    if seen.has_told_more:
        blocks.append(small(_("The host's team reads what you told. Thank you!")))
    if seen.comes:
        bring = _(
            "Bring someone who has worked with the others before. They can introduce people to each other."
        )
        blocks += [*the_day(meeting), small(bring), *_taking_notes(seen), *_who_does_what(seen)]
    tell, party, own = _doors(seen)
    if not seen.comes:
        return Message([*blocks, actions(tell, party, own, who_comes_door(meeting), remind_door())])
    often = actions(tell, party, notes_door(meeting, seen.takes_notes), calendar_door(meeting))
    return Message([*blocks, often, more(who_comes_door(meeting), duties_door(meeting), remind_door(), own)])


def _what_was_noted(seen: OwnComingSeen) -> str:
    if seen.told:
        n = seen.told.people
        told = ngettext("✓ {n} person comes from {name}.", "✓ {n} people come from {name}.", n)
        return _with_new(told.format(n=n, name=seen.told.name), seen.told.new)
    return {
        None: _("✓ Noted. Thank you!"),
        True: _("✓ You are coming."),
        False: _("✓ You can't come this time. Thank you for saying so."),
    }[seen.comes]


def _with_new(come: str, new: int) -> str:
    first = ngettext("{n} of them is new.", "{n} of them are new.", new).format(n=new)
    return _("{sentence} {next_sentence}").format(sentence=come, next_sentence=first) if new else come


def _who_does_what(seen: OwnComingSeen) -> list[Block]:
    """Here alone people read what nobody does yet, and nobody is asked by name."""
    nobody = not_taken(seen.duties)
    return [*taken(seen.duties), *([small(nobody)] if nobody else [])]


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


def who_takes_notes(names: Sequence[str | None]) -> str:
    """To its host."""
    if not names:
        return _("Nobody has said yet that they take notes.")
    said = ngettext("{names} takes notes.", "{names} take notes.", len(names))
    return said.format(names=listing(map(called, names)))


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
                    "Only your team sees names and what people need. Needs are deleted 7 days after the meeting, names 30 days after it."
                )
            )
        )
    ways = [actions(*_doors(seen), notes_door(meeting, seen.notes.by_reader), duties_door(meeting))]
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
    return _with_new(come, count.new)


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
