"""The words on screen, in the reader's language: messages by gettext, what went wrong, days, hours and lists."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Literal, TypeVarTuple
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time, format_timedelta
from babel.lists import format_list
from babel.support import NullTranslations, Translations
from babel.units import format_unit

from bot.errors import AllOf, AnyOf, Lines, Moment, Name, NothingChanged, UserError, Value, Words

Given = TypeVarTuple("Given")

FEW_DAYS = 14
"""From here on people count weeks."""
ALWAYS_IN_THIS_UNIT = 1000
"""So many of a unit are no larger one yet: Babel would count months."""
CATALOGUES = Path(__file__).parent / "locales"

locale: ContextVar[str] = ContextVar("locale", default="en_US")


@dataclass(frozen=True)
class OwnWord:
    """What a consortium calls a collaborative, and several; None: as everybody does."""

    one: str | None = None
    many: str | None = None


USUAL_WORD = OwnWord()
own_word: ContextVar[OwnWord] = ContextVar("own_word", default=USUAL_WORD)
"""That of the consortium of whose turn it is."""

# CLDR sets narrow spaces in times; a plain one is found again by who searches for "10:00 AM".
_PLAIN_SPACES = str.maketrans({"\u202f": " ", "\u2009": " "})


def gettext(message: str) -> str:
    """The message in the reader's language, its {places} still to be filled with `format`."""
    return _catalogue(locale.get()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that fits n, its {places} still to be filled with `format`."""
    return _catalogue(locale.get()).ngettext(singular, plural, n)


_ = gettext


def own_words() -> dict[str, str]:
    """What is filled into the {collaborative} and the {collaboratives} of a message."""
    own = own_word.get()
    return {
        "collaborative": own.one or _("collaborative"),
        "collaboratives": own.many or _("collaboratives"),
    }


def worded(error: UserError) -> str:
    """What went wrong, as the person is told it."""
    said = in_words(error.words)
    if not isinstance(error, NothingChanged):
        return said
    unchanged = _("{sentence} Nothing was changed.").format(sentence=said)
    if error.then is None:
        return unchanged
    return _("{sentence} {next_sentence}").format(sentence=unchanged, next_sentence=in_words(error.then))


def in_words(value: Value) -> str:
    """What the value says: a message is translated, and so are the values in it."""
    match value:
        case Words():
            said = own_words() | {name: in_words(within) for name, within in value.values.items()}
            return _catalogue(locale.get()).gettext(value.message).format(**said)
        case Lines():
            return "\n".join(" ".join(in_words(one).split()) for one in value.lines)
        case Name():
            return value.name or _("Someone")
    return _in_figures(value)


def _in_figures(value: str | int | date | Moment | AnyOf | AllOf) -> str:
    match value:
        case Moment():
            return moment(value.when, value.timezone)
        case date():
            return day(value)
        case AnyOf():
            return listing(value.things, "or")
        case AllOf():
            return listing(value.things)
    return str(value)


@cache
def _catalogue(name: str) -> NullTranslations:
    return Translations.load(CATALOGUES, [name])


def _remembered(write: Callable[[*Given], str]) -> Callable[[*Given], str]:
    """What was written of late in a language is not written anew: CLDR's patterns take longer than all else that draws an answer."""

    @lru_cache(maxsize=2000)
    def written(_language: str, *given: *Given) -> str:
        return write(*given)

    @wraps(write)
    def remembered(*given: *Given) -> str:
        return written(locale.get(), *given)

    return remembered


@_remembered
def day(when: date) -> str:
    """Thursday, January 21, 2027"""
    return format_date(when, "full", locale=locale.get())


@_remembered
def short_day(when: date) -> str:
    """Thu, Jan 21"""
    return format_skeleton("MMMEd", when, locale=locale.get())


@_remembered
def dated(when: date) -> str:
    """Jan 21, 2027"""
    return format_date(when, "medium", locale=locale.get())


def how_soon(days: int) -> str:
    """today, tomorrow, in 9 days, in 12 weeks"""
    if days in (0, 1):
        return _("tomorrow") if days else _("today")
    unit: Literal["day", "week"] = "day" if days < FEW_DAYS else "week"
    ahead = timedelta(days=days)
    return format_timedelta(ahead, unit, ALWAYS_IN_THIS_UNIT, add_direction=True, locale=locale.get())


@_remembered
def clock(at: time) -> str:
    """10:00 AM"""
    return format_time(at, "short", locale=locale.get()).translate(_PLAIN_SPACES)


@_remembered
def span(start: time, minutes: int) -> str:
    """10:00 AM - 12:00 PM, with a dash in place of the hyphen"""
    begins = datetime.combine(date(2000, 1, 1), start)
    ends = begins + timedelta(minutes=minutes)
    return format_interval(begins, ends, _clock_skeleton(), locale=locale.get()).translate(_PLAIN_SPACES)


def _clock_skeleton() -> str:
    short = Locale.parse(locale.get()).time_formats["short"].pattern
    return "hm" if "h" in short else "Hm"


def listing(things: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
    """A, B, and C"""
    return format_list(list(things), style=style, locale=locale.get())


@_remembered
def minutes(count: int) -> str:
    """1 hr 30 min"""
    hours, rest = divmod(count, 60)
    parts = {
        "hours": format_unit(hours, "duration-hour", "short", locale=locale.get()),
        "minutes": format_unit(rest, "duration-minute", "short", locale=locale.get()),
    }
    if hours and rest:
        return _("{hours} {minutes}").format(**parts)
    return parts["hours" if hours else "minutes"]


def moment(when: datetime, timezone: str) -> str:
    """Thu, Jan 14, 2:14 PM, in that time zone"""
    local = when.astimezone(ZoneInfo(timezone))
    return _("{day}, {time}").format(day=short_day(local.date()), time=clock(local.time()))


@_remembered
def weekday(number: int) -> str:
    """Monday, for 0"""
    return format_date(date(2024, 1, 1) + timedelta(days=number), "EEEE", locale=locale.get())
