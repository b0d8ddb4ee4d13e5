"""What somebody brought, on their own screen: the receipt, what was saved, and their list."""

from collections.abc import Sequence
from datetime import date

from bot.errors import Words
from bot.items import Receipt
from bot.own_items import OWN_ON_A_PAGE
from bot.reading.text import cut
from bot.seen.items import ItemSeen, ItemState, OwnSeen
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen
from handlers.blocks.came_up import next_time_door, today_door, when_doors
from handlers.blocks.freshness import bring_back_door, keep_door, question, solve_door, solved_doors
from handlers.blocks.ids import ADD, ADD_AGAIN, EDIT, MINE
from handlers.blocks.items import how_it_stands, item_line, item_text, read_doors
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    divider,
    header,
    paragraph,
    quote,
    rich,
    rows,
    small,
)
from handlers.blocks.meetings import when_and_where
from handlers.blocks.own_lines import lines_in_notes, strike_doors
from handlers.blocks.pieces import and_more, turning
from handlers.blocks.results import became
from handlers.blocks.separate_talks import take_up_door
from handlers.blocks.taking_back import withdraw_door
from handlers.blocks.who_says_me_too import who_says_me_too
from handlers.words import _, day, in_words, ngettext, short_day

MOST_DOUBTS = 5
MOST_OF_DETAILS = 300
"""Characters of them in a receipt."""
FOR_NO_MEETING = (ItemState.SOLVED, ItemState.RESTING)


def receipt(received: Receipt, doubts: Sequence[Words] | None = None) -> Message:
    """Said privately and at once: where it lands, when the host decides, and that they will hear either way.

    `doubts`: what is asked of who typed it in a command.
    """
    items = received.items
    doors = _own_doors(items[0]) if len(items) == 1 else [button(_("See or change them"), MINE, "all")]
    when = when_doors(items[0]) if len(items) == 1 and _may_be_for_next_time(items[0]) else []
    count = ngettext("✓ We got it.", "✓ We got {n} items.", len(items)).format(n=len(items))
    return Message(
        [
            paragraph(bold(count)),
            *as_understood(items, doubts),
            *_where_it_lands(items[0], received.closes, len(items)),
            actions(*when, *doors),
        ]
    )


def _may_be_for_next_time(item: ItemSeen) -> bool:
    return item.came_up and item.state == ItemState.WAITING


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
            rich(rows([item_line(item.as_brought, _on_behalf(item))])),
            *map(small, filter(None, [called_there(item)])),
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
        ItemState.RESTING: _("This item rests. If you bring it back, the next host reads it."),
    }
    said = sentences[item.state]
    return [paragraph(said.format(day=short_day(item.meeting.day), host=item.meeting.host))]


def called_there(item: ItemSeen) -> str:
    """To its author, who finds it on the agenda otherwise than they brought it."""
    if item.brought is None:
        return ""
    leads = _("led by {name}").format(name=item.lead) if item.lead and item.lead != item.brought.lead else ""
    said = [_("The host has put it on the agenda as: {line}").format(line=item_text(item, leads))]
    if item.is_called_otherwise:
        said.append(_("Your own words stay with it, under “Read more”."))
    return "\n".join(said)


def _own_doors(item: ItemSeen) -> list[Element]:
    """What its author can do with an item that they have just brought or changed."""
    rests = [bring_back_door(item)] if item.state == ItemState.RESTING else []
    return [*rests, _edit_door(item), withdraw_door(item, _("Withdraw"))]


def _edit_door(item: ItemSeen) -> Element:
    return button(_("Edit"), EDIT, item.id, about=item.title)


def _doors_on_page(own: OwnSeen, page: int) -> list[Element]:
    """The same on a page of the list, and whether it is still to be talked about."""
    item = own.item
    if item.state == ItemState.SOLVED:
        return solved_doors(item, page)
    apart = [take_up_door(item, page)] if own.may_take_up else []
    if not own.can_change:
        return [add_again_door(item), *apart]
    rests = [bring_back_door(item, page)] if item.state == ItemState.RESTING else []
    asked = [keep_door(item, page)] if asks_whether_wanted(own) else []
    when = _when_doors_on_page(item, page)
    ways = [*when, _edit_door(item), solve_door(item, page), withdraw_door(item, _("Withdraw"), page)]
    return [*rests, *asked, *ways, *apart]


def _when_doors_on_page(item: ItemSeen, page: int) -> list[Element]:
    if _may_be_for_next_time(item):
        return [next_time_door(item, page)]
    is_kept_by_author = item.came_up and item.state == ItemState.HELD and item.decision is None
    return [today_door(item, page)] if is_kept_by_author else []


def asks_whether_wanted(own: OwnSeen) -> bool:
    return own.is_asked and not own.is_wanted


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
    if item.state == ItemState.ON_AGENDA:
        there = ngettext(
            "It is on today's agenda, in the last place.",
            "They are on today's agenda, in the last places.",
            n,
        )
        return [paragraph(there)]
    if item.came_up:
        return _for_today_or_next_time(meeting, n)
    if item.state == ItemState.HELD:
        kept = _("This is kept for the meeting after {day}. Its host will read it and answer you.")
        return [paragraph(kept.format(day=day(meeting.day)))]
    decides = _is_late(n) if item.is_late else _is_in_time(n)
    return [
        paragraph(decides.format(host=meeting.host, day=day(closes))),
        *when_and_where(meeting),
    ]


def _for_today_or_next_time(meeting: MeetingSeen, n: int) -> list[Block]:
    """What is brought while they meet. Who says nothing has brought it for today."""
    before = ngettext(
        "{host} reads it now. What they do not take up today goes on to the next meeting.",
        "{host} reads them now. What they do not take up today goes on to the next meeting.",
        n,
    )
    asked = [paragraph(bold(_("Today or next time?")))] if n == 1 else []
    return [*asked, paragraph(before.format(host=meeting.host))]


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


def mine(items: Seen[OwnSeen], said: Sequence[Block] = ()) -> Message:
    """A page of one's own items, with what became of each, under what was just said of one."""
    if not items.shown:
        return Message(
            [
                *said,
                paragraph(
                    _("You have nothing on the list yet. What would help you, or others, to talk about?")
                ),
                actions(button(_("Add an item"), ADD, "new", style="primary")),
            ]
        )
    blocks = [header(_("Your items")), *said]
    here = items.first(OWN_ON_A_PAGE)
    page = here.before // OWN_ON_A_PAGE
    for own in here.shown:
        blocks += _own_item(own, page)
    blocks += [*and_more(here), *turning(MINE, page, here)]
    return Message([*blocks, actions(button(_("Add an item"), ADD, "new"))])


def _own_item(own: OwnSeen, page: int) -> list[Block]:
    item = own.item
    line_of_it = rich(
        own_line(own),
        *map(quote, filter(None, [called_there(item), who_says_me_too(own.me_too)])),
        *lines_in_notes(own),
        *([quote(question())] if asks_whether_wanted(own) else []),
    )
    return [
        divider(),
        line_of_it,
        actions(*_doors_on_page(own, page), *strike_doors(own, page), *read_doors(item)),
    ]


def own_line(own: OwnSeen) -> Element:
    """The item, what became of it, and its meeting."""
    item = own.item
    is_for_one = item.state not in FOR_NO_MEETING and not item.is_separate
    meeting = short_day(item.meeting.day) if item.meeting and is_for_one else ""
    return item_line(item.as_brought, _stands(own), meeting)


def _stands(own: OwnSeen) -> str:
    """What became of it at its meeting, once the notes tell so. What went on waits again."""
    was_on_agenda = own.item.meeting if own.item.state == ItemState.ON_AGENDA else None
    there = [one for one in own.told if was_on_agenda is not None and one.meeting_id == was_on_agenda.id]
    return became()[there[-1].became] if there else how_it_stands(own.item)


def add_again_door(item: ItemSeen) -> Element:
    return button(_("Change it and add it again…"), ADD_AGAIN, item.id, about=item.title)


def said_of_one(said: Sequence[Block]) -> Message:
    """What was just said of an item, and the way to all of them."""
    return Message([*said, actions(button(_("My items"), MINE, "all"))])
