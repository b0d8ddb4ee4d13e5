"""The question that some elements ask before they act: docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object."""

from nicegui import ui

from playground.page.html import box, button, words
from playground.page.reader import Reader
from playground.page.text import plain_text, text_object
from playground.slack.world import Json


async def confirmed(question: Json | None, reader: Reader) -> bool:
    """True at once where there is nothing to ask; else the person's answer."""
    if question is None:
        return True
    with ui.context.client.layout, ui.dialog() as dialog, box("div", "modal confirm"):
        words(plain_text(question["title"]), "h2", "modal-title")
        words(text_object(question["text"], reader), "div", "modal-body")
        with box("div", "modal-foot"):
            deny = button(plain_text(question["deny"]), "button")
            accept = button(plain_text(question["confirm"]), f"button {question.get('style', 'primary')}")
    deny.on("click", lambda: dialog.submit(False))
    accept.on("click", lambda: dialog.submit(True))
    answer = await dialog
    dialog.delete()
    return bool(answer)
