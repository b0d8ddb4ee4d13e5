"""Posts that did not get through: who hears of it, and what those say who can look where the bot can't."""

from datetime import datetime

from bot.errors import Name, NothingChanged
from bot.expected import is_of_cancelled_meeting
from bot.people import Actor, deciders, keepers, places_of_keepers, places_to_decide, places_to_tell_keepers
from bot.timetable import first_day_to_come, has_known_zone, next_meeting
from storage import outbox, waiting
from storage.consortia import Collaborative, Consortium
from storage.follow_ups import follow_up_by_id
from storage.happenings import PassedOn, SaidToBeMissing, SaidToBeThere
from storage.items import Item, item_by_id
from storage.meetings import meeting_by_id
from storage.people import Person, person_by_id
from storage.post_facts import PostState
from storage.post_kinds import About, PostKind
from storage.posts import Post, lock_post
from storage.questions import question_by_id
from storage.swaps import Swap, swap_by_id
from storage.tenancy import Session

FILES = "files"
"""What stands for the place in a key where all places fare alike."""
ABOUT_DELIVERY = (About.POST, About.CHANNEL)
"""Nobody is told that these did not get through, or it would never end."""


def tell_admins(session: Session, post: Post, now: datetime) -> None:
    """That it did not get through: once a day for one place and one cause."""
    if post.kind.about in ABOUT_DELIVERY:
        return
    # Who was told before reads how it stands now.
    outbox.refresh(session, PostKind.UNDELIVERED, subject_id=post.id)
    consortium = session.get_one(Consortium, post.consortium_id)
    today = first_day_to_come(consortium, now)
    for place in places_to_tell_keepers(session):
        key = PostKind.UNDELIVERED.key(
            consortium=consortium.id,
            place=post.place,
            cause=_cause(post),
            day=today,
            admin=place,
        )
        outbox.owe_again(session, PostKind.UNDELIVERED, key, subject_id=post.id, place=place, due=now)


def tell_admins_of_files(session: Session, post: Post, now: datetime) -> None:
    """That its words went without its file: once a month for one cause, which is the workspace's and not this post's."""
    consortium = session.get_one(Consortium, post.consortium_id)
    month = first_day_to_come(consortium, now).replace(day=1)
    for place in places_to_tell_keepers(session):
        cause = {"place": FILES, "cause": post.error, "day": month}
        key = PostKind.UNDELIVERED.key(consortium=consortium.id, admin=place, **cause)
        outbox.owe(session, PostKind.UNDELIVERED, key, subject_id=post.id, place=place, due=now)


def tells_of_files(notice: Post) -> bool:
    """Whether it says that words went without their file. Others say of a message that it did not get through yet."""
    return f":{FILES}:" in notice.key


def _cause(post: Post) -> str:
    """Of what fails by itself nobody can say that others of its place fare alike."""
    return f"{post.kind} {post.error}" if post.life.stands_aside else str(post.error)


def ask_whether_it_is_there(session: Session, post: Post, now: datetime) -> bool:
    """Ask those who can say so, each time the bot knows no better; say whether anybody was not asked before."""
    if post.kind.is_rather_doubled or is_of_cancelled_meeting(session, post):
        return False
    consortium = session.get_one(Consortium, post.consortium_id)
    are_new = [
        outbox.owe_again(
            session,
            PostKind.UNSURE,
            question_key(post, place),
            subject_id=post.id,
            place=place,
            due=now,
            comes_back=True,
        )
        for place in places_to_look(session, consortium, post, now)
    ]
    return any(are_new)


def question_key(post: Post, place: str) -> str:
    return PostKind.UNSURE.key(post=post.id, fence=post.fence, place=place)


def ask_anew(session: Session, _consortium: Consortium, now: datetime) -> None:
    """Whoever can look now is asked about all that is of unknown fate: others host, or decide, than when it was asked first.

    Of what is about delivery itself nobody is asked: it is sent again. Nor of what told of a meeting that is cancelled by now: it is
    owed no longer, and nobody has to look.
    """
    for post in waiting.of_unknown_fate(session):
        if post.kind.is_rather_doubled:
            post.live_through(SaidToBeMissing(), now)
        elif is_of_cancelled_meeting(session, post):
            post.live_through(PassedOn(), now)
            redraw_questions(session, post)
        elif ask_whether_it_is_there(session, post, now):
            redraw_questions(session, post)


def redraw_questions(session: Session, post: Post) -> None:
    outbox.refresh(session, PostKind.UNSURE, subject_id=post.id)


def others_can_look(session: Session, consortium: Consortium, now: datetime) -> None:
    """They are asked, and those who can no longer lose the buttons."""
    for post in waiting.of_unknown_fate(session):
        redraw_questions(session, post)
    ask_anew(session, consortium, now)


def hosts_asked_to_look(session: Session, consortium: Consortium, now: datetime) -> list[Collaborative]:
    """Those whose team is asked whether something arrived, also of a meeting that was long ago."""
    of_each_thing = {(post.kind.about, post.subject_id): post for post in waiting.of_unknown_fate(session)}
    hosts = [host_of(session, consortium, post, now) for post in of_each_thing.values()]
    return [host for host in hosts if host is not None]


def places_to_look(session: Session, consortium: Consortium, post: Post, now: datetime) -> list[str]:
    """Where those are asked who can look whether it is there."""
    host = host_of(session, consortium, post, now)
    return places_to_decide(session, host) if host else places_of_keepers(session)


def places_to_answer(session: Session, consortium: Consortium, post: Post, now: datetime) -> list[str]:
    """Where those are asked who can look, and where admins read, who may always answer."""
    return [*places_to_look(session, consortium, post, now), *places_of_keepers(session)]


def it_is_there(session: Session, actor: Actor, post_id: int, now: datetime) -> None:
    """Somebody has seen it. It can't be edited, so what has changed since it was sent is said in a message of its own.

    Raises NothingChanged if the message is no longer here, or if it is known by now what became of it.
    """
    post = _unsettled(session, post_id)
    post.live_through(SaidToBeThere(), now)
    _settle(session, actor, post, is_there=True)


def post_again(session: Session, actor: Actor, post_id: int, now: datetime) -> None:
    """It is not there, or nobody can tell and twice is better than never.

    Raises NothingChanged if the message is no longer here, or if it is known by now what became of it.
    """
    post = _unsettled(session, post_id)
    post.live_through(SaidToBeMissing(), now)
    _settle(session, actor, post, is_there=False)


def may_answer_for(session: Session, actor: Actor, post: Post, now: datetime) -> bool:
    """The host's curators, and admins: they may be the only ones who can look."""
    host = host_of(session, actor.consortium, post, now)
    trusted: list[Person] = keepers(session)
    if host is not None:
        trusted += deciders(session, host)
    return actor.person.id in {person.id for person in trusted}


def host_of(session: Session, consortium: Consortium, post: Post, now: datetime) -> Collaborative | None:
    """Whose meeting the post is about; of what is about none, the next one's host, if anybody knows which is next."""
    if post.kind.about == About.MEETING:
        meeting = meeting_by_id(session, post.subject_id)
    elif post.kind.about in (About.ITEM, About.QUESTION):
        item = item_about(session, post)
        meeting = item.meeting if item else None
    elif post.kind.about == About.FOLLOW_UP:
        follow_up = follow_up_by_id(session, post.subject_id)
        meeting = follow_up.meeting if follow_up else None
    elif post.kind.about == About.SWAP:
        return _side_of(post.kind, swap_by_id(session, post.subject_id))
    else:
        meeting = None
    if meeting is None and has_known_zone(consortium):
        meeting = next_meeting(session, consortium, now)
    return meeting.host if meeting else None


def _side_of(kind: PostKind, swap: Swap | None) -> Collaborative | None:
    """Of a swap: who is asked, or who gets the answer."""
    if swap is None:
        return None
    return swap.other if kind == PostKind.SWAP else swap.host


def item_about(session: Session, post: Post) -> Item | None:
    """The item that it is about, or that a question in it is about."""
    if post.kind.about == About.QUESTION:
        question = question_by_id(session, post.subject_id)
        return question.item if question else None
    return item_by_id(session, post.subject_id) if post.kind.about == About.ITEM else None


def _unsettled(session: Session, post_id: int) -> Post:
    post = lock_post(session, post_id)
    if post is None:
        raise NothingChanged("This message is no longer here.")
    if post.state != PostState.UNKNOWN:
        if post.answered_by_id is None:
            raise NothingChanged("I know by now what became of this message.")
        who = person_by_id(session, post.answered_by_id)
        raise NothingChanged("{name} has answered this already.", name=Name(who.name))
    return post


def _settle(session: Session, actor: Actor, post: Post, *, is_there: bool) -> None:
    post.answered_by_id, post.is_said_to_be_there = actor.person.id, is_there
    session.flush()
    redraw_questions(session, post)
