"""How much one person may put before the others in a day: what curators can bear, and others read.

Items and tips count, whatever became of them. What is edited, withdrawn or filed anew does not: it rings nobody, and ten
changes in a row become one. A day is the consortium's.
"""

from datetime import datetime, time, timedelta

from bot.calendar import instant, zone
from bot.errors import NothingChanged, Words
from bot.people import Actor
from bot.timetable import today_in
from storage.brought import count_brought_since
from storage.people import lock_person
from storage.tenancy import Session

MOST_A_DAY = 60


def must_be_bearable(session: Session, actor: Actor, more: int, most: int, now: datetime, field: str) -> None:
    """Raises NothingChanged if, with so many more, they would have brought more than so many today."""
    lock_person(session, actor.person)  # or two lists that are pasted at once would not know of each other
    today = today_in(actor.consortium, now)
    midnight = instant(today, time(), zone(actor.consortium.timezone))
    brought = count_brought_since(session, actor.person, midnight)
    if brought + more <= most:
        return
    left = max(most - brought, 0)
    tomorrow = today + timedelta(days=1)
    if left:
        raise NothingChanged(
            "Somebody reads each thing that you bring, so {most} a day is the most. There is room for {left} more today.",
            field=field,
            then=Words("You can bring the rest from {tomorrow} on.", tomorrow=tomorrow),
            most=most,
            left=left,
        )
    raise NothingChanged(
        "You have brought {most} things today, and somebody reads each of them. That is the most for a day.",
        field=field,
        then=Words("You can bring more from {tomorrow} on.", tomorrow=tomorrow),
        most=most,
    )
