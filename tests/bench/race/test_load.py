"""How requests are sent: so many at once, or each at its time whoever is not answered yet."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bench.race.load import Request, at_once, so_many_a_second, wire
from bench.wrong_answer import WrongAnswer

REQUESTS = [Request(str(number), wire(1, {}, str(number).encode())) for number in range(12)]


@asynccontextmanager
async def served(answer):
    async def serve(request):
        said = await answer(await request.text())
        if said is None:
            request.transport.abort()
        return web.Response(text=said or "")

    application = web.Application()
    application.router.add_post("/slack/events", serve)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def test_no_more_ask_at_once_than_people_there_are():
    under_way, most = set(), 0

    async def answer(body):
        nonlocal most
        under_way.add(body)
        most = max(most, len(under_way))
        await asyncio.sleep(0.01)
        under_way.remove(body)
        return body

    async with served(answer) as port:
        heard = await at_once(port, REQUESTS, 4)
    assert most == 4
    assert sorted(one.title for one in heard) == sorted(request.title for request in REQUESTS)
    assert all(one.answer.body == one.title for one in heard)


async def test_each_leaves_at_its_time_whoever_is_not_answered_yet():
    heard_last = asyncio.Event()

    async def answer(body):
        if body == "11":
            heard_last.set()
        await heard_last.wait()
        return body

    async with served(answer) as port:
        heard = await so_many_a_second(port, REQUESTS, 1000)
    assert [one.answer.body for one in heard] == [request.title for request in REQUESTS]
    assert heard[0].ms > heard[-1].ms


async def test_who_hangs_up_gives_no_figure():
    async def answer(_body):
        return None

    async with served(answer) as port:
        with pytest.raises(WrongAnswer):
            await at_once(port, REQUESTS[:1], 1)
