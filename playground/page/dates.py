"""Slack's date tokens, as in {date_short_pretty}: docs.slack.dev/messaging/formatting-message-text."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

Format = Callable[[datetime, datetime], str]
"""Words for a moment, seen from now; both by the reader's wall clock."""

TOKEN = re.compile(r"\{(\w+)\}")


def formatted(template: str, moment: datetime, now: datetime) -> str:
    """The template with its tokens replaced; a token that Slack does not have raises KeyError."""
    words = TOKEN.sub(lambda token: FORMATS[token[1]](moment, now), template)
    return words[:1].upper() + words[1:]


def clock_time(moment: datetime) -> str:
    return f"{_hour(moment)}:{moment:%M %p}"


def short_date(moment: datetime) -> str:
    return f"{moment:%b} {moment.day}, {moment.year}"


def divider(moment: datetime, now: datetime) -> str:
    """What stands between two days of a channel: Today, or Thursday, January 21st."""
    return formatted("{day_divider_pretty}", moment, now)


def _hour(moment: datetime) -> int:
    return moment.hour % 12 or 12


def _ordinal(day: int) -> str:
    teen = day // 10 == 1
    return f"{day}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _date(moment: datetime) -> str:
    return f"{moment:%B} {_ordinal(moment.day)}, {moment.year}"


def _long(moment: datetime) -> str:
    return f"{moment:%A}, {_date(moment)}"


def _this_year(moment: datetime, now: datetime) -> str:
    same_year = moment.year == now.year
    return f"{moment:%A}, {moment:%B} {_ordinal(moment.day)}" if same_year else _long(moment)


def _relative(moment: datetime, now: datetime) -> str | None:
    words = {timedelta(-1): "yesterday", timedelta(0): "today", timedelta(1): "tomorrow"}
    return words.get(moment.date() - now.date())


def _pretty(plain: Format) -> Format:
    return lambda moment, now: _relative(moment, now) or plain(moment, now)


def _ago(moment: datetime, now: datetime) -> str:
    seconds = (now - moment).total_seconds()
    size, unit = next(
        (size, unit)
        for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
        if abs(seconds) >= size or size == 1
    )
    count = int(abs(seconds) // size)
    amount = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{amount} ago" if seconds >= 0 else f"in {amount}"


FORMATS: dict[str, Format] = {
    "date_num": lambda moment, _: f"{moment:%Y-%m-%d}",
    "date_slash": lambda moment, _: f"{moment:%m/%d/%Y}",
    "date": lambda moment, _: _date(moment),
    "date_short": lambda moment, _: short_date(moment),
    "date_long": lambda moment, _: _long(moment),
    "date_long_full": lambda moment, _: f"{moment:%B} {moment.day}, {moment.year}",
    "date_pretty": _pretty(lambda moment, _: _date(moment)),
    "date_short_pretty": _pretty(lambda moment, _: short_date(moment)),
    "date_long_pretty": _pretty(lambda moment, _: _long(moment)),
    "day_divider_pretty": _pretty(_this_year),
    "time": lambda moment, _: clock_time(moment),
    "time_secs": lambda moment, _: f"{_hour(moment)}:{moment:%M:%S %p}",
    "ago": _ago,
}
