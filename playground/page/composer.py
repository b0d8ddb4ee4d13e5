"""The line at the bottom in which one writes. Enter sends, Shift and Enter makes a new line."""

from collections.abc import Awaitable, Callable

from nicegui import events

from playground.page.html import box, button

ON_ENTER = """(event) => {
    if (event.shiftKey || event.isComposing) return;
    event.preventDefault();
    emit(event.target.value);
    event.target.value = '';
}"""
ON_SEND = """(event) => {
    const field = event.target.closest('.composer').querySelector('textarea');
    emit(field.value);
    field.value = '';
    field.focus();
}"""


def composer(place: str, hint: str, send: Callable[[str], Awaitable[None]]) -> None:
    async def sent(event: events.GenericEventArguments) -> None:
        if text := event.args.strip():
            await send(text)

    with box("div", "composer"):
        field = box(
            "textarea", rows="1", placeholder=f"Message {place}{hint}", aria_label=f"Message to {place}"
        )
        field.on("keydown.enter", sent, js_handler=ON_ENTER)
        button("➤", "send", aria_label="Send now").on("click", sent, js_handler=ON_SEND)
