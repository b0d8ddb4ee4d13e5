"""The weekly digest."""

from bot.seen.agenda import ComingSeen
from bot.seen.digests import Digest
from bot.seen.posts import DigestSeen
from handlers.blocks.items import item_line, line_with_collaborative, read_more
from handlers.blocks.kit import Block, Message, actions, bold, header, paragraph, small
from handlers.blocks.me_too import me_too_door
from handlers.blocks.meetings import items_close, when_and_where
from handlers.blocks.pieces import comes_late, doors, listed, meeting_to_be_set, tips_door
from handlers.blocks.separate_talks import talk_line
from handlers.words import _, ngettext

MOST_LISTED = 15


def digest(seen: DigestSeen) -> Message:
    return Message([header(_("This week on the agenda")), *_news(seen.news), *_late(seen)])


def preview(news: Digest) -> Message:
    """The digest so far, for one person alone."""
    nothing = (
        [] if news.is_news else [paragraph(_("Nothing is new since the last one, so none would go out."))]
    )
    return Message(
        [
            header(_("This week on the agenda")),
            small(_("A preview, for you alone: this is what has come together so far.")),
            *nothing,
            *_news(news),
        ]
    )


def _news(news: Digest) -> list[Block]:
    new, added, held = (things.first(MOST_LISTED) for things in (news.new, news.added, news.held))
    return [
        *listed(_("New"), new, line_with_collaborative),
        *listed(_("Added to the agenda"), added, item_line),
        *listed(_("Kept for the next meeting"), held, item_line),
        *listed(_("Talked about separately"), news.separate.first(MOST_LISTED), talk_line),
        *read_more(new.shown, added.shown, held.shown),
        *_counts(news),
        *_next(news.coming),
        actions(*doors(), me_too_door(), tips_door()),
    ]


def _late(seen: DigestSeen) -> list[Block]:
    return comes_late(seen.late_since, seen.news.coming.timezone)


def _counts(news: Digest) -> list[Block]:
    """Of what was not taken, only how much: the proposer has been told why, and nobody else needs to know whose it was."""
    said = []
    if news.not_taken:
        n = news.not_taken
        said.append(
            ngettext("{n} item was not taken this time.", "{n} items were not taken this time.", n).format(
                n=n
            )
        )
    if news.tips:
        n = news.tips
        said.append(
            ngettext("{n} new under “What worked for us”.", "{n} new under “What worked for us”.", n).format(
                n=n
            )
        )
    return [paragraph(sentence) for sentence in said]


def _next(coming: ComingSeen) -> list[Block]:
    if coming.meeting is None or coming.closes is None:
        return [meeting_to_be_set()]
    return [
        paragraph(bold(_("What comes next"))),
        *when_and_where(coming.meeting),
        paragraph(items_close(coming.closes, coming.today, coming.meeting.host)),
    ]
