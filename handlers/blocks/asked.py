"""What was asked about an item and answered, beside the item: for those who decide on it and for its author."""

from bot.reading.text import cut
from bot.seen.lists import Seen
from bot.seen.questions import QuestionSeen
from handlers.blocks.kit import Block, line, quote, rich, small
from handlers.blocks.people import called
from handlers.blocks.pieces import and_more
from handlers.words import _

TO_ASK = "ask"
"""In the menu of an item, the way to ask its author."""
MOST_SHOWN = 5
"""Of one item. The newest come first."""
MOST_IN_SHORT = 120
"""Characters of a question or an answer on the board."""


def questions(asked: Seen[QuestionSeen], proposer: str | None, *, on_card: bool = False) -> list[Block]:
    """What was asked about an item and answered, for those who decide and its author. A card says what the answer waits for."""
    newest = asked.first(MOST_SHOWN)
    told = (_told(one, proposer, on_card=on_card) for one in newest.shown)
    return [block for blocks in told for block in blocks] + and_more(newest)


def _told(one: QuestionSeen, proposer: str | None, *, on_card: bool) -> list[Block]:
    said = []
    if one.words:
        said += [line(_("{host} asked:").format(host=one.host)), quote(one.words)]
    if one.answer:
        said += [line(_("{name} answered:").format(name=called(proposer))), quote(one.answer)]
    is_waited_for = one.is_open and on_card
    fate = [small(_fate(one).format(name=called(proposer)))] if is_waited_for else []
    return [rich(*said), *fate]


def _fate(one: QuestionSeen) -> str:
    """Of a question that is not answered yet."""
    if one.had_left:
        return _("{name} had left the channel, so I did not ask them.")
    if not one.was_reached:
        return _("Slack did not let me ask {name}. Please do it yourself.")
    return _("{name} has not answered yet.")


def in_short(asked: Seen[QuestionSeen]) -> list[str]:
    """The newest of them in a line or two, where there is little room."""
    newest = asked.first(1)
    said = []
    for one in newest.shown:
        if one.words:
            said.append(_("Question: {words}").format(words=cut(one.words, MOST_IN_SHORT)))
        said.append(
            _("Answer: {words}").format(words=cut(one.answer, MOST_IN_SHORT))
            if one.answer
            else _("No answer yet.")
        )
    if newest.more:
        said.append(_("and {n} more").format(n=newest.more))
    return said
