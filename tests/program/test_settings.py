"""The settings: what is read, what is refused, and that a refusal never tells a value."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from program.settings import Settings, SettingsError, load_settings
from storage.upkeep.open_database import KeySource

CANARY = "canary-7c2e"
EXAMPLE = Path(__file__).parents[2] / ".env.example"
HTTP = {"SLACK_BOT_TOKEN": f"xoxb-{CANARY}", "SLACK_SIGNING_SECRET": CANARY}
SOCKET = {"SLACK_BOT_TOKEN": f"xoxb-{CANARY}", "SLACK_APP_TOKEN": f"xapp-{CANARY}"}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch, tmp_path):
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def load(monkeypatch):
    def with_environment(given: dict[str, str], **more: str) -> Settings:
        for name, value in (given | more).items():
            monkeypatch.setenv(name, value)
        return load_settings()

    return with_environment


def test_what_is_not_given_has_a_default(load):
    settings = load(SOCKET)
    assert settings.model_dump(
        exclude={"slack_bot_token", "slack_app_token", "slack_signing_secret", "keys"}
    ) == {
        "slack_api_url": "https://slack.com/api/",
        "fonts_folder": None,
        "database_url": "sqlite:///agenda.db",
        "keys_file": Path("agenda.keys"),
        "host": "127.0.0.1",
        "port": 3000,
        "tick_seconds": 20,
        "clock_offset_file": None,
        "most_a_day": 60,
        "log_level": "INFO",
    }


def test_the_secrets_are_read(load):
    settings = load(HTTP | SOCKET)
    assert settings.slack_bot_token.get_secret_value() == f"xoxb-{CANARY}"
    assert settings.slack_app_token.get_secret_value() == f"xapp-{CANARY}"
    assert settings.slack_signing_secret.get_secret_value() == CANARY


def test_the_keys_are_read_and_never_printed(load):
    settings = load(SOCKET, KEYS=f"a:{CANARY}", KEYS_FILE="/run/secrets/keys")
    assert settings.key_source == KeySource(Path("/run/secrets/keys"), f"a:{CANARY}")
    assert CANARY not in f"{settings!r} {settings.key_source!r} {settings.key_source.name}"


def test_an_app_token_means_socket_mode(load):
    assert load(SOCKET).mode == "socket"


@pytest.mark.parametrize("app_token", ["", "  "])
def test_an_empty_app_token_means_http(load, app_token):
    assert load(HTTP, SLACK_APP_TOKEN=app_token).mode == "http"


def test_the_file_env_is_read_and_the_environment_goes_before_it(load):
    Path(".env").write_text("SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\nPORT=4000\nHOST=::1\nOTHER=1\n")
    settings = load({"PORT": "5000"})
    assert (settings.port, settings.host, settings.mode) == (5000, "::1", "socket")


@pytest.mark.parametrize("content", [b"\xff", None], ids=["not UTF-8", "not to be read"])
def test_a_file_env_that_cannot_be_read_is_named(load, content):
    if content is None:
        Path(".env").symlink_to("/proc/self/mem")
    else:
        Path(".env").write_bytes(content)
    with pytest.raises(SettingsError, match=r"^The file \.env cannot be read"):
        load(HTTP)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_address_of_a_postgres_is_understood(load, scheme):
    url = f"{scheme}://me:secret@db.example/agenda?sslmode=require"
    assert load(SOCKET, DATABASE_URL=url).database_url == (
        "postgresql+psycopg://me:secret@db.example/agenda?sslmode=require"
    )


@pytest.mark.parametrize(
    "url", ["https://slack-gov.com/api", "https://slack-gov.com/api/", "https://slack-gov.com/api//"]
)
def test_the_address_of_slack_ends_in_one_slash(load, url):
    assert load(SOCKET, SLACK_API_URL=url).slack_api_url == "https://slack-gov.com/api/"


@pytest.mark.parametrize(
    "url", ["http://[::1]:8080/api/", "http://localhost:3000/", "https://slack.例え/api/"]
)
def test_the_address_of_slack_may_be_a_number_or_in_any_script(load, url):
    assert load(SOCKET, SLACK_API_URL=url).slack_api_url == url


def test_the_level_of_the_log_may_be_written_small(load):
    assert load(SOCKET, LOG_LEVEL="debug").log_level == "DEBUG"


@pytest.mark.parametrize("gone", HTTP)
@pytest.mark.parametrize("empty", [None, "", " "])
def test_a_missing_or_empty_setting_is_named_in_one_line(load, gone, empty):
    with pytest.raises(SettingsError, match=f"^{gone} is missing") as refusal:
        load(
            {name: value for name, value in HTTP.items() if name != gone}
            | ({} if empty is None else {gone: empty})
        )
    assert "\n" not in str(refusal.value)


WRONG = {
    "SLACK_BOT_TOKEN": [CANARY, f"xapp-{CANARY}"],
    "SLACK_APP_TOKEN": [CANARY, f"xoxb-{CANARY}"],
    "SLACK_API_URL": [
        *(CANARY, f"ftp://{CANARY}/", f"http://[{CANARY}", "//"),
        *(f"https://{CANARY}..com/api/", f"https://.{CANARY}/", f"https://{CANARY * 6}.com/", "https://./"),
        *(f"https://{CANARY} .com/", f"https://{CANARY}:x/", f"https://{CANARY}:65536/"),
        *(f"https:///{CANARY}/", f"https:{CANARY}/api/", f"https:\\\\{CANARY}\\api", "https://:80/"),
        *(f"https://me:{CANARY}@slack.com/", f"https://slack.com/?{CANARY}", f"https://slack.com/#{CANARY}"),
    ],
    "DATABASE_URL": [
        CANARY,
        f"mysql://{CANARY}",
        f"postgresql+asyncpg://{CANARY}",
        "postgresql://",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
    ],
    "PORT": [CANARY, "0", "65536", "-1", "3000.5"],
    "TICK_SECONDS": [CANARY, "0", "-1", "nan", "inf"],
    "LOG_LEVEL": [CANARY, "5"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_a_wrong_setting_is_named_in_one_line_without_its_value(load, name, value):
    with pytest.raises(SettingsError, match=f"^{name} is wrong") as refusal:
        load(HTTP, **{name: value})
    assert "\n" not in str(refusal.value)
    assert CANARY not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


def test_settings_can_be_printed_without_telling_a_secret(load):
    settings = load(HTTP | SOCKET, DATABASE_URL=f"postgresql://me:{CANARY}@db/agenda")
    assert CANARY not in f"{settings} {settings!r}"


def test_the_example_names_every_setting_and_its_default():
    defaults = {name.upper(): field.get_default() for name, field in Settings.model_fields.items()}
    example = {name: value or None for name, value in dotenv_values(EXAMPLE).items()}
    assert set(example) == set(defaults)
    assert {name: value for name, value in example.items() if value} == {
        name: str(default)
        for name, default in defaults.items()
        if isinstance(default, (str, int, float, Path))
    }
