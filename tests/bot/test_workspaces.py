"""Whose consortium it is: a workspace that was mistyped, and a channel that is another's."""

import pytest

from bot.channels import channels_to_ask, has_new_id
from bot.consortia import apply, describe
from bot.errors import UserError
from bot.plan.plan import Plan
from handlers.words import worded
from storage.consortia import (
    Consortium,
    confirm,
    consortium_of,
    every_consortium,
    rotation,
    those_who_share,
    unconfirmed,
)
from storage.database import Database
from storage.people import admins
from storage.post_facts import PostState
from storage.posts import Post
from storage.tenancy import Session, across_consortia
from storage.use import forget, is_used
from tests.at_once import at_once
from tests.builders import NOON, Scene, a_person, a_plan, a_post, an_item
from tests.clock import FrozenClock

TYPO, RIGHT = "T0MISTYPED", "T0SISTER"


def mistyped() -> Plan:
    return a_plan(**{'team = "T0SISTER"': f'team = "{TYPO}"'})


def applied(database: Database, plan: Plan, clock: FrozenClock) -> int:
    with database.transaction() as session:
        return apply(session, plan, clock()).id


def teams(database: Database) -> list[str]:
    with database.transaction() as session:
        return [consortium.team_id for consortium in every_consortium(session)]


def test_a_mistyped_workspace_that_is_corrected_leaves_one_consortium(
    database: Database, clock: FrozenClock
) -> None:
    first = applied(database, mistyped(), clock)
    assert applied(database, a_plan(), clock) == first
    assert teams(database) == [RIGHT]
    with database.transaction(first) as session:
        [standing] = session.query(Post).filter_by(kind="standing")
        assert standing.state == PostState.DUE
        assert [person.team_id for person in admins(session)] == [RIGHT]


def test_a_consortium_that_is_used_never_becomes_another_workspaces(
    database: Database, clock: FrozenClock
) -> None:
    ours = applied(database, a_plan(), clock)
    with database.transaction() as session:
        confirm(session, RIGHT, NOON)
    before = teams(database)
    with database.transaction() as session:
        refused = refusal_of(session, mistyped(), clock)
    assert f"The workspace {RIGHT} uses this channel already." in refused
    assert "by python -m bot setup FILE." in refused
    assert teams(database) == before
    assert applied(database, a_plan(), clock) == ours


def refusal_of(session: Session, plan: Plan, clock: FrozenClock) -> str:
    with pytest.raises(UserError) as refused:
        apply(session, plan, clock())
    assert refused.value.field == "channel"
    return worded(refused.value)


def test_a_channel_can_not_be_taken_from_another_by_a_change(database: Database, clock: FrozenClock) -> None:
    applied(database, a_plan(), clock)
    with database.transaction() as session:
        confirm(session, RIGHT, NOON)
    bay = {'team = "T0SISTER"': 'team = "T0BAY"', "C0SHARED": "C0BAY"}
    applied(database, a_plan(**bay), clock)
    with database.transaction() as session:
        refused = refusal_of(session, a_plan(**{'team = "T0SISTER"': 'team = "T0BAY"'}), clock)
    assert "uses this channel already" in refused


def test_what_people_brought_keeps_a_consortium_where_it_is_though_no_bot_ran(
    database: Database, clock: FrozenClock
) -> None:
    ours = applied(database, a_plan(), clock)
    with database.transaction(ours) as session:
        an_item(session, admins(session)[0])
    with database.transaction() as session:
        assert is_used(session, session.get_one(Consortium, ours))
        assert "uses this channel already" in refusal_of(session, mistyped(), clock)


def ghost_beside_ours(database: Database, clock: FrozenClock) -> None:
    """As versions before this one left it: two consortia with one channel, and the bot is of one workspace."""
    applied(database, a_plan(**{'team = "T0SISTER"': f'team = "{TYPO}"', "C0SHARED": "C0GHOST"}), clock)
    applied(database, a_plan(), clock)
    with database.transaction() as session:
        ghost = consortium_of(session, TYPO)
        assert ghost is not None
        ghost.channel_id = "C0SHARED"


def test_of_a_workspace_nobody_knows_is_spoken_only_once_a_bot_has_run_for_another(
    database: Database, clock: FrozenClock
) -> None:
    ghost_beside_ours(database, clock)
    with database.transaction() as session:
        assert unconfirmed(session) == []
        confirm(session, RIGHT, NOON)
        assert [consortium.team_id for consortium in unconfirmed(session)] == [TYPO]


def test_what_was_mistyped_can_be_forgotten_and_takes_nothing_else_with_it(
    database: Database, clock: FrozenClock
) -> None:
    ghost_beside_ours(database, clock)
    with database.transaction() as session:
        confirm(session, RIGHT, NOON)
        ghost = consortium_of(session, TYPO)
        assert ghost is not None
        assert not is_used(session, ghost)
        ours = rows(session)
        forget(session, ghost)
        session.flush()
        assert rows(session) == ours
    assert teams(database) == [RIGHT]


def rows(session: Session) -> list[tuple[int, str]]:
    """Ours, of the posts."""
    with across_consortia(session):
        found = session.query(Post).join(Consortium, Consortium.id == Post.consortium_id)
        return sorted((post.id, post.key) for post in found.filter(Consortium.team_id == RIGHT))


def test_the_file_of_the_right_workspace_takes_the_mistyped_one_of_its_channel_away(
    database: Database, clock: FrozenClock
) -> None:
    ghost_beside_ours(database, clock)
    with database.transaction() as session:
        confirm(session, RIGHT, NOON)
    applied(database, a_plan(), clock)
    assert teams(database) == [RIGHT]


def test_of_those_who_share_nothing_anybody_may_use_any_channel(
    database: Database, clock: FrozenClock
) -> None:
    applied(database, a_plan(), clock)
    with database.transaction() as session:
        a_person(session, every_consortium(session)[0], user_id="U0ODD")
        a_post(session, every_consortium(session)[0], "card")
    applied(database, a_plan(**{'team = "T0SISTER"': 'team = "T0BAY"', "C0SHARED": "C0BAY"}), clock)
    assert teams(database) == [RIGHT, "T0BAY"]


OTHERS = {'team = "T0SISTER"': 'team = "T0BAY"'}


WRONG_CHANNEL, WRONG_TEAM = {"C0SHARED": "C0MISTYPED"}, {'team = "T0SISTER"': f'team = "{TYPO}"'}


@pytest.mark.parametrize("running", [None, RIGHT])
@pytest.mark.parametrize(
    "attempts",
    [
        [WRONG_CHANNEL | WRONG_TEAM, WRONG_CHANNEL, WRONG_TEAM],
        [WRONG_CHANNEL | WRONG_TEAM, WRONG_TEAM, WRONG_CHANNEL],
        [WRONG_TEAM, WRONG_CHANNEL],
        [WRONG_CHANNEL, WRONG_TEAM],
    ],
)
def test_in_whichever_order_a_file_is_corrected_one_consortium_is_left(
    database: Database, clock: FrozenClock, attempts: list[dict[str, str]], running: str | None
) -> None:
    for attempt in attempts:
        applied(database, a_plan(**attempt), clock)
        if running:
            with database.transaction() as session:
                confirm(session, running, NOON)
    applied(database, a_plan(), clock)
    with database.transaction() as session:
        assert [(one.team_id, one.channel_id) for one in every_consortium(session)] == [(RIGHT, "C0SHARED")]


def test_who_decided_in_a_channel_by_mistake_keeps_it_from_nobody(
    database: Database, clock: FrozenClock
) -> None:
    applied(
        database,
        a_plan(**{**WRONG_TEAM, "C0SHARED": "C0BAY", 'name = "CCSJ"': 'name = "CCSJ"\nchannel = "C0SHARED"'}),
        clock,
    )
    applied(database, a_plan(**BAY_DECIDES), clock)
    assert teams(database) == [RIGHT]


def test_a_form_takes_over_nobodys_consortium(database: Database, clock: FrozenClock) -> None:
    """Slack itself says of which workspace a form is, so nothing was mistyped."""
    applied(database, a_plan(), clock)
    with database.transaction() as session, pytest.raises(UserError) as refused:
        describe(session, a_plan(**OTHERS), clock())
    assert refused.value.field == "channel"
    assert f"python -m bot forget {RIGHT}" in worded(refused.value)
    assert teams(database) == [RIGHT]


def test_of_two_that_choose_one_channel_at_once_the_second_is_refused(
    database: Database, clock: FrozenClock
) -> None:
    applied(database, a_plan(), clock)
    applied(database, a_plan(**OTHERS, C0SHARED="C0BAY"), clock)
    with database.transaction() as session:
        for team in (RIGHT, "T0BAY"):
            confirm(session, team, NOON)
    done, refused = at_once(
        database,
        lambda session: apply(session, a_plan(C0SHARED="C0BOTH"), clock()).name,
        lambda session: apply(session, a_plan(**OTHERS, C0SHARED="C0BOTH"), clock()).name,
    )
    assert done == "Sister Peace Initiatives"
    assert "uses this channel already" in worded(refused)


def test_a_new_id_leads_nobody_into_the_channel_of_another(database: Database, clock: FrozenClock) -> None:
    ours = applied(database, a_plan(), clock)
    applied(database, a_plan(**OTHERS, C0SHARED="C0FRESH"), clock)
    with database.transaction() as session:
        has_new_id(session, RIGHT, "C0SHARED", "C0FRESH", clock())
    with database.transaction() as session:
        assert [one.team_id for one in those_who_share(session, "C0FRESH")] == ["T0BAY"]
    with database.transaction(ours) as session:
        consortium = session.get_one(Consortium, ours)
        asked = [one.channel_id for one in channels_to_ask(session, consortium, clock())]
        assert "C0SHARED" in asked  # and Slack says that it is gone, which admins hear


BAY_DECIDES = {'name = "CCSJ"': 'name = "CCSJ"\nchannel = "C0BAY"'}


def test_no_host_decides_in_the_shared_channel_of_another(database: Database, clock: FrozenClock) -> None:
    applied(database, a_plan(**OTHERS, C0SHARED="C0BAY"), clock)
    with database.transaction() as session:
        confirm(session, "T0BAY", NOON)
        refused = refusal_of(session, a_plan(**BAY_DECIDES), clock)
    assert "those who decide for CCSJ is the shared one of another consortium" in refused


def test_a_channel_in_which_hosts_of_another_decide_is_shared_with_nobody(
    database: Database, clock: FrozenClock
) -> None:
    applied(database, a_plan(**BAY_DECIDES), clock)
    with database.transaction() as session:
        confirm(session, RIGHT, NOON)
        refused = refusal_of(session, a_plan(**OTHERS, C0SHARED="C0BAY"), clock)
    assert "hosts of another consortium here decide in this channel" in refused


@pytest.mark.parametrize("whose", ["ours", "another's"])
def test_a_curators_channel_that_is_the_shared_one_by_its_new_id_asks_no_host_any_more(
    database: Database, clock: FrozenClock, whose: str
) -> None:
    ours = applied(database, a_plan(**{'name = "CCSJ"': 'name = "CCSJ"\nchannel = "C0CURATORS"'}), clock)
    if whose == "another's":
        applied(database, a_plan(**OTHERS, C0SHARED="C0FRESH"), clock)
    with database.transaction() as session:
        has_new_id(session, RIGHT, "C0CURATORS", "C0SHARED" if whose == "ours" else "C0FRESH", clock())
    with database.transaction(ours) as session:
        assert {one.curators_channel_id for one in rotation(session)} == {None}


def test_a_channel_in_which_hosts_of_others_decide_does_not_become_the_shared_one(
    database: Database, clock: FrozenClock
) -> None:
    """They named it by the id that it has by now; then the news of it reaches our bot."""
    ours = applied(database, a_plan(), clock)
    members = 'members = ["U0MEMBER"]'
    applied(
        database,
        a_plan(
            **{
                'team = "T0SISTER"': 'team = "T0BAY"',
                "C0SHARED": "C0BAY",
                members: f'{members}\nchannel = "C0NEWID"',
            }
        ),
        clock,
    )
    with database.transaction() as session:
        has_new_id(session, RIGHT, "C0SHARED", "C0NEWID", clock())
    with database.transaction() as session:
        consortium = consortium_of(session, RIGHT)
        assert consortium is not None
        assert (consortium.id, consortium.channel_id) == (ours, "C0SHARED")


def test_a_host_whose_channel_becomes_the_shared_one_is_asked_directly(scene: Scene) -> None:
    """The file names the channel by an id of which the bot has not heard yet; then the news comes."""
    members = 'members = ["U0MEMBER"]'
    scene.apply(**{members: f'{members}\nchannel = "C0HOSTS"'})
    has_new_id(scene.session, RIGHT, "C0SHARED", "C0HOSTS", scene.now)
    item = scene.propose()
    assert scene.consortium.channel_id == "C0HOSTS"
    assert scene.cards(item) == {"U0CURATOR": True, "U0DEPUTY": True}
