"""What may stand in the place of anything: other types, odd texts, other people's ids; and payloads spoilt with it."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from handlers.listeners.table import LISTENERS

CANARY = "canary-8c31"
"""Stands in what people write, and never in a log."""

SCALARS: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 7, -1, 2**31, 2**63, 2**64, 10**40, -(10**40), 0.5, 1e308, -0.0),
    *(
        "",
        " ",
        "0",
        "1",
        "2",
        "-1",
        "1.5",
        "1e3",
        "007",
        "²",
        "٣",
        "1:٣",
        "1:earlier",
        "2:back",
        "new",
        "all",
    ),
    *("9" * 9, "9" * 10, "9" * 20, "9" * 5000, "1:" + "9" * 5000, "None", "null", "true", "monday", "CET"),
    *("1999-01-01", "2027-03-18", "2027-02-30", "9999-12-31", "0000-00-00", "00:00", "24:00", "10:61"),
    *("U0MEMBER", "U0ADMIN", "U0RUTH", "T0SISTER", "T0OTHER", "C0SHARED", "C0OTHER", "U0NOBODY", "u0member"),
    *(
        "<!channel>",
        "<@U0ADMIN>",
        "<https://x.org|lie>",
        "{0}{name}",
        "%s%n",
        "'; DROP TABLE item; --",
        "*_~`",
    ),
    *("\u202e", "\u200b", "\ufeff", "👩🏽\u200d🚒", "e\u0301" * 50, "\x07", "\x1b[2J", "\u2028", "a\nb\r\nc"),
    *(
        "\0",
        "a\0b",
        "\ud800",
        "\udfff",
        "x\ud83d",
        "../../etc/passwd",
        "javascript:alert(1)",
        "//",
        ":",
        "http:",
    ),
    *(
        "block_actions",
        "view_submission",
        "view_closed",
        "event_callback",
        "url_verification",
        "/agenda",
        "home",
    ),
    *(
        "board",
        "card",
        "1:board",
        "1:card",
        "share",
        "too full",
        "static_select",
        "plain_text_input",
        "overflow",
    ),
    *sorted({word for _, word in LISTENERS}),
)

Container = dict[str, Any] | list[Any]


def junk(rng: Random) -> Any:
    """Anything at all."""
    choice = rng.random()
    if choice < 0.8:
        return rng.choice(SCALARS)
    if choice < 0.97:
        return rng.choice(SHAPES)(rng)
    return rng.choice(GIANTS)(rng)


def scalar(rng: Random) -> Any:
    return rng.choice(SCALARS)


SHAPES: tuple[Callable[[Random], Any], ...] = (
    lambda _: [],
    lambda _: {},
    lambda _: [[]],
    lambda _: {"": {}},
    lambda rng: [scalar(rng) for _ in range(3)],
    lambda rng: {"id": scalar(rng), "team_id": scalar(rng), "value": scalar(rng)},
    lambda rng: {"type": scalar(rng), "text": scalar(rng)},
    lambda rng: {"selected_option": {"value": scalar(rng)}, "type": "static_select"},
    lambda rng: "".join(map(chr, rng.choices(range(0x2FF), k=8))),
)
GIANTS: tuple[Callable[[Random], Any], ...] = (
    lambda rng: nested(rng.choice([10, 62, 63, 64, 65, 400])),
    lambda rng: rng.choice(["ab <c>&* ", "x", "👩🏽\u200d🚒"]) * rng.choice([76, 151, 301, 3001]),
    lambda rng: "A0" * rng.choice([50, 4000]),
    lambda rng: [scalar(rng)] * 500,
    lambda rng: {str(number): scalar(rng) for number in range(200)},
)


def nested(depth: int) -> Any:
    inner: Any = "deep"
    for level in range(depth):
        inner = [inner] if level % 2 else {"type": inner}
    return inner


def spoilt(rng: Random, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with one to three things in it otherwise."""
    odd = json.loads(json.dumps(payload))
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        container, key = _somewhere(rng, rng.choice([odd, _core(odd)]))
        if key is not None:
            rng.choice(_DEEDS)(rng, container, key)
    return dict(odd)


def _core(payload: dict[str, Any]) -> Any:
    """What was done, without who and where."""
    view = payload.get("view")
    sent = view.get("state") if isinstance(view, dict) and payload.get("type") == "view_submission" else None
    cores = [core for core in (sent, payload.get("actions"), payload.get("event")) if core]
    return next((core for core in cores if isinstance(core, dict | list)), payload)


def _somewhere(rng: Random, thing: Any) -> tuple[Any, Any]:
    """A place in it; what the bot said itself, and Slack only repeats, is seldom chosen."""
    while True:
        keys = list(thing) if isinstance(thing, dict) else range(len(thing))
        if isinstance(thing, dict) and rng.random() < 0.9:
            keys = [key for key in keys if key not in ("message", "blocks")]
        if not keys:
            return thing, None
        key = rng.choice(keys)
        inside = thing[key]
        if not (isinstance(inside, dict | list) and inside) or rng.random() < 0.2:
            return thing, key
        thing = inside


def _replace(rng: Random, container: Any, key: Any) -> None:
    container[key] = junk(rng)


def _drop(_rng: Random, container: Any, key: Any) -> None:
    del container[key]


def _wrap(rng: Random, container: Any, key: Any) -> None:
    container[key] = rng.choice([[container[key]], {"id": container[key]}, {"value": container[key]}])


def _unwrap(_rng: Random, container: Any, key: Any) -> None:
    inside = container[key]
    parts = list(inside.values()) if isinstance(inside, dict) else inside
    container[key] = parts[0] if isinstance(parts, list) and parts else str(parts)


def _lengthen(rng: Random, container: Any, key: Any) -> None:
    if isinstance(container[key], str):
        container[key] = rng.choice(
            [container[key] + str(scalar(rng)), container[key] * 2, container[key][:-1]]
        )
    elif isinstance(container[key], list):
        container[key] = container[key] * 2 + [junk(rng)]


def _add(rng: Random, container: Any, key: Any) -> None:
    if isinstance(container, dict):
        container[str(scalar(rng))] = junk(rng)
    else:
        container.insert(key, junk(rng))


def _rename(rng: Random, container: Any, key: Any) -> None:
    if isinstance(container, dict):
        container[str(scalar(rng))] = container.pop(key)


_DEEDS = (_replace, _replace, _replace, _drop, _drop, _wrap, _unwrap, _lengthen, _add, _rename)
