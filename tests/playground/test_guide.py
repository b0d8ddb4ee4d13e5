"""The steps of the first minute: done by doing them, in order, or turned by hand."""

from pathlib import Path

from handlers.blocks.setup_forms import collaborative_form, first_form, meeting_form
from playground import cast
from playground.guide import STEPS, TIME_PASSES, TO_CONNECT, TO_SET_UP, Guide, becoming
from playground.stage import Options, _steps
from tests.handlers.renderings import SETTINGS


def a_guide():
    told = []
    return Guide(lambda: told.append(1)), told


def test_each_step_is_done_by_what_it_asks_for():
    guide, _ = a_guide()
    for deed in (
        "/agenda add Budget cuts",
        "Add to agenda",
        "Publish agenda",
        becoming("U0KOFI"),
        TIME_PASSES,
    ):
        assert guide.step is STEPS[guide.position]
        guide.did(deed)

    assert guide.step is None
    guide.did(TIME_PASSES)
    assert guide.position == len(STEPS)


def test_what_belongs_to_another_step_does_nothing():
    guide, told = a_guide()

    guide.did("Publish agenda")
    guide.did("")

    assert (guide.position, told) == (0, [])


def test_one_may_turn_the_steps_but_not_beyond_them():
    guide, told = a_guide()

    guide.go(-1)
    assert guide.position == 0
    guide.go(99)
    assert guide.step is None
    assert len(told) == 2


def test_the_steps_to_set_it_up_are_done_by_its_forms():
    titles = {
        form["title"]["text"] for form in (first_form("U0ADMIN", None), collaborative_form(SETTINGS, None))
    }
    titles.add(meeting_form(SETTINGS)["title"]["text"])
    asked = [deed.removesuffix(":") for step in TO_SET_UP[:3] for deed in step.done_by]
    assert set(asked) == titles


def test_where_no_bot_is_the_first_step_is_to_connect_one_and_no_button_is_spoken_of():
    steps = _steps(Options(Path(), bot=False), is_set_up=False)
    assert steps[0].name == "Connect your bot"
    assert [step.says for step in steps[:2] if "below" in step.says or "Press" in step.says] == []


def test_whoever_sets_it_up_is_led_on_to_deciding_and_publishing():
    for steps in (TO_SET_UP, TO_CONNECT):
        guide = Guide(lambda: None, steps, position=len(steps) - 3)
        for deed in ("/agenda add Budget cuts", "Add to agenda", "Publish agenda"):
            guide.did(deed)
        assert guide.step is None


def test_who_sets_it_up_is_who_one_is_at_first():
    assert next(iter(cast.roles(is_set_up=False))) == TO_SET_UP[0].person == cast.ADMIN
    assert cast.roles(is_set_up=False).keys() == cast.roles().keys()
