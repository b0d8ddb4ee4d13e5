"""Copy, print, hand on: the form with the words to copy, and what is said of the files."""

from bot.seen.documents import AskedForFilesSeen, Document, FileOfDocument, Of, Way
from bot.seen.meetings import MeetingSeen
from handlers.blocks import limits
from handlers.blocks.ids import HAND_ON, HAND_ON_FORM
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    checkboxes,
    form,
    input_block,
    option,
    paragraph,
    small,
    text_input,
)
from handlers.words import _, ngettext, short_day

TO_COPY = "to_copy"
"""So begin the names of the boxes, which are there to be copied from: what is typed into one is not read."""
MOST_BOXES = 20
FILES = "files"


def hand_on_door(meeting: MeetingSeen, of: Of) -> Element:
    return button(_("Copy, print, hand on…"), HAND_ON, f"{meeting.id}:{of}")


def hand_on_form(document: Document, words: str) -> View:
    """`words`: all of it in plain words. A phone copies from a box into which one can type, and from nothing else in a form.

    Slack shows such a box in no form that can't be sent.
    """
    boxes = _boxes(words)
    return form(
        HAND_ON_FORM,
        _("Copy, print, hand on"),
        [
            *(_box(number, text, len(boxes)) for number, text in enumerate(boxes, start=1)),
            *_files(document),
        ],
        submit=_("Send me the file") if document.ways else _("Done"),
        close=_("Close"),
        about=f"{document.meeting.id}:{document.of}",
    )


def _files(document: Document) -> list[Block]:
    if not document.ways:
        return [small(_("I may not send files in this Slack yet. You can copy the words."))]
    choices = checkboxes([option(ways()[way], way) for way in document.ways], [Way.PAGE])
    return [input_block(FILES, _("Or get it as a file, in a direct message"), choices)]


def ways() -> dict[Way, str]:
    return {
        Way.PAGE: _("A page to print (PDF)"),
        Way.SPREADSHEET: _("A spreadsheet (CSV)"),
        Way.MARKDOWN: _("Markdown (for a wiki)"),
    }


def _box(number: int, text: str, count: int) -> Block:
    label = _("For an e-mail or a text message")
    if count > 1:
        label = _("{label}, part {number} of {count}").format(label=label, number=number, count=count)
    hint = _("Press long on the words, then choose “Select all” and “Copy”.")
    typed = text_input(text, multiline=True)
    return input_block(f"{TO_COPY}:{number}", label, typed, optional=True, hint=hint)


def _boxes(words: str) -> list[str]:
    """Whole lines each, in as many boxes as it takes."""
    boxes = [""]
    for line in words.strip().splitlines(keepends=True):
        if boxes[-1] and len(boxes[-1] + line) > limits.INPUT_TEXT:
            boxes.append("")
        boxes[-1] += line
    return [box.strip("\n") for box in boxes[:MOST_BOXES]]


def asked_for_files(seen: AskedForFilesSeen) -> Message:
    """To who asks for them."""
    n = seen.on_their_way
    if not n:
        said = ngettext(
            "✓ You have this file already, in your direct messages.",
            "✓ You have these files already, in your direct messages.",
            seen.asked,
        )
    else:
        said = ngettext(
            "✓ The file comes to you in a direct message.", "✓ The files come to you in direct messages.", n
        )
    return Message([paragraph(bold(said))])


def with_file(document: Document, more: str = "") -> Message:
    """The words above the file."""
    told = {
        Of.AGENDA: _("Here is the agenda for {day}."),
        Of.DRAFT: _("Here is the draft of the agenda for {day}. The host has not published it yet."),
        Of.NOTES: _("Here are the notes of {day}."),
    }
    said = told[document.of].format(day=short_day(document.meeting.day))
    return Message([paragraph(bold(said)), *([paragraph(more)] if more else [])])


def letters_are_missing() -> str:
    return _("Some letters stand in it as boxes. Whoever runs me can add a font for them.")


def not_printed() -> str:
    return _("I could not print it, so here are the words.")


def without_file(seen: FileOfDocument) -> Message:
    """Where Slack takes no file: the way to the words."""
    document = seen.document
    told = _("I can't send you the file: Slack takes no files from me at the moment. You can copy the words.")
    return Message([paragraph(bold(told)), actions(hand_on_door(document.meeting, document.of))])
