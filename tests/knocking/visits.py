"""Many knocks at one door, and what must come of each: no server error, no trace in the log, no deed that was nobody's."""

import json
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

from playground.slack.delivery import Delivery
from tests.knocking.house import House, Knock, Reply, if_not_too_large, must_be_taken
from tests.knocking.junk import CANARY, scalar, spoilt
from tests.knocking.people import Said, everything_said
from tests.knocking.shapes import could_be_said
from tests.knocking.signing import FORM, JSON, forged, signed
from tests.knocking.strangers import garbage


@dataclass
class Visits:
    """`seen` counts the answers by who knocked and what they got."""

    house: House
    said: list[Said]
    seen: Counter[tuple[str, int]] = field(default_factory=Counter)
    deeds: int = 0
    """How many changed what is remembered."""

    @classmethod
    def to(cls, house: House) -> "Visits":
        return cls(house, everything_said(house.slack))

    @property
    def now(self) -> int:
        return int(self.house.clock.timestamp())

    async def stranger(self, rng: Random) -> None:
        await self._without_effect("stranger", garbage(rng, self.house.slack.signing_secret, self.now))

    async def forger(self, rng: Random) -> None:
        """What people say, whole or spoilt, in everything Slack's but its signature."""
        delivery = rng.choice(self.said).anew(rng)
        payload = delivery.payload if rng.random() < 0.5 else _spoilt(rng, delivery)
        body, kind = body_of(delivery, payload)
        headers = forged(rng, self.house.slack.signing_secret, body, kind, self.now)
        await self._without_effect("forger", Knock([body], headers, if_not_too_large(body, 401)))

    async def slack(self, rng: Random) -> None:
        """What people say, spoilt, and rightly signed: it is heard, or its shape refused."""
        delivery = rng.choice(self.said).anew(rng)
        await self.signed(delivery, _spoilt(rng, delivery))

    async def signed(self, delivery: Delivery, payload: dict[str, Any]) -> Reply:
        body, kind = body_of(delivery, payload)
        headers = signed(self.house.slack.signing_secret, body, kind, b"%d" % self.now)
        before = self.house.version()
        reply = await self._heard("Slack", Knock([body], headers, if_not_too_large(body, 200, 400)))
        must_be_taken(json.loads(reply.body) if reply.body.startswith(b"{") else {})
        self.house.must_have_spoken_well()
        if self.house.version() != before:
            self.deeds += 1
            assert could_be_said(payload), payload
        return reply

    async def _without_effect(self, who: str, knock: Knock) -> None:
        before = self.house.version()
        await self._heard(who, knock)
        assert self.house.version() == before, knock

    async def _heard(self, who: str, knock: Knock) -> Reply:
        reply = await self.house.hears(knock)
        self.seen[who, reply.status] += 1
        assert reply.status in knock.may_be, (reply, knock)
        assert CANARY not in self.house.log.getvalue(), knock
        faults = self.house.faults()
        assert faults == [], (faults, knock)
        return reply


def _spoilt(rng: Random, delivery: Delivery) -> dict[str, Any]:
    """In a form all is text."""
    if delivery.kind != "slash_commands":
        return spoilt(rng, delivery.payload)
    odd = dict(delivery.payload)
    for _ in range(rng.choice([1, 1, 2, 3])):
        key = rng.choice([*odd, str(scalar(rng)), "payload"])
        odd[key] = rng.choice(
            [str(scalar(rng)), odd.get("text", ""), f"{CANARY} {scalar(rng)}" * rng.choice([1, 1, 90])]
        )
        if rng.random() < 0.3:
            del odd[key]
    return odd


def body_of(delivery: Delivery, payload: dict[str, Any]) -> tuple[bytes, bytes]:
    """As Delivery does; a spoilt payload may hold what has no encoding."""
    if delivery.kind == "events_api":
        return json.dumps(payload).encode(), JSON
    form = payload if delivery.kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form, errors="surrogatepass").encode(), FORM


async def many(visits: Visits, seed: object, strangers: int = 0, forgers: int = 0, slack: int = 0) -> None:
    """So many of each, the house as it was at first after every hundred or thousand of them."""
    for who, number, before_tidying in (
        ("stranger", strangers, 1000),
        ("forger", forgers, 1000),
        ("slack", slack, 250),
    ):
        for first in range(0, number, before_tidying):
            rng = Random(f"{seed} {who} {first}")
            for _ in range(first, min(first + before_tidying, number)):
                await getattr(visits, who)(rng)
            visits.house.must_be_sound()
            visits.house.restore()
