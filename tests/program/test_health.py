"""Asking how the bot is, as often as one likes, costs its people nothing."""

import asyncio

from program.health import Remembered


class Asked:
    """Answers with how often it was asked, when it is told to."""

    def __init__(self) -> None:
        self.times = 0
        self.at_once = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self) -> int:
        self.times += 1
        self.at_once += 1
        assert self.at_once == 1
        await self.may_answer.wait()
        self.at_once -= 1
        return self.times


async def test_an_answer_holds_for_a_while_and_no_longer():
    now = 100.0
    asked = Asked()
    ask = Remembered(asked, 1, lambda: now)
    assert [await ask() for _ in range(30)] == [1] * 30
    now = 100.9
    assert await ask() == 1
    now = 101.0
    assert await ask() == 2


async def test_all_who_ask_meanwhile_get_the_one_answer():
    asked = Asked()
    asked.may_answer.clear()
    ask = Remembered(asked, 1, lambda: 100.0)
    asking = [asyncio.create_task(ask()) for _ in range(30)]
    await asyncio.sleep(0)
    asked.may_answer.set()
    assert await asyncio.gather(*asking) == [1] * 30


async def test_a_question_that_fails_is_asked_again():
    answers = iter([OSError("away"), "here"])

    async def asked() -> str:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    ask = Remembered(asked, 1, lambda: 100.0)
    failed = await asyncio.gather(ask(), return_exceptions=True)
    assert isinstance(failed[0], OSError)
    assert await ask() == "here"
