"""Questions about items as an audience sees them."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.audiences import Audience, Level, Thing
from bot.seen.lists import Seen
from storage.questions import Question


@dataclass(frozen=True)
class QuestionSeen:
    """What a host asked, and what the item's author answered: None of what was removed, or not said yet. `host` is the collaborative that asked.

    For those who decide: `had_left`, the author was not asked, since they had left the shared channel. `was_reached`: Slack took the question.
    """

    id: int
    words: str | None
    answer: str | None
    host: str
    is_open: bool
    had_left: bool = False
    was_reached: bool = True


NONE_ASKED: Seen[QuestionSeen] = Seen()


def seen_question(question: Question, audience: Audience) -> QuestionSeen | None:
    """It is between the item's author and whoever decides on the item, also where that is another host by now."""
    item = question.item
    host_id = item.meeting.host_id if item.meeting else None
    thing = Thing("question", question.id, Level.AUTHOR_AND_HOSTS, item.proposer_id, host_id)
    if not audience.may_see(thing):
        return None
    return QuestionSeen(
        id=question.id,
        words=question.words,
        answer=question.answer,
        host=question.meeting.host.name,
        is_open=question.is_open,
    )


def seen_questions(questions: Iterable[Question], audience: Audience) -> Seen[QuestionSeen]:
    """Those that have words to show."""
    seen = (seen_question(one, audience) for one in questions)
    return Seen(tuple(one for one in seen if one and (one.words or one.answer)))
