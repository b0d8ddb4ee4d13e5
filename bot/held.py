"""What is told to those who decide: it goes to whoever decides now, and is held while nobody can."""

from datetime import datetime

from bot.curating import places_able_to_help
from bot.people import places_of_keepers, places_to_decide
from bot.undelivered import host_of, redraw_questions
from storage import outbox, waiting
from storage.consortia import Consortium
from storage.gaps import gap_of_post
from storage.happenings import OwedAgain, PassedOn
from storage.meetings import meeting_by_id
from storage.post_facts import NOBODY, PostState
from storage.post_kinds import PostKind
from storage.posts import Post, first_told
from storage.tenancy import Session

TOLD_TO_KEEPERS = (
    *(PostKind.UNDELIVERED, PostKind.CHANNEL, PostKind.NOT_GRANTED),
    *(PostKind.HELP_WANTED, PostKind.LEGAL_HOLD, PostKind.HOLD_ENDS),
)
READ_BY_KEEPERS_ALONE = (PostKind.LEGAL_HOLD, PostKind.HOLD_ENDS)
HELD = (PostKind.WITHDRAWAL, *TOLD_TO_KEEPERS)
"""What is told once. What asks for something is owed anew to who decides, while there is something to ask."""


def pass_on(session: Session, post: Post, places: list[str], now: datetime) -> None:
    """It is owed in these places in its stead; while there are none, it is held. Nobody has to say any more whether it is there."""
    post.live_through(PassedOn(is_looked_for=post.kind not in HELD), now)
    session.flush()
    redraw_questions(session, post)
    for place in places:
        _owe_to(session, post, place, now)
    if not places and post.kind in HELD:
        _hold(session, post, now)


def hand_over(session: Session, consortium: Consortium, now: datetime) -> None:
    """What is held goes to those who decide, as soon as somebody does."""
    for post in waiting.held_for_nobody(session):
        places = _places(session, consortium, post, now)
        if places:
            post.place = _own_place(post)
            pass_on(session, post, places, now)


def follow_keepers(session: Session, told_before: list[str], now: datetime) -> None:
    """What has not reached those who kept the settings before goes to those who keep them now. What these alone may read goes from the others' screens."""
    for place in told_before:
        for post in outbox.untold_in(session, place, TOLD_TO_KEEPERS):
            places = places_of_those_told(session, post)
            if place not in places:
                pass_on(session, post, places, now)
    for place in {*told_before} ^ {*places_of_keepers(session)}:
        for kind in READ_BY_KEEPERS_ALONE:
            outbox.refresh_in(session, kind, place=place)


def places_of_those_told(session: Session, post: Post) -> list[str]:
    """Admins. Of a host that would like some help, those who are not of its own people."""
    if post.kind != PostKind.HELP_WANTED:
        return places_of_keepers(session)
    meeting = meeting_by_id(session, post.subject_id)
    return places_able_to_help(session, meeting) if meeting else []


def places_or_nobody(kind: PostKind, places: list[str]) -> list[str]:
    """Where it is owed: to those in these places, or while there are none, to whoever will decide."""
    return places or ([NOBODY] if kind in HELD else [])


def _hold(session: Session, post: Post, now: datetime) -> None:
    """What may be there is known, should it go to the same place again. Of what is under way just now, another is held."""
    if post.state == PostState.NOT_NEEDED:
        post.live_through(OwedAgain(gap_of_post(session, post, now)), now)
        post.place = NOBODY
    else:
        _owe_to(session, post, NOBODY, now)


def _owe_to(session: Session, post: Post, place: str, now: datetime) -> None:
    key = first_told(post.key).removesuffix(_own_place(post)) + place
    due = max(post.due_at, now)
    outbox.owe_again(session, post.kind, key, subject_id=post.subject_id, place=place, due=due)


def _own_place(post: Post) -> str:
    """The end of its key."""
    return post.key.rpartition(":")[2]


def _places(session: Session, consortium: Consortium, post: Post, now: datetime) -> list[str]:
    if post.kind in TOLD_TO_KEEPERS:
        return places_of_those_told(session, post)
    host = host_of(session, consortium, post, now)
    return places_to_decide(session, host) if host else []
