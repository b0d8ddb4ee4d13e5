"""Keep times: what was kept long enough is deleted, unless a legal hold lasts."""

from datetime import datetime

from bot.legal_holds import lasting_hold
from storage.coming import forget_the_day, forget_who_comes
from storage.consortia import Consortium
from storage.inbox import forget_old_inputs
from storage.reasons import forget_reasons
from storage.set_aside import forget_what_was_set_aside
from storage.tenancy import Session

ENDED_BY_THE_CLOCK = (forget_old_inputs, forget_the_day, forget_who_comes, forget_reasons)


def delete_what_was_kept_long_enough(session: Session, consortium: Consortium, now: datetime) -> None:
    if lasting_hold(session, consortium, now) is not None:
        return
    forget_what_was_set_aside(session)
    for forget in ENDED_BY_THE_CLOCK:
        forget(session, now)
