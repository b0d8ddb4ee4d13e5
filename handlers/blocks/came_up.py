"""What comes up in the room, on screen: the way to bring it, and whether it is for today or for next time."""

from bot.seen.items import ItemSeen
from bot.seen.meetings import MeetingSeen
from handlers.blocks.fields import text_field
from handlers.blocks.ids import CAME_UP_FORM, NEXT_TIME, NOW, TODAY
from handlers.blocks.items import item_line
from handlers.blocks.kit import Block, Element, View, actions, button, form, paragraph, rich, rows
from handlers.blocks.meetings import when_and_where
from handlers.words import _


def came_up_door(meeting: MeetingSeen, style: str | None = None) -> Element:
    return button(_("It came up…"), NOW, meeting.id, style=style)


def came_up_form(meeting: MeetingSeen) -> View:
    """One line: nobody types much while people talk."""
    return form(
        CAME_UP_FORM,
        _("It came up"),
        [*when_and_where(meeting), text_field("title", _("What came up?"))],
        submit=_("Add"),
        about=meeting.id,
    )


def when_doors(item: ItemSeen, page: int | None = None) -> list[Element]:
    return [today_door(item, page), next_time_door(item, page)]


def today_door(item: ItemSeen, page: int | None = None) -> Element:
    return button(_("Today"), TODAY, _where(item, page), about=item.title)


def next_time_door(item: ItemSeen, page: int | None = None) -> Element:
    return button(_("Next time"), NEXT_TIME, _where(item, page), about=item.title)


def is_for_today(item: ItemSeen) -> list[Block]:
    said = _("✓ {host} decides whether there is time for it today.").format(host=_host(item))
    return [paragraph(said), rich(rows([item_line(item.as_brought)])), actions(next_time_door(item))]


def is_for_next_time(item: ItemSeen) -> list[Block]:
    said = _("✓ It is kept for the next meeting. Its host will read it and answer you.")
    return [paragraph(said), rich(rows([item_line(item.as_brought)])), actions(today_door(item))]


def _host(item: ItemSeen) -> str:
    return item.meeting.host if item.meeting else ""


def _where(item: ItemSeen, page: int | None) -> str:
    return str(item.id) if page is None else f"{item.id}:{page}"
