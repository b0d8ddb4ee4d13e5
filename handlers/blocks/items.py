"""Items on screen: the receipt, the form, and one's own list."""

from datetime import date

from bot.items import Proposal, Receipt
from bot.reading.durations import LONGEST, SHORTEST
from bot.reading.item_lines import LONGEST_TITLE
from bot.reading.text import set_apart
from bot.seen.items import ItemSeen, ItemState, Wish
from bot.seen.lists import Seen
from handlers.blocks.ids import ADD, ADD_AGAIN_FORM, ADD_FORM, EDIT, EDIT_FORM, MINE, WITHDRAW
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    confirmation,
    divider,
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
    select,
    text_input,
)
from handlers.blocks.meetings import when, yet_to_confirm
from handlers.blocks.people import called, with_collaborative
from handlers.blocks.pieces import and_more, last_page, turning
from handlers.words import _, day, minutes, ngettext, short_day

MOST_SHOWN = 15


def wishes() -> dict[Wish, str]:
    return {
        Wish.SHARE: _("Share something"),
        Wish.ADVICE: _("Ask for advice"),
        Wish.DECIDE: _("Decide together"),
        Wish.CONNECT: _("Connect people"),
    }


def states() -> dict[ItemState, str]:
    return {
        ItemState.DRAFT: _("Not handed in yet: tell us which collaborative you are with"),
        ItemState.WAITING: _("Waiting for the host"),
        ItemState.ON_AGENDA: _("On the agenda"),
        ItemState.HELD: _("Held for next time"),
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


def item_text(item: ItemSeen, *facts: str) -> str:
    """The same where Slack takes plain text alone."""
    return " · ".join(part for part in (set_apart(item.title), _facts(item, *facts)) if part)


def _facts(item: ItemSeen, *facts: str) -> str:
    known = [minutes(item.minutes) if item.minutes else "", *facts, *marks(item)]
    return " · ".join(fact for fact in known if fact)


def receipt(received: Receipt) -> Message:
    """Said privately and at once: where it lands, when the host decides, and that they will hear either way."""
    items = received.items
    doors = _own_doors(items[0]) if len(items) == 1 else [button(_("See or change them"), MINE, "all")]
    return Message([*_received(received), actions(*doors)])


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
            "It is on the agenda for {day}. Where that is published, the change shows once {host} publishes again."
        ),
        ItemState.HELD: _("It is held for next time, and the next host will read it as it is now."),
    }
    said = sentences[item.state]
    return [paragraph(said.format(day=short_day(item.meeting.day), host=item.meeting.host))]


def _own_doors(item: ItemSeen) -> list[Element]:
    """What its author can do with an item. Taking it back is asked about: the way back is to type it anew."""
    sure = confirmation(
        _("Withdraw this item?"),
        _("Its host sees that you took it back. To bring it after all, you would add it anew."),
        yes=_("Withdraw"),
        no=_("Keep it"),
    )
    return [
        button(_("Edit"), EDIT, item.id, about=item.title),
        button(_("Withdraw"), WITHDRAW, item.id, about=item.title, confirm=sure),
    ]


def _received(received: Receipt) -> list[Block]:
    items = received.items
    count = ngettext("✓ Added", "✓ Added {n} items", len(items)).format(n=len(items))
    listed = rich(rows(item_line(item, _on_behalf(item)) for item in items))
    return [paragraph(bold(count)), listed, *_where_it_lands(items[0], received.closes)]


def _on_behalf(item: ItemSeen) -> str:
    return _("on behalf of {name}").format(name=item.on_behalf_of) if item.on_behalf_of else ""


def _where_it_lands(item: ItemSeen, closes: date | None) -> list[Block]:
    meeting = item.meeting
    if meeting is None or closes is None:
        return [paragraph(_("The next meeting is not set yet; this waits for it. You'll hear either way."))]
    where = _("For the meeting on {when}, at {office}. {host} hosts.")
    decides = (
        _("Items closed on {day}, so it is marked late. {host} decides; you'll hear either way.")
        if item.is_late
        else _("{host} decides by {day}. You'll hear either way.")
    )
    return [
        paragraph(where.format(when=when(meeting), office=meeting.office, host=meeting.host)),
        *yet_to_confirm(meeting),
        paragraph(decides.format(host=meeting.host, day=day(closes))),
    ]


def mine(items: Seen[ItemSeen], page: int = 0) -> Message:
    """One's own items, with what became of each."""
    if not items.shown:
        return Message(
            [
                paragraph(
                    _("You have nothing on the list yet. What would help you, or others, to talk about?")
                ),
                actions(button(_("Add an item"), ADD, "new", style="primary")),
            ]
        )
    blocks = [header(_("Your items"))]
    page = min(page, last_page((items, MOST_SHOWN)))
    here = items.page(page, MOST_SHOWN)
    for item in here.shown:
        blocks += _own_item(item)
    blocks += [*and_more(here), *turning(MINE, page, here)]
    return Message([*blocks, actions(button(_("Add an item"), ADD, "new"))])


def _own_item(item: ItemSeen) -> list[Block]:
    state = states()[item.state]
    meeting = short_day(item.meeting.day) if item.meeting else ""
    blocks: list[Block] = [divider(), rich(item_line(item, state, meeting))]
    if item.state not in (ItemState.WITHDRAWN, ItemState.DRAFT, ItemState.NOT_TAKEN):
        blocks.append(actions(*_own_doors(item)))
    return blocks


def withdrawn(item: ItemSeen) -> Message:
    return Message(
        [
            paragraph(_("Withdrawn:")),
            rich(rows([item_line(item)])),
            paragraph(_("The host sees that you took it back. Thank you for saying so.")),
            actions(button(_("My items"), MINE, "all")),
        ]
    )


def add_form() -> View:
    return form(ADD_FORM, _("Add an item"), _fields(Proposal("")), submit=_("Add"))


def add_again_form(item: ItemSeen) -> View:
    return form(ADD_AGAIN_FORM, _("Add it again"), _fields(_known(item)), submit=_("Add"), about=item.id)


def edit_form(item: ItemSeen) -> View:
    return form(EDIT_FORM, _("Edit your item"), _fields(_known(item)), submit=_("Save"), about=item.id)


def _known(item: ItemSeen) -> Proposal:
    return Proposal(item.title, item.details, item.wish, item.minutes, item.links, item.lead)


def _fields(known: Proposal) -> list[Block]:
    choices = [option(label, wish) for wish, label in wishes().items()]
    return [
        input_block("title", _("What is it about?"), text_input(known.title, limit=LONGEST_TITLE)),
        input_block(
            "wish",
            _("What would you like from the room?"),
            select(choices, known.wish),
            optional=True,
        ),
        input_block(
            "minutes",
            _("How many minutes?"),
            number_input(known.minutes, SHORTEST, LONGEST),
            optional=True,
        ),
        input_block(
            "details",
            _("Details"),
            text_input(known.details, multiline=True),
            optional=True,
            hint=_("Everyone in the shared channel may come to read this."),
        ),
        input_block("links", _("Links"), text_input(known.links, multiline=True), optional=True),
        input_block(
            "lead",
            _("Who leads it?"),
            text_input(known.lead, limit=200),
            optional=True,
            hint=_("Left empty: you."),
        ),
    ]
