"""Items on screen: the receipt, the form, and one's own list."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.calendar import local_day, zone
from bot.errors import Words
from bot.items import Receipt
from bot.own_items import OWN_ON_A_PAGE
from bot.reading.text import cut, set_apart
from bot.seen.items import ItemRead, ItemSeen, ItemState, OwnSeen, Wish
from bot.seen.lists import Seen
from handlers.blocks.ids import ADD, ADD_AGAIN, EDIT, MINE, READ, REMOVE, WITHDRAW
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    confirmation,
    divider,
    header,
    line,
    menu,
    option,
    paragraph,
    quote,
    rich,
    rows,
    run,
    small,
)
from handlers.blocks.limits import MENU_OPTIONS
from handlers.blocks.meetings import when_and_where
from handlers.blocks.people import called, with_collaborative
from handlers.blocks.pieces import and_more, turning
from handlers.words import _, day, in_words, minutes, ngettext, own_words, short_day

MOST_DOUBTS = 5
MOST_OF_DETAILS = 300
"""Characters of them in a receipt."""
MOST_OF_TITLE = 50
"""Characters of it in a menu: its list shows the whole."""


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
    }


def proposer_of(item: ItemSeen) -> str:
    """Who it is from, and through whom."""
    if item.on_behalf_of:
        return _("{name} via {proposer}").format(name=item.on_behalf_of, proposer=called(item.proposer))
    return called(item.proposer)


def marks(item: ItemSeen) -> list[str]:
    """What is out of the ordinary with it."""
    found = []
    if item.is_late:
        found.append(_("late"))
    if item.is_carried_over:
        found.append(_("carried over"))
    return found


def item_line(item: ItemSeen, *facts: str) -> Element:
    """A title with its facts, for lists."""
    title, said = bold(set_apart(item.title)), _facts(item, *facts)
    return line(title, run(f" · {said}")) if said else line(title)


def line_with_proposer(item: ItemSeen) -> Element:
    """A title with its facts, and whom it is from."""
    return item_line(item, with_collaborative(proposer_of(item), item.collaborative))


def line_with_collaborative(item: ItemSeen) -> Element:
    """The same in public, where people speak for their collaborative."""
    return item_line(item, item.speaks_for or "")


def item_text(item: ItemSeen, *facts: str) -> str:
    """The same where Slack takes plain text alone."""
    return " · ".join(part for part in (set_apart(item.title), _facts(item, *facts)) if part)


def _facts(item: ItemSeen, *facts: str) -> str:
    known = [minutes(item.minutes) if item.minutes else "", *facts, *marks(item)]
    return " · ".join(fact for fact in known if fact)


def read(seen: ItemRead) -> Message:
    """To whoever wants to know more."""
    item = seen.item
    over = [small(_("This meeting is over."))] if seen.is_over else []
    nothing = [] if item.has_more_to_read else [small(_("There are no details."))]
    remove = [actions(button(remove_label(), REMOVE, item.id, about=item.title))] if seen.may_remove else []
    return Message([*whole(item, seen.timezone), *nothing, small(states()[item.state]), *over, *remove])


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


def read_doors(item: ItemSeen) -> list[Element]:
    """Beside the buttons of one item."""
    return [button(_("Read more"), READ, item.id, about=item.title)] if item.has_more_to_read else []


def whole(item: ItemSeen, timezone: str) -> list[Block]:
    """All there is of it, but for what was decided."""
    return _told(item, timezone, [quote(text) for text in (item.details, item.links) if text])


def in_short(item: ItemSeen, timezone: str) -> list[Block]:
    """The same without details and links, to which a button leads."""
    doors = read_doors(item)
    return [*_told(item, timezone, []), *([actions(*doors)] if doors else [])]


def _told(item: ItemSeen, timezone: str, particulars: list[Element]) -> list[Block]:
    from_whom = with_collaborative(proposer_of(item), item.collaborative)
    wish = wishes()[item.wish] if item.wish else ""
    since = short_day(local_day(item.since, zone(timezone)))
    parts = [item_line(item), line(_("From {name}").format(name=from_whom))]
    if item.lead:
        parts.append(line(_("Led by {name}").format(name=item.lead)))
    parts += particulars
    facts = " · ".join(fact for fact in (wish, _("added {day}").format(day=since), _meeting(item)) if fact)
    return [rich(*_on_lines_of_their_own(parts)), small(facts)]


def _on_lines_of_their_own(parts: list[Element]) -> list[Element]:
    """Slack sets neighbouring sections on one line, unless a line end stands between them."""
    spaced: list[Element] = []
    for part in parts:
        if spaced and part["type"] == spaced[-1]["type"] == "rich_text_section":
            spaced[-1]["elements"].append({"type": "text", "text": "\n"})
        spaced.append(part)
    return spaced


def _meeting(item: ItemSeen) -> str:
    return _("for {day}").format(day=short_day(item.meeting.day)) if item.meeting else ""


def receipt(received: Receipt, doubts: Sequence[Words] | None = None) -> Message:
    """Said privately and at once: where it lands, when the host decides, and that they will hear either way.

    `doubts`: what is asked of who typed it in a command.
    """
    items = received.items
    doors = _own_doors(items[0]) if len(items) == 1 else [button(_("See or change them"), MINE, "all")]
    count = ngettext("✓ We got it.", "✓ We got {n} items.", len(items)).format(n=len(items))
    return Message(
        [
            paragraph(bold(count)),
            *as_understood(items, doubts),
            *_where_it_lands(items[0], received.closes, len(items)),
            actions(*doors),
        ]
    )


def as_understood(items: Sequence[ItemSeen], doubts: Sequence[Words] | None = None) -> list[Block]:
    """What was brought, with what became of each line of it, and what is in doubt."""
    asked = [small(in_words(doubt)) for doubt in (doubts or ())[:MOST_DOUBTS]]
    if len(items) != 1:
        return [
            rich(rows(item_line(item, _on_behalf(item), _lines_of_details(item)) for item in items)),
            *asked,
        ]
    [item] = items
    listed = rows([item_line(item, _on_behalf(item))])
    if not item.details:
        return [rich(listed), *asked]
    shown = rich(listed, quote(cut(item.details, MOST_OF_DETAILS)))
    return [shown, *([_how_to_bring_several()] if doubts is not None else []), *asked]


def _how_to_bring_several() -> Block:
    return small(
        _("These lines are the details of one item. To bring several things, begin each line with a dash: -")
    )


def _lines_of_details(item: ItemSeen) -> str:
    n = len([line for line in (item.details or "").splitlines() if line.strip()])
    return ngettext("{n} line of details", "{n} lines of details", n).format(n=n) if n else ""


def saved(received: Receipt) -> Message:
    """After an edit: the item as it reads now, and who sees that."""
    [item] = received.items
    return Message(
        [
            paragraph(bold(_("✓ Saved"))),
            rich(rows([item_line(item, _on_behalf(item))])),
            *_who_sees_the_change(item, received.closes),
            actions(*_own_doors(item)),
        ]
    )


def _who_sees_the_change(item: ItemSeen, closes: date | None) -> list[Block]:
    if item.meeting is None or item.state == ItemState.WAITING:
        return _where_it_lands(item, closes)
    sentences = {
        ItemState.ON_AGENDA: _(
            "This item is on the agenda for {day}. If the agenda is published, your change shows when {host} publishes again."
        ),
        ItemState.HELD: _("This item is kept for the next meeting. The next host will read it as it is now."),
    }
    said = sentences[item.state]
    return [paragraph(said.format(day=short_day(item.meeting.day), host=item.meeting.host))]


def _own_doors(item: ItemSeen, page: int | None = None) -> list[Element]:
    """What its author can do with an item, also on a page of the list. Taking it back is asked about: the way back is to type it anew."""
    where = item.id if page is None else f"{item.id}:{page}"
    sure = confirmation(
        _("Withdraw this item?"),
        _("The host sees that you took it back. If you want to bring it after all, add it again."),
        yes=_("Withdraw"),
        no=_("Keep it"),
    )
    return [
        button(_("Edit"), EDIT, item.id, about=item.title),
        button(_("Withdraw"), WITHDRAW, where, about=item.title, confirm=sure),
    ]


def _on_behalf(item: ItemSeen) -> str:
    return _("on behalf of {name}").format(name=item.on_behalf_of) if item.on_behalf_of else ""


def _where_it_lands(item: ItemSeen, closes: date | None, n: int = 1) -> list[Block]:
    meeting = item.meeting
    if meeting is None or closes is None:
        return [
            paragraph(
                _(
                    "The next meeting is not set yet. What you brought waits for it, and you will hear what becomes of it."
                )
            )
        ]
    if item.state == ItemState.HELD:
        kept = _("This is kept for the meeting after {day}. Its host will read it and answer you.")
        return [paragraph(kept.format(day=day(meeting.day)))]
    decides = _is_late(n) if item.is_late else _is_in_time(n)
    return [
        paragraph(decides.format(host=meeting.host, day=day(closes))),
        *when_and_where(meeting),
    ]


def _is_in_time(n: int) -> str:
    return ngettext(
        "{host} will read it and answer you by {day}. It is not on the agenda yet.",
        "{host} will read them and answer you by {day}. They are not on the agenda yet.",
        n,
    )


def _is_late(n: int) -> str:
    return ngettext(
        "Items closed on {day}, so yours is marked late. {host} will read it and answer you. It is not on the agenda yet.",
        "Items closed on {day}, so yours are marked late. {host} will read them and answer you. They are not on the agenda yet.",
        n,
    )


def mine(items: Seen[OwnSeen], withdrawn: ItemSeen | None = None) -> Message:
    """A page of one's own items, with what became of each, and what was just taken back from it."""
    gone = _taken_back(withdrawn) if withdrawn else []
    if not items.shown:
        return Message(
            [
                *gone,
                paragraph(
                    _("You have nothing on the list yet. What would help you, or others, to talk about?")
                ),
                actions(button(_("Add an item"), ADD, "new", style="primary")),
            ]
        )
    blocks = [header(_("Your items")), *gone]
    here = items.first(OWN_ON_A_PAGE)
    page = here.before // OWN_ON_A_PAGE
    for own in here.shown:
        blocks += _own_item(own, page)
    blocks += [*and_more(here), *turning(MINE, page, here)]
    return Message([*blocks, actions(button(_("Add an item"), ADD, "new"))])


def _own_item(own: OwnSeen, page: int) -> list[Block]:
    item = own.item
    meeting = short_day(item.meeting.day) if item.meeting else ""
    doors = _own_doors(item, page) if own.can_change else [add_again_door(item)]
    line_of_it = rich(item_line(item, states()[item.state], meeting))
    return [divider(), line_of_it, actions(*doors, *read_doors(item))]


def add_again_door(item: ItemSeen) -> Element:
    return button(_("Change it and add it again…"), ADD_AGAIN, item.id, about=item.title)


def withdrawn(item: ItemSeen) -> Message:
    return Message([*_taken_back(item), actions(button(_("My items"), MINE, "all"))])


def _taken_back(item: ItemSeen) -> list[Block]:
    return [
        paragraph(_("Withdrawn:")),
        rich(rows([item_line(item)])),
        paragraph(_("The host sees that you took it back. Thank you for saying so.")),
    ]
