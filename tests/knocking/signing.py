"""Signatures as Slack makes them, and as it never would."""

import hashlib
import hmac
from collections.abc import Callable
from random import Random

FORM, JSON = b"application/x-www-form-urlencoded", b"application/json"
TYPE, STAMP, SIGNATURE = b"content-type", b"x-slack-request-timestamp", b"x-slack-signature"

Headers = list[tuple[bytes, bytes]]


def signed(secret: str, body: bytes, kind: bytes, stamp: bytes) -> Headers:
    """docs.slack.dev/authentication/verifying-requests-from-slack."""
    digest = hmac.new(secret.encode(), b"v0:%b:%b" % (stamp, body), hashlib.sha256).hexdigest()
    return [(TYPE, kind), (STAMP, stamp), (SIGNATURE, b"v0=" + digest.encode())]


def no_stamp(rng: Random, now: int) -> bytes:
    """A time that is none, or another one: whoever signs with it has Slack's secret, and is refused all the same."""
    return rng.choice(_ODD_STAMPS)(rng, now)


_ODD_STAMPS: tuple[Callable[[Random, int], bytes], ...] = (
    lambda _rng, _now: b"abc",
    lambda _rng, _now: b"",
    lambda _rng, _now: b"-1",
    lambda _rng, _now: b"1e9",
    lambda _rng, _now: b"nan",
    lambda _rng, now: b"%d.0" % now,
    lambda _rng, now: b"+%d" % now,
    lambda _rng, now: b"-%d" % now,
    lambda _rng, now: b" %d" % now,
    lambda _rng, now: b"%d\n" % now,
    lambda _rng, now: b"%#x" % now,
    lambda _rng, now: f"{now:_}".encode(),
    lambda _rng, now: b"%d000" % now,
    lambda _rng, now: "".join(chr(0x660 + int(digit)) for digit in str(now)).encode(),
    lambda _rng, now: "".join(chr(0xFF10 + int(digit)) for digit in str(now)).encode(),
    lambda rng, _now: b"9" * rng.choice([13, 40, 5000]),
    lambda rng, now: b"%d" % (now - rng.choice([301, 302, 3600, 10**6, now])),
    lambda rng, now: b"%d" % (now + rng.choice([301, 302, 3600, 10**6, 10**11])),
)


def forged(rng: Random, secret: str, body: bytes, kind: bytes, now: int) -> Headers:
    """Headers of a request that is Slack's in everything but one thing about its signature."""
    right = signed(secret, body, kind, b"%d" % now)
    spoil = rng.choice(_WAYS_TO_SPOIL)
    return spoil(rng, right, secret, body, now)


def _with(headers: Headers, name: bytes, value: bytes) -> Headers:
    return [(key, value if key == name else had) for key, had in headers]


def _without(headers: Headers, name: bytes) -> Headers:
    return [(key, had) for key, had in headers if key != name]


def _one_digit_off(rng: Random, headers: Headers) -> Headers:
    signature = bytearray(headers[2][1])
    place = rng.randrange(3, len(signature))
    signature[place] = rng.choice([digit for digit in b"0123456789abcdef" if digit != signature[place]])
    return _with(headers, SIGNATURE, bytes(signature))


_Spoil = Callable[[Random, Headers, str, bytes, int], Headers]
_WAYS_TO_SPOIL: tuple[_Spoil, ...] = (
    lambda _rng, right, secret, body, now: signed(f"{secret}x", body, right[0][1], b"%d" % now),
    lambda _rng, right, secret, body, now: signed(secret, body + b" ", right[0][1], b"%d" % now),
    lambda rng, right, secret, body, now: signed(secret, body, right[0][1], no_stamp(rng, now)),
    lambda rng, right, _secret, _body, now: _with(right, STAMP, b"%d" % (now + rng.choice([-9, -1, 1, 9]))),
    lambda rng, right, _secret, _body, _now: _one_digit_off(rng, right),
    lambda rng, right, _secret, _body, _now: _with(right, SIGNATURE, right[2][1][: rng.randrange(67)]),
    lambda _rng, right, _secret, _body, _now: _with(right, SIGNATURE, right[2][1] + b"0"),
    lambda _rng, right, _secret, _body, _now: _with(right, SIGNATURE, right[2][1][3:]),
    lambda _rng, right, _secret, _body, _now: _with(right, SIGNATURE, b"v1" + right[2][1][2:]),
    lambda _rng, right, _secret, _body, _now: _with(right, SIGNATURE, b"v0=" + b"\xff" * 64),
    lambda rng, right, _secret, _body, _now: _without(right, rng.choice([STAMP, SIGNATURE])),
    lambda rng, right, _secret, _body, _now: [*right, rng.choice(right[1:])],
    lambda rng, right, _secret, _body, _now: [*right, (rng.choice([STAMP, SIGNATURE]), b"")],
)
