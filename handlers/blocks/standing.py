"""The standing message in the shared channel: the same doors as the commands, for everybody."""

from bot.seen.agenda import ComingSeen
from bot.seen.posts import StandingSeen
from handlers.blocks.kit import Block, Message, actions, header, paragraph, small
from handlers.blocks.meetings import comes_door, when_and_where
from handlers.blocks.pieces import (
    add_door,
    help_door,
    list_door,
    meeting_to_be_set,
    mine_door,
    more,
    status_door,
)
from handlers.words import _, day, ngettext


def standing(seen: StandingSeen) -> Message:
    title = header(_("The agenda of {name}").format(name=seen.name))
    if seen.coming is None:
        return Message(
            [title, paragraph(_("The agenda is made in another channel now. An admin can add you there."))]
        )
    return Message(
        [
            title,
            paragraph(
                _("Anyone here may bring something to the next meeting. The host reads it and answers you.")
            ),
            *_stands(seen.coming, seen.on_agenda),
            *_doors(seen.coming),
            small(_("Only you see what these buttons show.")),
        ]
    )


def _doors(coming: ComingSeen) -> list[Block]:
    comes = [comes_door(coming.meeting)] if coming.meeting else []
    often = [add_door(style="primary"), *comes, list_door(), status_door()]
    return [actions(*often), more(mine_door(), help_door())]


def _stands(coming: ComingSeen, on_agenda: int) -> list[Block]:
    """In words that stay true while nobody touches the message: no day is called today, and what still waits is not counted."""
    if coming.meeting is None or coming.closes is None:
        return [meeting_to_be_set()]
    said = ngettext(
        "{n} item is on the agenda so far.", "{n} items are on the agenda so far.", on_agenda
    ).format(n=on_agenda)
    if coming.closes < coming.today:
        closes = _("Items closed on {day}. New ones are welcome and marked late.")
    else:
        closes = _("Items are in time until {day}. Later ones are welcome and marked late.")
    return [
        *when_and_where(coming.meeting),
        *([paragraph(said)] if on_agenda else []),
        small(closes.format(day=day(coming.closes))),
    ]
