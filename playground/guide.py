"""What whoever sits down for the first time may try, step by step, until an agenda is published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playground import cast


@dataclass(frozen=True)
class Step:
    name: str
    says: str
    """In Slack's markup."""
    person: str
    place: str
    done_by: tuple[str, ...]
    """How begins what a person types, or what is written on what they press or hand in; or who they become."""
    writes: str = ""
    """A command that need not be typed by hand."""


def becoming(person: str) -> str:
    return f"becomes {person}"


TIME_PASSES = "time passes"
_FOR_THOSE_WHO_DECIDE = (
    Step(
        "Decide",
        "Pick at the top who decides for the host, or *Joan* if you have named nobody. The bot has sent them a card."
        " Press *Add to agenda* on it, then *Host's board*.",
        "U0ADMIN",
        "app",
        ("Add to agenda",),
    ),
    Step(
        "Publish",
        "*Host's board*, or `/agenda curate`, shows the whole board to whoever decides. Press *Publish agenda* there. Then"
        " everybody reads it in the channel.",
        "U0ADMIN",
        cast.SHARED,
        ("Publish agenda",),
        "/agenda curate",
    ),
)
"""Where whoever plays says who decides."""
STEPS = (
    Step(
        "Bring something",
        "Nothing here is real, so try what you like. Four groups meet every quarter, and make the agenda together."
        " You are *Devon*, and you want to talk about something. Press *Add an item* below, or have a command written"
        " for you and send it with ➤.",
        "U0DEVON",
        cast.SHARED,
        ("/agenda add ", "Add an item:"),
        "/agenda add Budget cuts and how we respond (15 min)",
    ),
    Step(
        "Decide",
        "Harbor Safe Streets hosts this time. *Marisol* decides for them, and the bot has told her what came in."
        " Press *Add to agenda* under what you brought.",
        "U0MARISOL",
        "app",
        ("Add to agenda",),
    ),
    Step(
        "Publish",
        "*Host's board* under the card, or `/agenda curate`, shows Marisol the whole board. She can change the order there."
        " Then press *Publish agenda*.",
        "U0MARISOL",
        cast.SHARED,
        ("Publish agenda",),
        "/agenda curate",
    ),
    Step(
        "See what others see",
        "The agenda is there for everybody, and who brought something was told. Look at it as *Kofi*, who works in"
        " another workspace, without the app. He has buttons for everything.",
        "U0KOFI",
        cast.SHARED,
        (becoming("U0KOFI"),),
    ),
    Step(
        "Let time pass",
        "The bot asks for items before a meeting, and says once a week what is new. Press *+1 week* at the top, and"
        " read what it says.",
        "U0KOFI",
        cast.SHARED,
        (TIME_PASSES,),
    ),
)
END = "That is what the bot is for. Go on as you like: all of it works here, and nothing leaves this machine."
TO_SET_UP = (
    Step(
        "Begin",
        "The app was just installed, and nothing is set up. You are *Joan*, who runs this workspace in Slack."
        " Have a command written for you, and send it with ➤. Give all of you one name, look over the rest, and press"
        " *Save*.",
        "U0ADMIN",
        cast.SHARED,
        ("Settings:",),
        "/agenda setup",
    ),
    Step(
        "Say who hosts",
        "Press *Add the first collaborative…*. That is a group whose office you meet at in its turn. Say who decides"
        " about the agenda when it hosts. Add at least one.",
        "U0ADMIN",
        cast.SHARED,
        ("Collaborative:",),
        "/agenda setup",
    ),
    Step(
        "Say when you meet",
        "Press *Add a meeting…*, and choose a day in about four weeks. Then people can bring something to it.",
        "U0ADMIN",
        cast.SHARED,
        ("Add a meeting:",),
        "/agenda setup",
    ),
    Step(
        "Bring something",
        "All is set up. You are *Devon*, and you want to talk about something. Press *Add an item* in the channel, or"
        " have a command written for you and send it with ➤.",
        "U0DEVON",
        cast.SHARED,
        ("/agenda add ", "Add an item:"),
        "/agenda add Budget cuts and how we respond (15 min)",
    ),
    *_FOR_THOSE_WHO_DECIDE,
)
"""Where the bot is installed, and nothing is set up."""
TO_CONNECT = (
    Step(
        "Connect your bot",
        "No bot is here yet. The terminal that started this page says with which settings yours connects, and who and"
        " what may stand in the file that describes it. Once it runs, have a command written for you and send it with ➤.",
        cast.ADMIN,
        cast.SHARED,
        ("/agenda",),
        "/agenda setup",
    ),
    Step(
        "Bring something",
        "You are *Devon*, and you want to talk about something. Have a command written for you, and send it with ➤.",
        "U0DEVON",
        cast.SHARED,
        ("/agenda add ", "Add an item:"),
        "/agenda add Budget cuts and how we respond (15 min)",
    ),
    *_FOR_THOSE_WHO_DECIDE,
)
"""Where no bot is."""


@dataclass
class Guide:
    """How far one is, the same for every open page. A step is done by doing it."""

    changed: Callable[[], None]
    steps: Sequence[Step] = STEPS
    position: int = 0
    is_hidden: bool = field(default=False)

    @property
    def step(self) -> Step | None:
        """None when all is done."""
        return self.steps[self.position] if self.position < len(self.steps) else None

    def did(self, what: str) -> None:
        if self.step and what.startswith(self.step.done_by):
            self.go(self.position + 1)

    def go(self, position: int) -> None:
        self.position = min(max(position, 0), len(self.steps))
        self.changed()

    def hide(self, *, hidden: bool) -> None:
        self.is_hidden = hidden
        self.changed()
