"""Former collaboratives: what they were called and where they met is erased. Their meetings and the places of their items stay."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import delete, select

from storage.consortia import Collaborative, every_collaborative
from storage.items import Item
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
    after = _free_name(session, unnamed.name)
    _take_its_name_out_of_agendas(session, collaborative, after)
    _take_its_address_out_of_meetings_of_others(session, collaborative, unnamed)
    for meeting in meetings_hosted_by(session, collaborative):
        meeting.office = unnamed.office
        meeting.welcome = meeting.moved_from = meeting.planned = None
    session.execute(delete(Curator).where(Curator.collaborative_id == collaborative.id))
    collaborative.name, collaborative.office = after, unnamed.office
    collaborative.position = collaborative.curators_channel_id = None
    session.flush()


def _free_name(session: Session, name: str) -> str:
    """No two have one name."""
    taken = {one.name for one in every_collaborative(session)}
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one not in taken)


def _take_its_name_out_of_agendas(session: Session, collaborative: Collaborative, after: str) -> None:
    """What it brought stands there under the name that it had when they were published."""
    theirs = set(session.scalars(select(Item.id).where(Item.collaborative_id == collaborative.id)))
    for publication in session.scalars(select(Publication).order_by(Publication.id)):
        publication.entries = [
            _called(entry, theirs, collaborative.name, after) for entry in publication.entries
        ]


def _called(entry: Entry, theirs: Collection[int], before: str, after: str) -> Entry:
    def called(item_id: int, whose: str | None) -> str | None:
        return after if item_id in theirs or whose == before else whose

    others = [(item_id, called(item_id, whose)) for item_id, whose in others_in(entry)]
    named = {"collaborative": called(entry["item_id"], entry.get("collaborative"))}
    return entry | named | ({"others": others} if "others" in entry else {})


def _take_its_address_out_of_meetings_of_others(
    session: Session, collaborative: Collaborative, unnamed: Unnamed
) -> None:
    """It was to host them, and gave them away."""
    for meeting in session.scalars(select(Meeting).order_by(Meeting.id)):
        if meeting.welcome and meeting.welcome["host"] == collaborative.id:
            meeting.welcome = None
        if meeting.planned and meeting.planned["host"] == collaborative.id:
            meeting.planned = meeting.planned | {"office": unnamed.office}
        if meeting.moved_from and meeting.moved_from["office"] == collaborative.office:
            meeting.moved_from = meeting.moved_from | {"office": unnamed.office}
