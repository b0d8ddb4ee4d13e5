"""Files are read as whichever editor saved them: by Notepad, by PowerShell, by anything else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.plan.plan import read_plan
from program.settings import Settings, SettingsError, load_settings
from storage.files import read_text
from storage.keys import KeyRing
from tests.commands import Say, told_to
from tests.keys import KEYS
from tests.story import PLAN

SAVED: dict[str, Callable[[str], bytes]] = {
    "as here": lambda text: text.encode(),
    "by Notepad": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "by PowerShell": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
    "by Notepad as Unicode big endian": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "as UTF-16 without its mark": lambda text: text.encode("utf-16-le"),
    "as UTF-16 without its mark, big endian": lambda text: text.encode("utf-16-be"),
    "by an old Mac": lambda text: text.replace("\n", "\r").encode(),
}
in_every_way = pytest.mark.parametrize("save", SAVED.values(), ids=SAVED.keys())
WORDS = "Größe, “quotes” 🎉\nsecond line\n"


@in_every_way
def test_its_words_are_what_they_were(tmp_path: Path, save: Callable[[str], bytes]) -> None:
    (tmp_path / "file").write_bytes(save(WORDS))
    assert read_text(tmp_path / "file") == WORDS


@pytest.mark.parametrize("content", [b"", b"a", b"\xef\xbb\xbf"])
def test_next_to_nothing_is_read_too(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    assert read_text(tmp_path / "file") == content.decode("utf-8-sig")


@in_every_way
def test_a_consortium_is_the_same(tmp_path: Path, save: Callable[[str], bytes]) -> None:
    (tmp_path / "consortium.toml").write_bytes(save(PLAN))
    assert read_plan(read_text(tmp_path / "consortium.toml")) == read_plan(PLAN)


@in_every_way
def test_keys_are_the_same(tmp_path: Path, save: Callable[[str], bytes]) -> None:
    file = tmp_path / "agenda.keys"
    file.write_bytes(save(f"# a comment\n{KEYS}\n"))
    file.chmod(0o600)
    assert KeyRing.in_file(file).ids == KeyRing.of(KEYS).ids


@pytest.fixture
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@in_every_way
@pytest.mark.usefixtures("_bare_environment")
def test_settings_are_the_same(save: Callable[[str], bytes]) -> None:
    Path(".env").write_bytes(save("SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\nKEYS_FILE=mine.keys\n"))
    settings = load_settings()
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1"
    assert settings.slack_app_token is not None
    assert (settings.slack_app_token.get_secret_value(), settings.keys_file) == ("xapp-1", Path("mine.keys"))


@pytest.mark.usefixtures("_bare_environment")
def test_what_is_no_text_is_said_to_be_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    says: Say = told_to(monkeypatch, capsys)
    Path("plan.toml").write_bytes(b'name = "Gr\xfc\xdfe"')
    ended = says("setup", "plan.toml")
    assert (ended.status, ended.log) == (1, "plan.toml can't be read as text. Save it as UTF-8.\n")
    Path(".env").write_bytes(b"KEYS_FILE=Gr\xfc\xdfe")
    with pytest.raises(SettingsError, match="Save it as UTF-8"):
        load_settings()
