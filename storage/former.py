"""Former members: people of whom all that was kept is erased. What they brought and did is nobody's any more."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import delete, literal, update

from storage.by_table import attribute_of, record_of
from storage.inbox import Input
from storage.keeping import Erase, Kept, Row
from storage.kept import KEPT
from storage.kept_rows import ROWS
from storage.people import Person
from storage.post_facts import PostState
from storage.posts import NOBODY_IS_CALLED, Post, key_with, posts_at, posts_named
from storage.tenancy import Session
from storage.traces import Entry, brought_by, others_in, rewrite_entries, title_as_brought

AS_IT_STANDS = {"synchronize_session": False}


class Neutral(NamedTuple):
    """The words that take the place of theirs: for their name, for the title of an item, and for what is to be done."""

    name: str
    title: str
    follow_up: str

    def instead_of(self, column: str) -> str:
        words = {"person.name": self.name, "item.title": self.title, "follow_up.words": self.follow_up}
        return words[column]


def forget_person(session: Session, person: Person, neutral: Neutral, now: datetime) -> None:
    """Do with each column and each row what the table of what is kept says. Nothing tells any more who they were in Slack."""
    theirs = {item.id for item in brought_by(session, person)}
    rewrite_entries(session, theirs, lambda entry: _without_words(session, entry, theirs, person, neutral))
    for kept in KEPT:
        if isinstance(kept.whose, str) and kept.erase in (Erase.EMPTY, Erase.NEUTRAL_WORD):
            _take_the_words(session, person, kept, neutral)
    _remove_rows(session, person)
    _give_new_id(session, person)
    session.expire_all()
    person.erased_at, person.collaborative, person.is_admin = now, None, False
    person.is_guest = person.runs_workspace = person.is_bot = False
    person.named_at = person.asked_at = person.deactivated_at = person.left_at = person.doubted_at = None
    person.erasure_wanted_at = None
    session.flush()


def forget_where_it_stood(post: Post) -> None:
    """In the direct messages of a former member. It is edited no more."""
    post.state, post.cleared_version = PostState.NOT_NEEDED, 0
    post.channel_id = post.ts = post.stray_ts = post.sweep_at = post.files = None


def _without_words(
    session: Session, entry: Entry, theirs: Collection[int], person: Person, neutral: Neutral
) -> Entry:
    """Its place stays, and its length. Whoever is with no collaborative is named in place of it. An item of others is called by its own title, as the one for both may tell of theirs."""

    def unnamed(whose: str | None) -> str | None:
        return neutral.name if whose == person.name else whose

    others = {
        "others": [
            (item_id, unnamed(whose) if item_id in theirs else whose) for item_id, whose in others_in(entry)
        ]
    }
    if entry["item_id"] not in theirs:
        return entry | title_as_brought(session, entry) | others
    own = {"title": neutral.title, "lead": None, "collaborative": unnamed(entry.get("collaborative"))}
    return entry | own | others


def _take_the_words(session: Session, person: Person, kept: Kept, neutral: Neutral) -> None:
    record = record_of(kept.table)
    word = neutral.instead_of(kept.column) if kept.erase == Erase.NEUTRAL_WORD else None
    theirs = update(record).where(attribute_of(record, str(kept.whose)) == person.id)
    session.execute(theirs.values({attribute_of(record, kept.name): word}), execution_options=AS_IT_STANDS)


def _remove_rows(session: Session, person: Person) -> None:
    for rows in ROWS:
        for tie in rows.ties:
            if tie.erase == Row.GOES:
                record = record_of(rows.table)
                theirs = delete(record).where(attribute_of(record, tie.column) == person.id)
                session.execute(theirs, execution_options=AS_IT_STANDS)
    parts = literal(":").concat(Input.key).concat(":")
    heard = delete(Input).where(parts.contains(f":{person.user_id}:", autoescape=True))
    session.execute(heard, execution_options=AS_IT_STANDS)


def _give_new_id(session: Session, person: Person) -> None:
    """One that nobody has, the same everywhere."""
    before, after = person.user_id, f"{NOBODY_IS_CALLED}{uuid4().hex}"
    for post in posts_named(session, before):
        post.key = key_with(post.key, before, after)
    for post in posts_at(session, before):
        post.place = after
        if not post.may_show_removed_words:
            forget_where_it_stood(post)
    person.team_id, person.user_id = "T-former", after
    session.flush()
