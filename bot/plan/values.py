"""What the values of a plan may be; what one may not be is said in a person's words."""

import datetime as dt
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, Field, PlainValidator, StrictInt, ValidationInfo
from pydantic_core import PydanticCustomError

from bot import calendar
from bot.errors import Lines, UserError, Words
from bot.reading.patterns import Pattern, pattern
from bot.reading.text import visible
from storage.people import Who

Thing = TypeVar("Thing")

LONGEST_NAME = 75  # an option of a menu holds no more: docs.slack.dev/reference/block-kit/composition-objects
LONGEST_OFFICE = 200
LONGEST_WORD = 30


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UserError("This has to be text, in quotes.")
    return value


def _said(read: Callable[[Any], object]) -> PlainValidator:
    """Reads a value with words of ours for what is wrong with it."""

    def validate(value: object) -> object:
        try:
            return read(value)
        except UserError as refused:
            raise fault(refused.words) from None

    return PlainValidator(validate)


def fault(words: Words | Lines) -> PydanticCustomError:
    return PydanticCustomError("said", "said in words of ours", {"words": words})


def _words_up_to(longest: int) -> Callable[[object], str]:
    def read(value: object) -> str:
        text = _text(value).strip()
        if not visible(text):
            raise UserError("This is empty.")
        if len(text) > longest:
            raise UserError("This is longer than {longest} characters.", longest=longest)
        if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in text):
            raise UserError("This has to be one line of plain text.")
        return text

    return read


def _zone_name(value: object) -> str:
    return calendar.zone(_text(value)).key


def _day(value: object) -> dt.date:
    """TOML knows dates of its own, without quotes. They are read as if they had some, and so are times."""
    is_bare = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return calendar.read_day(str(value) if is_bare else _text(value))


def _hour(value: object) -> dt.time:
    """TOML writes the seconds of its own times; none of ours has any."""
    return calendar.read_time(_without_seconds(value) if isinstance(value, dt.time) else _text(value))


def _without_seconds(bare: dt.time) -> str:
    """As it is, if it has some."""
    is_whole = not (bare.second or bare.microsecond)
    return bare.isoformat("minutes") if is_whole else str(bare)


def _weekday(value: object) -> str:
    return calendar.read_weekday(_text(value))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise UserError("This has to be true or false, without quotes.")
    return value


def _id(form: Pattern[str], refusal: Callable[[str], UserError]) -> Callable[[object], str]:
    def read(value: object) -> str:
        text = _text(value).strip()
        if not form.fullmatch(text):
            raise refusal(text)
        return text

    return read


def _who(written: str, info: ValidationInfo) -> Who:
    """People written without a workspace are of the consortium's, which the context names."""
    team, _slash, user = written.rpartition("/")
    return Who(team or cast("dict[str, str]", info.context)["team"], user)


_team = _id(
    pattern(r"\A[TE][A-Z0-9]{2,20}"),
    lambda text: UserError("“{text}” is no workspace's ID. One looks like T0SISTER.", text=text),
)
_channel = _id(
    pattern(r"\A[CG][A-Z0-9]{2,20}"),
    lambda text: UserError("“{text}” is no channel's ID. One looks like C0SHARED.", text=text),
)
_user = _id(
    pattern(r"\A([TE][A-Z0-9]{2,20}/)?[UW][A-Z0-9]{2,20}"),
    lambda text: UserError(
        "“{text}” is no person's ID. One looks like U0ADMIN, or T0OTHER/U0CURATOR of another workspace.",
        text=text,
    ),
)


def _not_empty(things: tuple[Thing, ...]) -> tuple[Thing, ...]:
    if not things:
        raise fault(Words("There has to be at least one."))
    return things


AtLeastOne = Annotated[tuple[Thing, ...], AfterValidator(_not_empty)]
Name = Annotated[str, _said(_words_up_to(LONGEST_NAME))]
Word = Annotated[str, _said(_words_up_to(LONGEST_WORD))]
Office = Annotated[str, _said(_words_up_to(LONGEST_OFFICE))]
Team = Annotated[str, _said(_team)]
Channel = Annotated[str, _said(_channel)]
Person = Annotated[Who, _said(_user), AfterValidator(_who)]
Timezone = Annotated[str, _said(_zone_name)]
Day = Annotated[dt.date, _said(_day)]
Hour = Annotated[dt.time, _said(_hour)]
Weekday = Annotated[str, _said(_weekday)]

Flag = Annotated[bool, _said(_flag)]

DaysBefore = Annotated[StrictInt, Field(ge=0, le=366)]
LengthOfMeeting = Annotated[StrictInt, Field(ge=calendar.SHORTEST_MEETING, le=calendar.LONGEST_MEETING)]
MOST_MINUTES_UNTIL_TOLD = 7 * 24 * 60
MinutesUntilTold = Annotated[StrictInt, Field(ge=0, le=MOST_MINUTES_UNTIL_TOLD)]
