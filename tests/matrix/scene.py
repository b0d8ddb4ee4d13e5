"""The database that every cell begins with: two consortia alike, and in ours something fresh and stale of everything."""

from datetime import date, datetime

from bot.consortia import apply
from bot.decisions import add_to_agenda, hold, leave_out
from bot.freshness import ASKED_AFTER
from bot.items import withdraw
from bot.me_too import said_by
from bot.people import learn_name
from storage.channels import channel_known
from storage.consortia import Collaborative
from storage.database import Database
from storage.items import Item, ItemState, Reason
from storage.meetings import Meeting, MeetingState
from storage.people import Curator, Person, last_asked_before
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.swaps import SwapState
from storage.tenancy import Session, across_consortia, enter
from storage.tips import Tip
from tests.builders import (
    NOON,
    Scene,
    a_duty,
    a_follow_up,
    a_meeting,
    a_person,
    a_plan,
    a_post,
    a_question,
    a_result,
    a_swap,
    an_item,
)
from tests.clock import FrozenClock
from tests.matrix.table import ROLES
from tests.story import NAMES, SHARED

# Ids say of what they are, so that none of one kind is another's: items 1…, meetings 3…, tips 5…, and theirs even.
(
    WAITING,
    DECIDED,
    SECOND,
    HELD,
    WITHDRAWN,
    NOT_TAKEN,
    OVER,
    HAD_ITS_TIME,
    WRITTEN_ABOUT,
    TOLD,
    RESTING,
    SOLVED,
) = range(1001, 1013)
JOINED, STAYED = 1013, 1014
"""Two that go together."""
TALKED_ABOUT = 1015
"""Separately, by its author and all who are known to be there but for the newcomer and the stranger."""
TALKERS = ("member", "host", "other", "admin", "elsewhere")
THEIRS_WAITING, THEIRS_DECIDED = 2001, 2002
NEXT, PROPOSED, PAST, CANCELLED, WITH_NOTES, THEIR_MEETING = 3001, 3002, 3003, 3004, 3005, 4001
SEATED_HOSTS = 10**8
"""As the form asks that is drawn for the matrix."""
TIP, THEIR_TIP = 5001, 6001
LOST, ANSWERED, LOST_AND_OVER, THEIR_LOST = 7001, 7002, 7003, 8001
FOLLOW_UP, SAID_DONE, THEIR_FOLLOW_UP = 11001, 11301, 12001
"""One that is to be done, and one that was said to be done."""
EDITION = int(NOON.timestamp())
"""Of each of them."""
QUESTION, OF_NOT_TAKEN, OF_HAD_ITS_TIME, THEIR_QUESTION = 13001, 13301, 13601, 14001
"""Questions: about an item that waits, about one that was not taken, and about one of a meeting that is over."""
ASKED_OF_US, ASKED_BY_US, ANSWERED_SWAP, SWAP_AND_OVER, THEIR_SWAP = 15001, 15002, 15301, 15601, 16001
"""Of hosts: what another asks ours, what ours asks another, one that was answered, and one of a meeting that is over."""
SEATED, LEFT, OTHER_SEAT, THEIR_SEAT = 9001, 9002, 9003, 9501
OWN = {"deactivated": 100, "bot": 200}
"""What is to be added to the id of an item or a tip for the one that these have brought themselves."""


def set_scene(database: Database, clock: FrozenClock) -> None:
    with database.transaction() as session:
        with across_consortia(session):
            theirs = apply(session, a_plan(T0SISTER="T0NOISE", C0SHARED="C0NOISE"), clock())
            _fill_theirs(Scene(session, clock, theirs))
        ours = apply(session, a_plan(), clock())
        _fill_ours(Scene(session, clock, ours))
        channel_known(session, SHARED).asked_at = clock()  # as after the first tick
        for person in last_asked_before(session, clock(), limit=100):
            with across_consortia(session):
                enter(session, person.consortium_id)
                learn_name(session, person.id, NAMES.get(person.user_id), clock())


def _fill_theirs(scene: Scene) -> None:
    member = scene.actor("U0MEMBER", "T0NOISE")
    _renumber(scene, THEIR_MEETING)
    an_item(scene.session, member.person, id=THEIRS_WAITING, meeting=scene.meeting)
    decided = an_item(scene.session, member.person, id=THEIRS_DECIDED, meeting=scene.meeting)
    a_follow_up(scene.session, decided, id=THEIR_FOLLOW_UP)
    a_question(scene.session, decided, id=THEIR_QUESTION)
    add_to_agenda(scene.session, scene.actor("U0CURATOR", "T0NOISE"), THEIRS_DECIDED, scene.now)
    _a_tip(scene.session, member.person, THEIR_TIP, scene.now)
    _a_lost_post(scene, THEIR_LOST)
    a_swap(scene.session, scene.meeting, scene.meeting.host, member.person, id=THEIR_SWAP)
    _a_seat(scene, THEIR_SEAT, "Theirs", position=5)


def _fill_ours(scene: Scene) -> None:
    _renumber(scene, NEXT)
    _give_roles(scene)
    _bring_items(scene)
    _decide(scene)
    for role, more in {"member": 0, **OWN}.items():
        _a_tip(scene.session, scene.actor(ROLES[role]).person, TIP + more, scene.now)
    _a_lost_post(scene, LOST)
    _a_lost_post(scene, LOST_AND_OVER, about=OVER)
    answered = _a_lost_post(scene, ANSWERED)
    answered.state, answered.answered_by_id = PostState.SENT, scene.actor("U0DEPUTY").person.id
    _a_seat(scene, SEATED, "Seated", position=5)
    _a_seat(scene, OTHER_SEAT, "Seated beside", position=6)
    seated = scene.session.get_one(Collaborative, SEATED)
    a_meeting(scene.session, seated, id=SEATED_HOSTS, day=date(2028, 1, 20))
    _a_seat(scene, LEFT, "Left", position=None)
    _share_out(scene, seated)


def _share_out(scene: Scene, others: Collaborative) -> None:
    """What hosts ask each other, who does what, and who helps whom. The admin may, too."""
    session, ours, member = scene.session, scene.meeting.host, scene.actor("U0MEMBER").person
    meetings = {number: session.get_one(Meeting, number) for number in (PROPOSED, PAST, SEATED_HOSTS)}
    a_swap(session, meetings[SEATED_HOSTS], ours, member, id=ASKED_OF_US)
    a_swap(session, meetings[PROPOSED], others, scene.actor("U0CURATOR").person, id=ASKED_BY_US)
    a_swap(session, scene.meeting, ours, member, id=ANSWERED_SWAP, state=SwapState.DECLINED)
    a_swap(session, meetings[PAST], ours, member, id=SWAP_AND_OVER)
    a_duty(session, scene.meeting, member)
    scene.actor("U0ADMIN").person.collaborative = session.get_one(Collaborative, OTHER_SEAT)
    scene.meeting.help_wanted, meetings[PROPOSED].helper = True, others
    session.flush()


def _renumber(scene: Scene, number: int) -> None:
    """The next meeting, of the plan, gets its telling id."""
    scene.meeting.id = number
    scene.session.flush()
    a_host = scene.meeting.host
    if number == NEXT:
        a_meeting(scene.session, a_host, id=PROPOSED, day=date(2027, 4, 15), state=MeetingState.PROPOSED)
        a_meeting(scene.session, a_host, id=PAST, day=date(2026, 10, 15))
        off = {"state": MeetingState.CANCELLED, "cancelled_at": scene.now}
        a_meeting(scene.session, a_host, id=CANCELLED, day=date(2027, 2, 18), **off)


def _give_roles(scene: Scene) -> None:
    """Who does not take part has every role."""
    host = scene.collaborative("CCSJ")
    robot = a_person(scene.session, scene.consortium, user_id=ROLES["bot"], is_bot=True, collaborative=host)
    scene.session.add(
        Curator(consortium_id=scene.consortium.id, person_id=robot.id, collaborative_id=host.id)
    )
    deputy = scene.actor(ROLES["deactivated"]).person
    deputy.deactivated_at = scene.now
    deputy.is_admin = robot.is_admin = True
    scene.session.flush()


def _bring_items(scene: Scene) -> None:
    session, member = scene.session, scene.actor("U0MEMBER").person
    for number in (WAITING, DECIDED, SECOND, HELD, WITHDRAWN, NOT_TAKEN):
        an_item(session, member, id=number, meeting=scene.meeting, title=f"Item {number}")
    stayed = an_item(session, member, id=STAYED, meeting=scene.meeting)
    an_item(session, member, id=JOINED, meeting=scene.meeting).join(stayed, scene.now)
    past = session.get_one(Meeting, PAST)
    an_item(session, member, id=OVER, meeting=past)
    decided = {"decided_by": scene.actor("U0CURATOR").person, "decided_at": scene.now, "decisions": 1}
    for place, number in enumerate((HAD_ITS_TIME, WRITTEN_ABOUT), start=1):
        an_item(
            session, member, id=number, meeting=past, state=ItemState.ON_AGENDA, position=place, **decided
        )
    a_result(session, session.get_one(Item, WRITTEN_ABOUT), position=2)
    _tell_in_notes(scene)
    had_its_time = session.get_one(Item, HAD_ITS_TIME)
    for role, more in {"member": 0, **OWN}.items():
        owner_id = scene.actor(ROLES[role]).person.id
        a_follow_up(session, had_its_time, id=FOLLOW_UP + more, owner_id=owner_id)
        a_follow_up(session, had_its_time, id=SAID_DONE + more, owner_id=owner_id, done_at=scene.now)
    for role, more in OWN.items():
        for number in (WAITING, NOT_TAKEN):
            an_item(session, scene.actor(ROLES[role]).person, id=number + more, meeting=scene.meeting)
    _ask(session)
    _carry_over(scene)
    _talk_separately(scene)


def _talk_separately(scene: Scene) -> None:
    talked_about = an_item(
        scene.session,
        scene.actor(ROLES["member"]).person,
        id=TALKED_ABOUT,
        meeting=scene.meeting,
        title="Talked about",
        state=ItemState.RESTING,
        separate_since=scene.now,
    )
    for role in TALKERS[1:]:
        who = scene.actor(ROLES[role], "T0OTHER" if role == "elsewhere" else "T0SISTER")
        assert said_by(scene.session, who, talked_about)
    scene.session.flush()


def _carry_over(scene: Scene) -> None:
    """What waits so often that its author is asked whether they still want it; and what rests, and is solved."""
    for role, more in {"member": 0, **OWN}.items():
        scene.session.get_one(Item, WAITING + more).carry_overs = ASKED_AFTER
        for number, state in ((RESTING, ItemState.RESTING), (SOLVED, ItemState.SOLVED)):
            proposer = scene.actor(ROLES[role]).person
            an_item(scene.session, proposer, id=number + more, meeting=scene.meeting, state=state)


def _ask(session: Session) -> None:
    """The author of each item that waits, and of each that is not taken."""
    for more in (0, *OWN.values()):
        a_question(session, session.get_one(Item, WAITING + more), id=QUESTION + more)
        a_question(session, session.get_one(Item, NOT_TAKEN + more), id=OF_NOT_TAKEN + more)
    a_question(session, session.get_one(Item, HAD_ITS_TIME), id=OF_HAD_ITS_TIME)


def _tell_in_notes(scene: Scene) -> None:
    """A meeting whose notes are sent, with a line about an item of each who has brought one."""
    session = scene.session
    held = a_meeting(session, scene.meeting.host, id=WITH_NOTES, day=date(2026, 7, 16))
    for role, more in {"member": 0, **OWN}.items():
        brought_by = scene.actor(ROLES[role]).person
        item = an_item(session, brought_by, id=TOLD + more, meeting=held, state=ItemState.ON_AGENDA)
        a_result(session, item, outcome="We write a letter")
    key = PostKind.NOTES.key(meeting=WITH_NOTES)
    notes = a_post(session, scene.consortium, key, kind=PostKind.NOTES, subject_id=WITH_NOTES, place=SHARED)
    notes.state, notes.ts = PostState.SENT, "1784246400.000001"
    session.flush()


def _decide(scene: Scene) -> None:
    session, host, now = scene.session, scene.actor("U0CURATOR"), scene.now
    for number in (DECIDED, SECOND):
        add_to_agenda(session, host, number, now)
    told = [hold(session, host, HELD, now)]
    told += [
        leave_out(session, host, NOT_TAKEN + more, now, Reason.TOO_FULL, None) for more in (0, *OWN.values())
    ]
    for item in told:
        scene.tell(item)
    withdraw(session, scene.actor("U0MEMBER"), WITHDRAWN, now)


def _a_tip(session: Session, person: Person, number: int, now: datetime) -> None:
    session.add(
        Tip(
            id=number,
            consortium_id=person.consortium_id,
            person=person,
            topic="General",
            text="Bring snacks",
            findable="general\nbring snacks",
            created_at=now,
        )
    )
    session.flush()


def _a_lost_post(scene: Scene, number: int, about: int = WAITING) -> Post:
    """Of which nobody knows whether it is there."""
    post = a_post(scene.session, scene.consortium, f"card:{about}:1:lost{number}", subject_id=about)
    post.id, post.state, post.may_be_there, post.tried_version = number, PostState.UNKNOWN, True, 1
    scene.session.flush()
    return post


def _a_seat(scene: Scene, number: int, name: str, position: int | None) -> None:
    scene.session.add(
        Collaborative(
            id=number,
            consortium_id=scene.consortium.id,
            name=name,
            office="5 Main St",
            position=position,
            curators_channel_id=None,
        )
    )
    scene.session.flush()
