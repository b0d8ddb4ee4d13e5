"""Requests that are nobody's: garbage of every kind, some of it rightly signed, as if the secret had leaked."""

import json
from collections.abc import Callable
from random import Random
from urllib.parse import quote_from_bytes, urlencode

from tests.knocking.house import MEBIBYTE, Knock, if_not_too_large
from tests.knocking.junk import CANARY, junk, scalar
from tests.knocking.signing import FORM, JSON, SIGNATURE, STAMP, TYPE, Headers, no_stamp, signed

PATHS = (
    "/",
    "",
    "/slack",
    "/slack/events/",
    "/livez/..",
    "//slack/events",
    "/slack/events\0",
    "/é",
    "*",
    "/a" * 4000,
)
METHODS = ("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "post", "", "BREW")
TYPES = (
    FORM,
    JSON,
    b"application/json; charset=utf-16",
    b"text/plain",
    b"",
    b"\xff",
    b";",
    b"multipart/form-data",
)


def garbage(rng: Random, secret: str, now: int) -> Knock:
    chance = rng.random()
    if chance < 0.05:
        return _elsewhere(rng, secret, now)
    if chance < 0.052:
        return _oversized(rng, secret, now)
    body = rng.choice(BODIES)(rng)
    headers, is_signed = _headers(rng, secret, body, now)
    may_be = (200, 400) if is_signed and _is_utf_8(body) else (401,)
    return _declared(rng, body, headers, if_not_too_large(body, *may_be))


def _is_utf_8(body: bytes) -> bool:
    """Slack sends and signs nothing else."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _elsewhere(rng: Random, secret: str, now: int) -> Knock:
    body = b"{}"
    headers = signed(secret, body, JSON, b"%d" % now)
    if rng.random() < 0.5:
        return Knock(
            [body], headers, frozenset({404}), path=rng.choice(PATHS), method=rng.choice(["POST", *METHODS])
        )
    method = rng.choice(METHODS)
    path = rng.choice(["/slack/events", "/livez", "/readyz"])
    may_be = {200} if path != "/slack/events" and method in ("GET", "HEAD") else {405}
    return Knock([body], headers, frozenset(may_be), path=path, method=method)


def _oversized(rng: Random, secret: str, now: int) -> Knock:
    """More than a mebibyte, in one piece or in many, whatever its length says and whoever signed it."""
    body = b'{"a": "' + CANARY.encode() + b"x" * MEBIBYTE + b'"}'
    size = rng.choice([len(body), 64 * 1024, 1500])
    chunks = [body[start : start + size] for start in range(0, len(body), size)]
    headers = signed(secret, body, JSON, b"%d" % now)
    length = rng.choice([[], [(b"content-length", b"%d" % rng.choice([0, 2, len(body), 10**18]))]])
    return Knock(chunks, [*headers, *length], frozenset({413}))


def _declared(rng: Random, body: bytes, headers: Headers, may_be: frozenset[int]) -> Knock:
    """In chunks, and with a length that may be a lie; one that says too much is believed."""
    cuts = sorted(rng.randrange(len(body) + 1) for _ in range(rng.choice([0, 0, 1, 5])))
    chunks = [body[start:end] for start, end in zip([0, *cuts], [*cuts, len(body)], strict=True)]
    length = rng.choice([None, b"%d" % len(body), b"0", b"1", b"-1", b"abc", b"\xff", b"1e3", b"\xb2"])
    if rng.random() < 0.02:
        length, may_be = rng.choice([b"1048577", b"9" * 15, b"9" * 400]), frozenset({413})
    elif rng.random() < 0.02 and 413 not in may_be:
        return Knock(chunks, headers, frozenset({0}), hangs_up=True)
    times = 0 if length is None else 1 if 413 in may_be else rng.choice([1, 1, 1, 2])
    return Knock(chunks, [*headers, *[(b"content-length", length or b"")] * times], may_be)


def _headers(rng: Random, secret: str, body: bytes, now: int) -> tuple[Headers, bool]:
    kind = rng.choice([FORM, JSON, JSON, rng.choice(TYPES)])
    right = signed(secret, body, kind, b"%d" % (now + rng.choice([0, 0, -300, 300])))
    chance = rng.random()
    if chance < 0.5:
        return [*right, *_others(rng)], True
    if chance < 0.6:
        return [*right, (TYPE, kind)], True
    if chance < 0.7:
        return signed(secret, body, kind, no_stamp(rng, now)), False
    if chance < 0.8:
        return [*right, rng.choice(right[1:])], False
    if chance < 0.9:
        return [(TYPE, kind), (STAMP, _bytes(rng)), (SIGNATURE, _bytes(rng))], False
    return _others(rng), False


def _others(rng: Random) -> Headers:
    """Headers that steer nothing: Bolt's own, what proxies add, what is no header at all."""
    return [
        rng.choice(
            [
                (b"x-slack-bolt-lazy-only", b"1"),
                (b"x-slack-bolt-lazy-function-name", b"f"),
                (b"x-slack-retry-num", _bytes(rng)),
                (b"x-slack-retry-reason", _bytes(rng)),
                (b"transfer-encoding", b"chunked"),
                (b"cookie", _bytes(rng) * 300),
                (_bytes(rng), _bytes(rng)),
            ]
        )
        for _ in range(rng.randrange(3))
    ]


def _bytes(rng: Random) -> bytes:
    return CANARY.encode() + rng.randbytes(rng.choice([0, 3, 40]))


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()


BODIES: tuple[Callable[[Random], bytes], ...] = (
    lambda _: b"",
    _bytes,
    lambda rng: b'{"a": "' + _bytes(rng) + b'"}',
    lambda rng: _dumped({CANARY: junk(rng)}),
    lambda rng: _dumped(junk(rng)),
    lambda rng: _dumped({str(scalar(rng)): junk(rng) for _ in range(4)}),
    lambda rng: _dumped(
        {"type": rng.choice(["block_actions", "view_submission", "event_callback"]), "user": junk(rng)}
    ),
    lambda rng: _dumped(
        {"type": "event_callback", "event": junk(rng), "team_id": junk(rng), "authorizations": junk(rng)}
    ),
    lambda rng: _dumped({"type": "event_callback", "event": {"type": scalar(rng), "channel": junk(rng)}}),
    lambda rng: (
        b'{"type": "event_callback", "type": ' + _dumped(scalar(rng)) + b', "event": {}, "event": []}'
    ),
    lambda _: b'{"a": NaN, "b": -Infinity, "c": 1e999}',
    lambda rng: b'{"a": ' + b"[" * (depth := rng.choice([60, 70, 3000])) + b"]" * depth + b"}",
    lambda rng: b'{"a":' * 200 + b"{}" + b"}" * rng.choice([199, 200]),
    lambda _: b'{"a": "\\ud800", "\\u0000": "\\u0000"}',
    lambda _: '{"a": 1}'.encode("utf-16"),
    lambda _: b'\xef\xbb\xbf{"a": 1}',
    lambda rng: urlencode(
        {str(scalar(rng)): str(scalar(rng)) for _ in range(4)}, errors="surrogatepass"
    ).encode(),
    lambda rng: b"payload=" + quote_from_bytes(_dumped(junk(rng))).encode(),
    lambda rng: b"payload=" + quote_from_bytes(_bytes(rng)).encode(),
    lambda rng: b"command=%2Fagenda&text=" + quote_from_bytes(_bytes(rng)).encode(),
    lambda rng: b"command=%2Fagenda&command=%2Flunch&user_id=" + quote_from_bytes(_bytes(rng)).encode(),
    lambda rng: b"&".join([b"a=1"] * rng.choice([99, 101, 5000])),
    lambda _: b"payload=%7B%7D&payload=%5B%5D&a",
)
