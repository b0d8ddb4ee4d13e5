"""What the bot remembers: one file a noun, each the record and the questions asked of it."""

from storage.database import Database
from storage.tenancy import Session, across_consortia, enter

__all__ = ["Database", "Session", "across_consortia", "enter"]
