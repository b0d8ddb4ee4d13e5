"""The line at the bottom in which one writes. Enter sends, Shift and Enter makes a new line, / offers commands."""

import json
from collections.abc import Awaitable, Callable, Mapping

from nicegui import events

from playground.page.html import box, button, words
from playground.slack.app import Command

ON_INPUT = """(event) => {
    const typed = event.target.value;
    for (const row of event.target.closest('.composer').querySelectorAll('.command'))
        row.hidden = !typed || !row.dataset.command.startsWith(typed);
}"""
ON_ENTER = """(event) => {
    if (event.shiftKey || event.isComposing) return;
    event.preventDefault();
    const offered = event.target.closest('.composer').querySelector('.command:not([hidden])');
    if (offered && offered.dataset.command !== event.target.value) return offered.click();
    emit(event.target.value);
    event.target.value = '';
    event.target.dispatchEvent(new Event('input'));
}"""
ON_TAB = """(event) => {
    const offered = event.target.closest('.composer').querySelector('.command:not([hidden])');
    if (!offered || event.shiftKey) return;
    event.preventDefault();
    offered.click();
}"""
ON_ESCAPE = """(event) => {
    for (const row of event.target.closest('.composer').querySelectorAll('.command')) row.hidden = true;
}"""
ON_SEND = """(event) => {
    const field = event.target.closest('.composer').querySelector('textarea');
    emit(field.value);
    field.value = '';
    field.dispatchEvent(new Event('input'));
    field.focus();
}"""
ON_PICK = """(event) => {
    const row = event.target.closest('.command');
    const field = row.closest('.composer').querySelector('textarea');
    field.value = row.dataset.command + ' ';
    field.dispatchEvent(new Event('input'));
    field.focus();
}"""


def composer(
    place: str, hint: str, commands: Mapping[str, Command], send: Callable[[str], Awaitable[None]]
) -> None:
    async def sent(event: events.GenericEventArguments) -> None:
        if text := event.args.strip():
            await send(text)

    with box("div", "composer"):
        _offers(commands)
        field = box(
            "textarea", rows="1", placeholder=f"Message {place}{hint}", aria_label=f"Message to {place}"
        )
        field.on("keydown.enter", sent, js_handler=ON_ENTER)
        for happening, does in (("input", ON_INPUT), ("keydown.tab", ON_TAB), ("keydown.esc", ON_ESCAPE)):
            field.on(happening, js_handler=does)
        button("➤", "send", aria_label="Send now").on("click", sent, js_handler=ON_SEND)


def filling_composer(text: str) -> str:
    """A handler in JavaScript that writes the text into the line, as if a person had."""
    return f"""() => {{
        const field = document.querySelector('.composer textarea');
        field.value = {json.dumps(text)};
        field.dispatchEvent(new Event('input'));
        field.focus();
    }}"""


def _offers(commands: Mapping[str, Command]) -> None:
    """The commands that begin as what is typed."""
    with box("div", "commands", role="group", aria_label="Commands"):
        for name, command in sorted(commands.items()):
            with box("button", "command", type="button", data_command=name, hidden=True) as row:
                words(f"{name} {command.usage_hint}", "b")
                words(command.description)
            row.on("click", js_handler=ON_PICK)
