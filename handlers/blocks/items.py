"""Items on screen: in a line, in short, and the whole of one."""

from collections.abc import Iterable

from bot.calendar import local_day, zone
from bot.reading.text import cut, set_apart
from bot.seen.items import ItemRead, ItemSeen, ItemState, Wish
from handlers.blocks.asked import questions
from handlers.blocks.ids import READ, REMOVE
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    line,
    link,
    menu,
    option,
    paragraph,
    quote,
    rich,
    run,
    small,
)
from handlers.blocks.limits import MENU_OPTIONS, OPTION_TEXT
from handlers.blocks.people import called, with_collaborative
from handlers.blocks.who_says_me_too import me_too_doors, who_says_me_too
from handlers.words import _, listing, minutes, own_words, short_day

MOST_OF_TITLE = 50
"""Characters of it in a menu: its list shows the whole."""
LEAST_OF_NAME = 30
"""Characters of the name beside a long title."""


def wishes() -> dict[Wish, str]:
    return {
        Wish.SHARE: _("Share something"),
        Wish.ADVICE: _("Ask for advice"),
        Wish.DECIDE: _("Decide together"),
        Wish.CONNECT: _("Connect people"),
    }


def states() -> dict[ItemState, str]:
    return {
        ItemState.DRAFT: _("Not handed in yet: tell us which {collaborative} you are with").format(
            **own_words()
        ),
        ItemState.WAITING: _("Waiting for the host"),
        ItemState.ON_AGENDA: _("On the agenda"),
        ItemState.HELD: _("Kept for the next meeting"),
        ItemState.NOT_TAKEN: _("Not taken this time"),
        ItemState.WITHDRAWN: _("Withdrawn"),
        ItemState.SOLVED: _("Solved"),
        ItemState.RESTING: _("Resting"),
    }


def how_it_stands(item: ItemSeen) -> str:
    return _("Talked about separately") if item.is_separate else states()[item.state]


def proposer_of(item: ItemSeen) -> str:
    """Who it is from, and through whom."""
    if item.on_behalf_of:
        return _("{name} via {proposer}").format(name=item.on_behalf_of, proposer=called(item.proposer))
    return called(item.proposer)


def proposers_of(item: ItemSeen) -> str:
    """Whom it is from, with everybody who brought what goes together with it."""
    return _listed(with_collaborative(proposer_of(one), one.collaborative) for one in item.all_brought)


def leads(item: ItemSeen) -> str:
    """Who leads it: the one named, or whoever brought it."""
    return item.lead or _listed(one.lead_by_default or "" for one in item.all_brought)


def _listed(names: Iterable[str]) -> str:
    return listing(dict.fromkeys(filter(None, names)))


def marks(item: ItemSeen) -> list[str]:
    """What is out of the ordinary with it."""
    found = []
    if item.is_late:
        found.append(_("late"))
    if item.came_up:
        found.append(_("came up in the room"))
    if item.is_carried_over:
        found.append(_("carried over"))
    if item.goes_with:
        titles = listing(_("“{title}”").format(title=set_apart(one.title)) for one in item.goes_with)
        found.append(_("together with {titles}").format(titles=titles))
    return found


def item_line(item: ItemSeen, *facts: str) -> Element:
    """A title with its facts, for lists."""
    title, said = bold(set_apart(item.title)), _facts(item, *facts)
    return line(title, run(f" · {said}")) if said else line(title)


def line_with_proposer(item: ItemSeen) -> Element:
    """A title with its facts, and whom it is from."""
    return item_line(item, proposers_of(item))


def line_with_collaborative(item: ItemSeen, *facts: str) -> Element:
    """The same in public, where people speak for their collaborative."""
    return item_line(item, speaks_for(item), *facts)


def speaks_for(item: ItemSeen) -> str:
    return _listed(one.speaks_for or "" for one in item.all_brought)


def title_and_whose(item: ItemSeen) -> str:
    """Where it is chosen of several, which may be called the same. What is too long for both is cut, and no name to nothing."""
    room, whose = OPTION_TEXT - len(" · "), item.speaks_for or called(None)
    name = cut(whose, max(room - len(item.title), LEAST_OF_NAME))
    return f"{cut(item.title, room - len(name))} · {name}"


def item_text(item: ItemSeen, *facts: str) -> str:
    """The same where Slack takes plain text alone."""
    return " · ".join(part for part in (set_apart(item.title), _facts(item, *facts)) if part)


def _facts(item: ItemSeen, *facts: str) -> str:
    known = [minutes(item.minutes) if item.minutes else "", *facts, *marks(item)]
    return " · ".join(fact for fact in known if fact)


def read(seen: ItemRead) -> Message:
    """To whoever wants to know more."""
    item = seen.item
    is_cancelled = item.meeting is not None and item.meeting.is_cancelled
    over = _("This meeting is cancelled.") if is_cancelled else _("This meeting is over.")
    closed = [small(over)] if seen.is_closed else []
    nothing = [] if item.has_more_to_read or seen.questions.count else [small(_("There are no details."))]
    remove = [actions(button(remove_label(), REMOVE, item.id, about=item.title))] if seen.may_remove else []
    asked = questions(seen.questions, item.proposer)
    stands = small(how_it_stands(item))
    me_too = map(small, filter(None, [who_says_me_too(seen.me_too)]))
    told = [*whole(item, seen.timezone), *nothing, *asked, *me_too, stands, *closed]
    thread = [paragraph(link(seen.thread, _("To the thread")))] if seen.thread else []
    return Message([*told, *thread, *me_too_doors(seen), *remove])


def remove_label() -> str:
    return _("Remove these words…")


def read_more(*lists: Iterable[ItemSeen]) -> list[Block]:
    """Under lists: a button for the one of which there is more to read, or a menu of several."""
    longer = {item.id: item for items in lists for item in items if item.has_more_to_read}
    if not longer:
        return []
    if len(longer) == 1:
        [item] = longer.values()
        label = _("Read more: {title}").format(title=item.title)
        return [actions(button(label, READ, item.id))]
    first = list(longer.values())[:MENU_OPTIONS]
    options = [option(cut(item.title, MOST_OF_TITLE), item.id) for item in first]
    return [actions(menu(READ, _("Read more about…"), options))]


def read_doors(item: ItemSeen, *, has_more: bool = False) -> list[Element]:
    """Beside the buttons of one item. `has_more`: there is more to read than the item itself."""
    is_longer = item.has_more_to_read or has_more
    return [button(_("Read more"), READ, item.id, about=item.title)] if is_longer else []


def whole(item: ItemSeen, timezone: str) -> list[Block]:
    """All there is of it, but for what was decided."""
    own = [quote(text) for text in (_brought_as(item), item.details, item.links) if text]
    others = [one for one in item.goes_with if one.has_more_to_read or one is item.joined_to]
    return _told(item, timezone, [*own, *(part for one in others for part in _beside(one))])


def _beside(other: ItemSeen) -> list[Element]:
    """An item that goes together with the one that is told."""
    said = _("“{title}”, from {name}")
    name = with_collaborative(proposer_of(other), other.collaborative)
    first = line(said.format(title=set_apart(other.title), name=name))
    return [first, *(quote(text) for text in (other.details, other.links) if text)]


def _brought_as(item: ItemSeen) -> str:
    if not item.is_called_otherwise:
        return ""
    return _("In the words of who brought it: {title}").format(title=item.in_own_words.title)


def in_short(item: ItemSeen, timezone: str) -> list[Block]:
    """The same without details and links, to which a button leads."""
    doors = read_doors(item)
    return [*_told(item, timezone, []), *([actions(*doors)] if doors else [])]


def _told(item: ItemSeen, timezone: str, particulars: list[Element]) -> list[Block]:
    from_whom = proposers_of(item)
    wish = wishes()[item.wish] if item.wish else ""
    since = short_day(local_day(item.since, zone(timezone)))
    parts = [item_line(item), line(_("From {name}").format(name=from_whom))]
    if item.lead:
        parts.append(line(_("Led by {name}").format(name=item.lead)))
    parts += particulars
    facts = " · ".join(fact for fact in (wish, _("added {day}").format(day=since), _meeting(item)) if fact)
    return [rich(*on_lines_of_their_own(parts)), small(facts)]


def on_lines_of_their_own(parts: list[Element]) -> list[Element]:
    """Slack sets neighbouring sections on one line, unless a line end stands between them."""
    spaced: list[Element] = []
    for part in parts:
        if spaced and part["type"] == spaced[-1]["type"] == "rich_text_section":
            spaced[-1]["elements"].append({"type": "text", "text": "\n"})
        spaced.append(part)
    return spaced


def _meeting(item: ItemSeen) -> str:
    return _("for {day}").format(day=short_day(item.meeting.day)) if item.meeting else ""
