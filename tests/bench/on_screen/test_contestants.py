"""The bare Bolt app as a process of its own, and answers that are none."""

import pytest

from bench import cast
from bench.on_screen import contestants
from bench.on_screen.contestants import Bot, WrongAnswer

SOMEBODY = cast.TYPISTS[0]


@pytest.mark.parametrize("transport", ["HTTP", "Socket Mode"])
async def test_the_bare_app_answers_over_either_transport(transport):
    async with contestants.bare_app(transport) as bare:
        assert await bare.answers(SOMEBODY) > 0


async def test_an_acknowledgement_is_no_receipt():
    async with contestants.bare_app("HTTP") as bare:
        with pytest.raises(WrongAnswer):
            await Bot(bare.slack).answers(SOMEBODY)


async def test_silence_is_no_answer():
    async with contestants.bare_app("HTTP") as bare:
        bare.slack.app.request_url = None
        with pytest.raises(WrongAnswer):
            await bare.answers(SOMEBODY)
