"""Why something was not taken: the clock forgets it."""

from datetime import datetime, timedelta

from sqlalchemy import update

from storage.items import SAYS_WHY, Item
from storage.tenancy import Session

REASONS_STAY = timedelta(days=180)
"""After its proposer heard why an item was not taken."""


def forget_reasons(session: Session, now: datetime) -> None:
    """Forget why something was not taken, and the note, once its proposer has known it so long."""
    known = update(Item).where(Item.told_at < now - REASONS_STAY, SAYS_WHY)
    session.execute(
        known.values(sealed_reason=None, sealed_note=None), execution_options={"synchronize_session": False}
    )
