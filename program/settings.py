"""What the bot is told from outside: the only reader of the environment."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BeforeValidator,
    DirectoryPath,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.daily_measure import MOST_A_DAY
from storage.files import encoding_of
from storage.hosts import is_name_of_host
from storage.upkeep.erasure_file import beside
from storage.upkeep.open_database import KeySource

Kind = TypeVar("Kind", bound="DatabaseSettings")

DOT_ENV = Path(".env")
IN_MEMORY = ("/", "/:memory:")
"""A SQLite of these names is no file, and forgets everything when the bot ends."""
LONGEST_TICK = 25
"""Seconds; with longer ones a clock that has stopped would not be known within a minute."""


class SettingsError(Exception):
    """One line that names the setting that is missing or wrong, and never its value."""


def _database(url: str) -> str:
    """Name the driver, which the usual addresses of a Postgres leave open."""
    scheme, _, rest = url.partition("://")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and rest:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and rest.startswith("/") and rest not in IN_MEMORY:
        return url
    raise ValueError("It has to begin with sqlite:/// and name a file, or with postgresql://")


def _slack_api(url: str) -> str:
    if not _is_address(url):
        raise ValueError("It has to be an address such as https://slack.com/api/")
    return url.rstrip("/") + "/"


def _is_address(url: str) -> bool:
    """Whether a host is named in it, and neither a user nor anything behind the path, where the method's name goes."""
    try:
        host, named = AnyHttpUrl(url).host or "", urlsplit(url)
    except ValueError:
        return False
    leads_to_a_host = named.hostname is not None and is_name_of_host(host)
    return leads_to_a_host and named.username is None and not {"?", "#"} & set(url)


def _bot_token(token: SecretStr) -> SecretStr:
    if not token.get_secret_value().startswith(("xoxb-", "xoxe.xoxb-")):
        raise ValueError("It has to be the bot token, which begins with xoxb-")
    return token


def _app_token(token: SecretStr) -> SecretStr:
    if not token.get_secret_value().startswith("xapp-"):
        raise ValueError("It has to be an app-level token, which begins with xapp-")
    return token


class DatabaseSettings(BaseSettings):
    """Each field is the environment variable of its name in capitals, or a line in the file .env."""

    model_config = SettingsConfigDict(
        env_file=DOT_ENV, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    database_url: Annotated[str, AfterValidator(_database)] = Field("sqlite:///agenda.db", repr=False)
    keys_file: Path = Path("agenda.keys")
    keys: SecretStr | None = None
    slack_api_url: Annotated[str, AfterValidator(_slack_api)] = "https://slack.com/api/"
    fonts_folder: DirectoryPath | None = None

    @property
    def erasure_file(self) -> Path:
        return beside(self.keys_file)

    @property
    def key_source(self) -> KeySource:
        return KeySource(self.keys_file, self.keys.get_secret_value() if self.keys else None)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, given: dict[str, Any]) -> dict[str, Any]:
        stripped = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
        return {name: value for name, value in stripped.items() if value != ""}


class Settings(DatabaseSettings):
    """All that a running bot needs."""

    slack_bot_token: Annotated[SecretStr, AfterValidator(_bot_token)]
    slack_app_token: Annotated[SecretStr, AfterValidator(_app_token)] | None = None
    slack_signing_secret: SecretStr | None = None
    host: str = "127.0.0.1"  # nothing is open to a network that nobody asked for; a container sets 0.0.0.0
    port: int = Field(3000, ge=1, le=65535)
    tick_seconds: float = Field(20, gt=0, le=LONGEST_TICK)
    most_a_day: int = Field(MOST_A_DAY, ge=1)
    clock_offset_file: Path | None = None
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(str.upper)
    ] = "INFO"

    @property
    def mode(self) -> Literal["socket", "http"]:
        return "socket" if self.slack_app_token else "http"

    @model_validator(mode="after")
    def _requests_over_http_are_signed(self) -> Self:
        if self.mode == "http" and self.slack_signing_secret is None:
            raise ValueError("SLACK_SIGNING_SECRET is missing (or SLACK_APP_TOKEN, for Socket Mode)")
        return self


def load_settings() -> Settings:
    """Read the environment and the file .env, or raise a SettingsError about the first thing that is wrong."""
    return _load(Settings)


def load_database_settings() -> DatabaseSettings:
    """The settings that work on the database alone needs."""
    return _load(DatabaseSettings)


def _load(kind: type[Kind]) -> Kind:
    try:
        return kind(_env_file_encoding=encoding_of(DOT_ENV) if DOT_ENV.is_file() else None)
    except ValidationError as error:
        raise SettingsError(_line(error.errors(include_input=False, include_url=False)[0])) from None
    except PermissionError:
        raise SettingsError("The file .env may not be read by the user that runs this") from None
    except OSError as error:
        raise SettingsError(f"The file .env cannot be read: {error.strerror}") from None
    except UnicodeError:
        raise SettingsError("The file .env cannot be read as text. Save it as UTF-8") from None


def _line(problem: ErrorDetails) -> str:
    words = problem["msg"].removeprefix("Value error, ")
    if not problem["loc"]:
        return words
    name = str(problem["loc"][0]).upper()
    return f"{name} is missing" if problem["type"] == "missing" else f"{name} is wrong. {words}"
