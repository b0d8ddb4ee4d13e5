"""A file in a message: a card with its name, that one can download."""

from nicegui import ui

from playground.page.html import box, button, words
from playground.slack.world import File

A_KB = 1024


def draw_file(file: File) -> None:
    with box("div", "file", data_file_id=file.id):
        words("📎", "span", "file-sign", aria_hidden="true")
        with box("div", "file-words"):
            words(file.title, "b")
            words(f"{file.name} · {_size(file)}", "div", "file-name")
        download = button("Download", "button", aria_label=f"Download {file.name}")
        download.on("click", lambda: ui.download(file.content or b"", file.name))


def _size(file: File) -> str:
    return f"{file.length} bytes" if file.length < A_KB else f"{file.length / A_KB:.0f} kB"
