"""Former collaboratives: what they were called and where they met is erased. Their meetings and the places of their items stay."""

from typing import NamedTuple

from sqlalchemy import delete, select

from storage.consortia import Collaborative, every_collaborative
from storage.meetings import Meeting, Publication
from storage.people import Curator
from storage.tenancy import Session
from storage.traces import Entry, others_in


class Unnamed(NamedTuple):
    """What takes the place of a collaborative's name, and of the address of a meeting in its office."""

    name: str
    office: str


def meetings_hosted_by(session: Session, collaborative: Collaborative) -> list[Meeting]:
    theirs = select(Meeting).where(Meeting.host_id == collaborative.id).order_by(Meeting.day)
    return list(session.scalars(theirs))


def forget_collaborative(session: Session, collaborative: Collaborative, unnamed: Unnamed) -> None:
    """Of its people nothing is done here."""
    before, after = collaborative.name, _free_name(session, unnamed.name)
    for publication in session.scalars(select(Publication).order_by(Publication.id)):
        publication.entries = [_called(entry, before, after) for entry in publication.entries]
    for meeting in meetings_hosted_by(session, collaborative):
        meeting.office, meeting.welcome, meeting.moved_from, meeting.planned = (
            unnamed.office,
            None,
            None,
            None,
        )
    session.execute(delete(Curator).where(Curator.collaborative_id == collaborative.id))
    collaborative.name, collaborative.office = after, unnamed.office
    collaborative.position = collaborative.curators_channel_id = None
    session.flush()


def _free_name(session: Session, name: str) -> str:
    """No two have one name."""
    taken = {one.name for one in every_collaborative(session)}
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one not in taken)


def _called(entry: Entry, before: str, after: str) -> Entry:
    def called(whose: str | None) -> str | None:
        return after if whose == before else whose

    others = [(item_id, called(whose)) for item_id, whose in others_in(entry)]
    named = {"collaborative": called(entry.get("collaborative"))}
    return entry | named | ({"others": others} if "others" in entry else {})
