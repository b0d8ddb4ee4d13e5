"""The playground's cast: the small Slack and the bot are told the same story."""

import tomllib
from datetime import date, timedelta

import pytest

from playground import cast
from playground.slack.server import Slack


@pytest.fixture
def slack():
    slack = Slack()
    cast.gather(slack)
    return slack


@pytest.fixture
def facts():
    return tomllib.loads(cast.consortium(date(2026, 11, 23)))


def test_everybody_the_bot_is_told_of_is_in_the_small_slack(slack, facts):
    told = [*facts["consortium"]["admins"]]
    for collaborative in facts["collaborative"]:
        told += [*collaborative["curators"], *collaborative["members"]]

    for written in told:
        team, _, user = written.rpartition("/")
        assert slack.world.people[user].team_id == (team or facts["consortium"]["team"])


def test_the_bot_is_installed_where_the_consortium_says_and_sits_in_its_channel(slack, facts):
    channel = slack.world.channels[facts["consortium"]["channel"]]

    assert slack.app.team_id == facts["consortium"]["team"]
    assert slack.app.user_id in channel.members
    assert channel.is_ext_shared


def test_four_collaboratives_decide_and_one_of_them_is_elsewhere(slack, facts):
    teams = [
        {slack.world.people[one.rpartition("/")[2]].team_id for one in collaborative["curators"]}
        for collaborative in facts["collaborative"]
    ]

    assert sorted(map(list, teams)) == [["T0OTHER"], ["T0SISTER"], ["T0SISTER"], ["T0SISTER"]]


def test_somebody_is_new_to_the_bot():
    assert [person for person, role in cast.roles().items() if role == "new here"] == ["U0NEW"]


def test_the_meeting_is_on_a_thursday_whose_first_call_comes_within_a_week(facts):
    first_call = max(facts["calls"]["days_before"])
    for days in range(400):
        today = date(2026, 1, 1) + timedelta(days=days)
        meeting = cast.meeting_day(today)
        assert meeting.isoweekday() == 4
        assert 1 <= (meeting - today).days - first_call <= 7


def test_the_page_offers_the_command_as_the_manifest_describes_it():
    command = cast.commands()["/agenda"]

    assert command.usage_hint.startswith("[add | now | start | list")
    assert command.description
