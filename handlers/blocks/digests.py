"""The weekly digest."""

from datetime import date, datetime

from bot.digests import Digest
from handlers.blocks.agenda import doors
from handlers.blocks.calls import comes_late
from handlers.blocks.items import item_line, proposer_of
from handlers.blocks.kit import Block, Message, actions, bold, button, header, paragraph, rich, rows, small
from handlers.blocks.meetings import items_close, when_and_where
from handlers.blocks.people import with_collaborative
from handlers.blocks.tips import FIND
from handlers.words import _, ngettext
from storage.items import Item

MOST_LISTED = 15


def digest(
    news: Digest, today: date, *, late_since: datetime | None = None, is_preview: bool = False
) -> Message:
    """`late_since` is given when the digest is late: when it was due."""
    blocks = [header(_("This week on the agenda"))]
    if is_preview:
        blocks.append(small(_("A preview, for you alone: this is what has come together so far.")))
    if not news.is_news:
        blocks.append(paragraph(_("Nothing is new since the last one, so none would go out.")))
    blocks += _group(_("New"), news.new, is_from_shown=True)
    blocks += _group(_("Added to the agenda"), news.added)
    blocks += _group(_("Held for next time"), news.held)
    blocks += _counts(news)
    blocks += _next(news, today)
    blocks.append(actions(*doors(), button(_("Tips"), FIND, "newest")))
    if late_since is not None:
        blocks.append(comes_late(late_since, news.agenda.consortium.timezone))
    return Message(blocks)


def _group(title: str, items: list[Item], *, is_from_shown: bool = False) -> list[Block]:
    if not items:
        return []
    listed = [
        item_line(item, with_collaborative(proposer_of(item), item.collaborative) if is_from_shown else "")
        for item in items[:MOST_LISTED]
    ]
    more = len(items) - MOST_LISTED
    rest = [small(_("and {n} more").format(n=more))] if more > 0 else []
    return [paragraph(bold(title)), rich(rows(listed)), *rest]


def _counts(news: Digest) -> list[Block]:
    """Of what was not taken, only how much: the proposer has been told why, and nobody else needs to know whose it was."""
    said = []
    if news.not_taken:
        n = len(news.not_taken)
        said.append(
            ngettext("{n} item was not taken this time.", "{n} items were not taken this time.", n).format(
                n=n
            )
        )
    if news.tips:
        n = news.tips
        said.append(ngettext("{n} new tip.", "{n} new tips.", n).format(n=n))
    return [paragraph(sentence) for sentence in said]


def _next(news: Digest, today: date) -> list[Block]:
    agenda = news.agenda
    if agenda.meeting is None or agenda.closes is None:
        return []
    return [
        paragraph(bold(_("What comes next"))),
        *when_and_where(agenda.meeting),
        paragraph(items_close(agenda.closes, today, agenda.meeting.host.name)),
    ]
