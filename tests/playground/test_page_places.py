"""The left side of the page: what a person can see there, and what they have not read."""

import pytest

from playground import cast
from playground.page.places import Places
from playground.slack.server import Slack
from playground.slack.world import Message


@pytest.fixture
def slack():
    slack = Slack()
    cast.gather(slack)
    return slack


@pytest.fixture
def places(slack):
    return Places(slack.world, slack.app.user_id)


def says(slack, user, only_for=None):
    slack.world.add(Message("C0SHARED", slack.world.next_ts(), user, "hello", only_for=only_for))


def unread(places, person):
    return {place.key: place.unread for place in places.channels(person)}["C0SHARED"]


def test_the_other_workspace_has_the_shared_channel_and_no_app(places):
    assert [place.key for place in places.channels("U0RUTH")] == ["C0SHARED"]
    assert places.apps("U0RUTH") == []
    assert [place.name for place in places.apps("U0ANA")] == ["Agenda"]


def test_the_app_stands_at_the_left_once_it_has_written(slack, places):
    slack.installation.open_direct("U0RUTH")

    assert [place.key for place in places.apps("U0RUTH")] == ["app"]


def test_what_others_say_is_unread_until_it_was_looked_at(slack, places):
    says(slack, "U0ANA")
    assert unread(places, "U0THEO") == 1

    places.read("U0THEO", "C0SHARED")
    assert unread(places, "U0THEO") == 0
    assert unread(places, "U0SAM") == 1


def test_ones_own_words_and_the_private_ones_of_others_are_not_news(slack, places):
    says(slack, "U0THEO")
    says(slack, slack.app.user_id, only_for="U0ANA")

    assert unread(places, "U0THEO") == 0
    assert unread(places, "U0ANA") == 2


def test_a_place_that_one_cannot_see_is_not_gone_to(places):
    assert places.find("U0RUTH", "C0GENERAL").key == "C0SHARED"
    assert places.find("U0ANA", "home").key == "app"


def test_a_group_message_stands_at_the_left_of_each_who_is_in_it(slack, places):
    people = [slack.world.people[person] for person in ("U0ANA", "U0RUTH")]
    group, _known = slack.installation.open_group(people)
    slack.world.add(Message(group.id, slack.world.next_ts(), slack.app.user_id, "hello"))

    [seen] = places.groups("U0ANA")
    assert (seen.name, seen.unread) == ("Ruth Adeyemi", 1)
    assert [place.name for place in places.groups("U0RUTH")] == ["Ana Reyes"]
    assert places.groups("U0THEO") == []
    assert group.id not in [place.key for place in places.channels("U0ANA")]
    assert places.find("U0ANA", group.id) == seen
