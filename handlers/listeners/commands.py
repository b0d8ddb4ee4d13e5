"""The commands, each defined once, and help, which tells of them."""

from bot.errors import Words
from bot.policies import (
    admin,
    anyone,
    decides_on_meeting,
    decides_on_next_meeting,
    leads_meeting,
    leads_next_meeting,
    looks_back,
    oneself,
)
from handlers.blocks import help as draw
from handlers.blocks.ids import (
    ADD,
    BOARD,
    EVERYTHING,
    FIND,
    HELP,
    HOSTS,
    LIST,
    LOOKING_BACK,
    MINE,
    NOW,
    PREVIEW,
    REMIND,
    SETTINGS,
    SHARE,
    START,
    STATUS,
)
from handlers.hearing.dispatch import Listener
from handlers.hearing.turn import Turn
from handlers.listeners import (
    about_me,
    agenda,
    came_up,
    digests,
    hosting,
    items,
    live,
    look_back,
    reminders,
    setup,
    tips,
)
from handlers.listeners.command import Command


async def on_help(turn: Turn) -> None:
    """Who has no commands hears of buttons alone."""
    await turn.admit()  # Slack may have to say first whose workspace theirs is
    await turn.answer(draw.help_text(help_lines()) if turn.has_commands else draw.help_with_buttons())


async def on_unknown(turn: Turn) -> None:
    """What was typed begins with no word of ours."""
    await turn.answer(draw.not_understood(turn.heard.value, words(), also()))


def help_lines() -> dict[str, Words]:
    """All that can be typed, and what it does."""
    return {typed: does for command in COMMANDS for typed, does in command.lines.items()}


def also() -> dict[str, list[draw.Nearest]]:
    """What else people type, and the commands that do what they look for."""
    found: dict[str, list[draw.Nearest]] = {}
    for command in COMMANDS:
        for word in command.also:
            found.setdefault(word, []).append(command.nearest)
    return found


def words() -> dict[str, bool]:
    """What may follow `/agenda`, and whether it takes more words."""
    return {command.word: command.takes_more for command in COMMANDS if command.word}


COMMANDS = (
    Command(
        "",
        Listener(anyone, agenda.on_status),
        button=STATUS,
        uses={"": Words("the next meeting, and where things stand")},
        also=(
            *("status", "next", "when", "where", "meeting", "meetings", "date", "day", "who", "home"),
            *(
                "notes",
                "minutes",
                "results",
                "attendance",
                "follow-up",
                "follow-ups",
                "followup",
                "followups",
            ),
            *("coming", "come", "comes", "rsvp", "attend", "attending", "parking", "address"),
            *("todo", "to-do", "tasks", "task", "done"),
            *("copy", "print", "pdf", "csv", "markdown", "spreadsheet"),
        ),
    ),
    Command(
        "add",
        Listener(anyone, items.on_add),
        button=ADD,
        uses={
            "Budget cuts and how we respond (15 min)": Words("bring something"),
            "": Words("the same with a form, or paste a list of up to 20"),
            "Grant reports [Alan] (10 min)": Words("bring it on someone's behalf"),
        },
        also=("new", "bring", "propose", "suggest", "submit", "item", "topic", "create"),
    ),
    Command(
        "now",
        Listener(anyone, came_up.on_now),
        button=NOW,
        uses={"Case management: same system!": Words("in the meeting: what came up, in one line")},
        also=("today", "room", "came", "urgent", "spontaneous"),
    ),
    Command(
        "start",
        Listener(leads_next_meeting, live.on_start),
        button=START,
        uses={"": Words("in the meeting: show everybody what is on and what comes next")},
        clicked=Listener(leads_meeting, live.on_start),
        also=("begin", "meet", "go", "live", "timer", "run", "lead", "chair", "facilitate"),
    ),
    Command(
        "list",
        Listener(anyone, agenda.on_list),
        button=LIST,
        uses={"": Words("what everybody brought")},
        also=("items", "topics", "all", "show", "see", "view", "read"),
    ),
    Command(
        "mine",
        Listener(anyone, items.on_mine),
        button=MINE,
        uses={"": Words("what you brought: change it, take it back, or say that it is solved")},
        also=(
            *("my", "own", "edit", "change", "remove", "delete", "withdraw", "undo", "cancel", "move"),
            *("rename", "update"),
        ),
    ),
    Command(
        "tip",
        Listener(anyone, tips.on_tip),
        button=SHARE,
        uses={"referrals: Ask for the intake line first": Words("share what helped you")},
        also=("share", "advice"),
    ),
    Command(
        "tips",
        Listener(anyone, tips.on_tips),
        button=FIND,
        uses={"referrals": Words("find what helped others")},
        also=("search", "find"),
    ),
    Command(
        "curate",
        Listener(decides_on_next_meeting, agenda.on_curate),
        button=BOARD,
        uses={"": Words("the host's board: decide, arrange, publish")},
        clicked=Listener(decides_on_meeting, agenda.on_board_clicked),
        also=(
            *(
                "publish",
                "post",
                "send",
                "board",
                "host",
                "hosting",
                "decide",
                "approve",
                "accept",
                "confirm",
            ),
            *(
                "decline",
                "reject",
                "arrange",
                "order",
                "reorder",
                "sort",
                "move",
                "cancel",
                "remove",
                "change",
            ),
            *("reschedule", "undo", "merge", "join", "combine"),
        ),
    ),
    Command(
        "digest",
        Listener(anyone, digests.on_digest),
        button=PREVIEW,
        uses={"": Words("see “This week” before it goes out")},
        also=("week", "weekly", "preview", "news", "summary"),
    ),
    Command(
        "remind",
        Listener(anyone, reminders.on_remind),
        button=REMIND,
        uses={"me": Words("be reminded the day before the next meeting")},
        also=("reminder", "reminders", "notify"),
    ),
    Command(
        "hosts",
        Listener(anyone, hosting.on_hosts),
        button=HOSTS,
        uses={"": Words("who hosts when, and swaps between hosts")},
        also=(
            *("rotation", "turn", "turns", "year", "calendar"),
            *("schedule", "swap", "swaps", "trade", "exchange"),
        ),
    ),
    Command(
        "look",
        Listener(looks_back, look_back.on_look_back),
        button=LOOKING_BACK,
        uses={"back": Words("the last meetings in numbers, for the host and admins")},
        also=("back", "numbers", "figures", "stats", "statistics", "chart", "history", "report"),
    ),
    Command(
        "setup",
        Listener(admin, setup.on_setup, begins=True),
        button=SETTINGS,
        uses={"": Words("the settings, for admins")},
        also=(
            *(
                "settings",
                "setting",
                "config",
                "configure",
                "admin",
                "admins",
                "options",
                "install",
                "people",
            ),
            *("members", "curators", "channel", "move", "cancel", "reschedule"),
        ),
    ),
    Command(
        "me",
        Listener(oneself, about_me.on_about_me),
        button=EVERYTHING,
        uses={"": Words("everything about you: read it, get it as a file, erase it")},
        also=("privacy", "private", "data", "export", "download", "erase", "forget", "delete", "leave"),
    ),
    Command("help", Listener(anyone, on_help), button=HELP),
)
"""In the order in which help shows them. Help itself stands in none of its lines."""
