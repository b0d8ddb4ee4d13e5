"""What can hurt in the settings, and in the files they stand in."""

from urllib.parse import urlsplit

from program.doctor.findings import Checks, Trouble, error, warning
from program.settings import DOT_ENV, Settings
from storage.keys import is_open_to_others

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def _dot_env(_settings: Settings) -> Trouble | None:
    if not (DOT_ENV.exists() and is_open_to_others(DOT_ENV)):
        return None
    return warning(
        "Other users of this machine can read the file .env and the tokens in it.", "chmod 600 .env"
    )


def _log_level(settings: Settings) -> Trouble | None:
    if settings.log_level != "DEBUG":
        return None
    return warning("LOG_LEVEL is DEBUG, which is for a search.", "set LOG_LEVEL=INFO when you have found it.")


def _api_url(settings: Settings) -> Trouble | None:
    where = urlsplit(settings.slack_api_url)
    if where.scheme == "https" or where.hostname in LOOPBACK:
        return None
    return error(
        "SLACK_API_URL is not https, so the token travels in clear.", "let SLACK_API_URL begin with https://"
    )


def _clock(settings: Settings) -> Trouble | None:
    if settings.clock_offset_file is None:
        return None
    return warning(
        "CLOCK_OFFSET_FILE is set, so the bot may live ahead of time. It is for the playground.",
        "remove CLOCK_OFFSET_FILE, unless the bot plays with the small Slack.",
    )


SETTINGS_CHECKS: Checks[Settings] = {
    ".env": _dot_env,
    "log level": _log_level,
    "slack address": _api_url,
    "story clock": _clock,
}
