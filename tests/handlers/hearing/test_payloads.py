"""What Slack sends, read into one shape: whose it is, what it is about, what Slack repeats with it."""

from typing import Any

import pytest

from handlers.blocks.ids import MORE
from handlers.hearing import payloads
from handlers.hearing.surfaces import NoSuchWay, where_heard
from storage.people import Who

COMMAND = {
    "command": "/agenda",
    "text": "add Budget &amp; cuts",
    "team_id": "T0SISTER",
    "user_id": "U0MEMBER",
    "user_name": "priya",
    "channel_id": "C0SHARED",
    "trigger_id": "1.2.3",
}
CLICK = {
    "type": "block_actions",
    "user": {"id": "U0RUTH", "team_id": "T0OTHER", "name": "ruth"},
    "team": {"id": "T0SISTER"},
    "container": {"type": "message", "message_ts": "1.5", "channel_id": "C0SHARED", "is_ephemeral": True},
    "channel": {"id": "C0SHARED"},
    "trigger_id": "1.2.3",
    "response_url": "https://hooks.example/1",
    "actions": [
        {"type": "button", "action_id": "item.take", "block_id": "b1", "value": "12", "action_ts": "1.7"}
    ],
}
SENT = {
    "type": "view_submission",
    "user": {"id": "U0RUTH", "team_id": "T0OTHER", "name": "ruth"},
    "team": {"id": "T0OTHER"},
    "view": {
        "id": "V1",
        "hash": "1.abc",
        "callback_id": "item.edit_form",
        "private_metadata": "12:board",
        "state": {
            "values": {
                "title": {"title": {"type": "plain_text_input", "value": "Budget"}},
                "details": {"details": {"type": "plain_text_input", "value": None}},
                "wish": {"wish": {"type": "static_select", "selected_option": {"value": "share"}}},
                "reason": {"reason": {"type": "static_select", "selected_option": None}},
                "people": {"people": {"type": "multi_users_select", "selected_users": ["U1", "U2"]}},
                "place": {"place": {"type": "conversations_select", "selected_conversation": "C1"}},
                "day": {"day": {"type": "datepicker", "selected_date": "2027-01-21"}},
                "at": {"at": {"type": "timepicker", "selected_time": "10:00"}},
                "odd": {"odd": {"type": "rich_text_input", "rich_text_value": {}}},
            }
        },
    },
}


@pytest.mark.parametrize(
    ("typed", "word", "rest", "whole"),
    [
        ("add Budget &amp; cuts", "add", "Budget & cuts", "add Budget & cuts"),
        ("ADD  &lt;!channel&gt; &amp;amp;", "add", "<!channel> &amp;", "ADD  <!channel> &amp;"),
        ("add\n• one\n• two", "add", "• one\n• two", "add\n• one\n• two"),
        ("", "", "", ""),
        ("   ", "", "", ""),
        ("\u200b", "", "", ""),
        ("add \u3164\u2800", "add", "", "add \u3164\u2800"),
        ("tip \ufe0f", "tip", "", "tip \ufe0f"),
    ],
)
def test_the_first_word_of_a_command_says_which_it_is(typed: str, word: str, rest: str, whole: str) -> None:
    heard = payloads.command(COMMAND | {"text": typed})
    assert (heard.id, heard.text, heard.value) == (word, rest, whole)
    assert heard.who == Who("T0SISTER", "U0MEMBER")


def test_who_clicks_is_of_their_own_workspace_and_not_of_the_apps() -> None:
    assert payloads.action(CLICK).who == Who("T0OTHER", "U0RUTH")


def test_a_click_that_does_not_say_whose_the_person_is_leaves_it_open() -> None:
    """A guess could take somebody for another: Slack has to be asked."""
    assert payloads.action(CLICK | {"user": {"id": "U0RUTH"}}).who == Who("", "U0RUTH")


@pytest.mark.parametrize(
    ("value", "subject"),
    [
        ("12", 12),
        ("12:3", 12),
        ("12:later", 12),
        ("", None),
        ("new", None),
        ("-1", None),
        ("1e3", None),
        ("٣", None),
        ("9999999999", None),
    ],
)
def test_a_click_is_about_the_number_its_value_begins_with(value: str, subject: int | None) -> None:
    act = CLICK["actions"][0] | {"value": value}
    assert payloads.action(CLICK | {"actions": [act]}).subject == subject


def test_a_choice_in_a_menu_is_read_like_a_buttons_value() -> None:
    act = CLICK["actions"][0] | {"type": "overflow", "selected_option": {"value": "7:later"}}
    heard = payloads.action(CLICK | {"actions": [act]})
    assert (heard.value, heard.subject) == ("7:later", 7)
    emptied = payloads.action(CLICK | {"actions": [act | {"selected_option": None}]})
    assert (emptied.value, emptied.subject) == ("", None)


@pytest.mark.parametrize(
    ("chosen", "heard"),
    [
        ("coming.show 12", ("coming.show", "12", 12)),
        ("document.hand_on 12:agenda", ("document.hand_on", "12:agenda", 12)),
        ("help.show all", ("help.show", "all", None)),
        ("help.show", ("help.show", "", None)),
    ],
)
def test_a_choice_among_what_is_pressed_seldom_is_heard_as_the_button_for_which_it_stands(
    chosen: str, heard: tuple[str, str, int | None]
) -> None:
    act = CLICK["actions"][0] | {"action_id": MORE, "type": "overflow"}
    read = payloads.action(CLICK | {"actions": [act | {"selected_option": {"value": chosen}}]})
    assert (read.id, read.value, read.subject) == heard


def test_a_choice_that_stands_for_no_button_is_refused() -> None:
    act = CLICK["actions"][0] | {"action_id": MORE, "type": "overflow", "selected_option": None}
    with pytest.raises(payloads.ODD_SHAPE):
        payloads.action(CLICK | {"actions": [act]})


@pytest.mark.parametrize(
    "changed",
    [
        {"actions": [CLICK["actions"][0] | {"action_ts": "1.8"}]},
        {"actions": [CLICK["actions"][0] | {"value": "13"}]},
        {"user": CLICK["user"] | {"id": "U0SAM"}},
        {"container": CLICK["container"] | {"message_ts": "1.6"}},
    ],
)
def test_another_click_has_another_key_and_the_same_one_the_same(changed: dict[str, Any]) -> None:
    fresh = CLICK | {"trigger_id": "9.9.9", "response_url": "https://hooks.example/2"}
    assert payloads.action(fresh).key == payloads.action(CLICK).key
    assert payloads.action(CLICK | changed).key != payloads.action(CLICK).key


def test_every_kind_of_answer_is_read() -> None:
    heard = payloads.view(SENT)
    assert heard.answers == {
        "title": "Budget",
        "details": None,
        "wish": "share",
        "reason": None,
        "people": ["U1", "U2"],
        "place": "C1",
        "day": "2027-01-21",
        "at": "10:00",
        "odd": None,
    }
    assert (heard.subject, heard.value) == (12, "12:board")


@pytest.mark.parametrize(
    "odd",
    [
        {"trigger_id": ""},
        {"trigger_id": None},
        {"user": CLICK["user"] | {"id": "U" * 41}},
        {"user": CLICK["user"] | {"team_id": "T" * 41}},
        {"view": {"type": "modal"}},
        {"view": {"id": ""}},
        {"view": {"id": "V1", "previous_view_id": 7}},
        {"actions": [CLICK["actions"][0] | {"value": "1:" + "9" * 500}]},
    ],
)
def test_a_click_that_cannot_be_answered_or_kept_is_none(odd: dict[str, Any]) -> None:
    """Postgres keeps no key of any length, and what is done must be told where it was done."""
    with pytest.raises(payloads.ODD_SHAPE):
        payloads.action(CLICK | odd)


def test_a_form_sent_in_anew_has_another_key() -> None:
    anew = SENT | {"view": SENT["view"] | {"hash": "2.def"}}
    assert payloads.view(anew).key != payloads.view(SENT).key


@pytest.mark.parametrize(
    ("told", "team"),
    [
        ({}, "T0SISTER"),
        ({"team": "T0A"}, "T0A"),
        ({"team": "T0A", "source_team": "T0B"}, "T0B"),
        ({"source_team": "T0B", "user_team": "T0C"}, "T0C"),
    ],
)
def test_an_event_says_more_or_less_well_whose_the_person_is(told: dict[str, str], team: str) -> None:
    event = {"type": "app_home_opened", "user": "U0SAM", "tab": "home"} | told
    heard = payloads.event({"team_id": "T0SISTER", "event_id": "Ev1", "event": event})
    assert heard.who == Who(team, "U0SAM")
    assert heard.key == "event:Ev1"


def test_an_event_may_hold_the_whole_person() -> None:
    event = {"type": "user_change", "user": {"id": "U0SAM"}, "channel": {"id": "C1"}}
    heard = payloads.event({"team_id": "T0SISTER", "event_id": "Ev1", "event": event})
    assert (heard.who.user_id, heard.channel_id) == ("U0SAM", None)


def test_no_other_event_is_taken_for_home() -> None:
    mention = payloads.event(
        {"event_id": "Ev1", "team_id": "T1", "event": {"type": "app_mention", "user": "U1"}}
    )
    with pytest.raises(NoSuchWay):
        where_heard(mention)
