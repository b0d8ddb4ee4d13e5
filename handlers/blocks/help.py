"""Help, and what is said when words were not understood."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import Words
from bot.reading.suggestions import close_to, set_apart, without_address
from bot.reading.text import cut
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    header,
    line,
    paragraph,
    quote,
    rich,
    rows,
    run,
    small,
)
from handlers.blocks.pieces import about_me_door, doors, preview_door, status_door, tips_door
from handlers.blocks.reminders import remind_door
from handlers.blocks.tips import share_door
from handlers.words import _, in_words

LONGEST_EXAMPLE = 84
IN_A_ROW = 4
A_SLIP_AWAY = 0.75
"""How like a command a word must be to be taken for a slip of the finger: "lsit" is, "Budget" is no "digest"."""

NEARLY_IT = 0.85
"""The same for another word that people type, as there are many of them."""


@dataclass(frozen=True)
class Nearest:
    """A command that does what somebody means who types another word: its own word, how it is typed, and what it does."""

    word: str
    example: str
    does: Words


def help_text(commands: Mapping[str, Words]) -> Message:
    """Each command, as it is typed, with what it does."""
    listed = [line(run(typed, code=True), f": {in_words(does)}") for typed, does in commands.items()]
    return Message(
        [
            header(_("What you can do here")),
            rich(rows(listed)),
            small(
                _(
                    "Only you see the answers. Slack runs no commands inside threads. The buttons work everywhere."
                )
            ),
            actions(*doors(), status_door(), about_me_door()),
        ]
    )


def help_with_buttons() -> Message:
    """The same for people of a workspace without the app: Slack gives them no commands, and the buttons do it all."""
    uses = _uses_of_buttons()
    pressed = [door for door, _use in uses]
    return Message(
        [
            header(_("What you can do here")),
            rich(rows(line(bold(door["text"]["text"]), f": {use}") for door, use in uses)),
            small(_("Only you see the answers. The first four buttons stand in the shared channel, too.")),
            actions(*pressed[:IN_A_ROW]),
            actions(*pressed[IN_A_ROW:]),
        ]
    )


def _uses_of_buttons() -> list[tuple[Element, str]]:
    add, everything, mine = doors()
    return [
        (add, _("bring something to the next meeting")),
        (everything, _("what everybody brought")),
        (mine, _("what you brought: change it, take it back, or say that it is solved")),
        (
            status_door(),
            _(
                "the next meeting, who comes, and how far the agenda is. Who hosts finds the host's board there, and can look back"
            ),
        ),
        (tips_door(), _("find what helped others")),
        (share_door(), _("share what helped you")),
        (preview_door(), _("see “This week” before it goes out")),
        (remind_door(), _("be reminded the day before the next meeting")),
        (about_me_door(), _("everything about you: read it, get it as a file, erase it")),
    ]


def not_understood(typed: str, words: Mapping[str, bool], also: Mapping[str, Sequence[Nearest]]) -> Message:
    """What was typed, and what may have been meant: a command, an item, or for several words either.

    `words` are the commands, and whether each takes more words. One that does, mistyped, took these: they are no item.
    `also` is what else people type, and the commands that do it.
    """
    said = without_address(typed)
    first, rest = set_apart(said, {*words, *also})
    names = _meant(first, words, also)
    meant = [name for name in names if name in words]
    nearest = [one for name in names if name in also for one in also[name]]
    takes_rest = any(words.get(one) for one in [*meant, *(one.word for one in nearest)])
    has_taken_rest = bool(rest) and takes_rest
    commands = [f"{word} {rest}".rstrip() for word in meant if words[word] or not has_taken_rest]
    is_item = bool(first) and (not names or (bool(rest) and not has_taken_rest))
    return Message(
        [
            paragraph(_("There is no such command here. You typed:")),
            rich(quote(f"/agenda {typed}")),
            *_try(_("Did you mean this?"), commands),
            *_try_nearest(nearest, words, rest),
            *_try(
                _("To bring it to the meeting, write “add” first, for example:"),
                [f"add {said}"] if is_item else [],
            ),
            small(_("/agenda help shows all that works.")),
        ]
    )


def _meant(first: str, words: Mapping[str, bool], also: Mapping[str, Sequence[Nearest]]) -> list[str]:
    """The word itself, or those of which it may be a slip."""
    plain = first.casefold().rstrip("?")
    if plain in words or plain in also:
        return [plain]
    return close_to(first, words, A_SLIP_AWAY) or close_to(first, also, NEARLY_IT)


def _try_nearest(nearest: Sequence[Nearest], words: Mapping[str, bool], rest: str) -> list[Block]:
    if not nearest:
        return []
    return [paragraph(_("This may be what you look for:")), rich(rows(_nearest(nearest, words, rest)))]


def _nearest(nearest: Sequence[Nearest], words: Mapping[str, bool], rest: str) -> Iterator[Element]:
    for one in nearest:
        typed = f"{one.word} {rest}" if rest and words.get(one.word) else one.example
        shown = cut(f"/agenda {typed}".rstrip(), LONGEST_EXAMPLE)
        yield line(run(shown, code=True), f": {in_words(one.does)}")


def _try(what: str, commands: list[str]) -> list[Block]:
    if not commands:
        return []
    return [
        paragraph(what),
        *[rich(line(run(f"/agenda {cut(command, LONGEST_EXAMPLE)}", code=True))) for command in commands],
    ]


def refused(text: str, typed: str = "", door: Element | None = None) -> Message:
    """What went wrong and what to do, and the words of a command that were typed: nothing is lost. `door`: a button for it."""
    message = refused_form(text, [f"/agenda {typed}"] if typed else [])
    return Message([*message.blocks, actions(door)]) if door else message


def refused_form(text: str, typed: Sequence[Element | str]) -> Message:
    """The same of a form that can't be shown again, with what was typed and chosen in it."""
    if not typed:
        return Message([paragraph(text)])
    return Message([paragraph(text), small(_("You typed:")), rich(quote(*typed))])


def one_moment() -> Message:
    """Stands in a form that was sent in, until there is more to say."""
    return Message([paragraph(_("One moment, please. The answer will stand here."))])


def it_is_done() -> Message:
    """Stands in a form that was sent in, where nothing else is to be said."""
    return Message([paragraph(_("This is done."))])
