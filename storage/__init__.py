"""What the bot remembers: one file a noun, each the record and the questions asked of it."""

from sqlalchemy.orm import Session

from storage.database import Database

__all__ = ["Database", "Session"]
