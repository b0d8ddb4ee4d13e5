"""How long the bot waits: for Slack, for its database, and for its own parts when it ends."""

from dataclasses import astuple, dataclass
from datetime import timedelta

DATABASE_ANSWERS_WITHIN = 5
"""Seconds. A database that takes longer counts as away."""
KILLED_AFTER = 15
"""Seconds that service managers, the least patient of them, give a program that was told to end."""


@dataclass(frozen=True)
class Timeouts:
    """All in seconds.

    `call`: for one call to Slack. `answer`: by how much an answer beside the acknowledgement may delay it, as Slack gives up
    after three. `acknowledge`: when a turn that still goes on is acknowledged, and answers later. `job`: for one job of the clock. `ping`: between pings of its WebSocket, or attempts to open one. `settle`: longer than
    Slack may take to store a message whose sender gave up waiting. `lease`: how long a claim on a post holds; when it has
    run out, all that its holder may have begun has settled and can be looked for. `agree`: for how long Slack's answers have to
    tell the same time before the clock is set by them. `apart`: by how much the clocks of two machines may differ then.
    `head` and `body`: for each part of a request at the HTTP door. `remember`: for which an answer about how the bot is holds
    for all who ask.
    """

    call: float = 10
    answer: float = 2
    acknowledge: float = 2.3
    job: float = 10
    ping: float = 10
    settle: float = 90
    lease: float = 150
    agree: float = 5
    apart: float = 6
    head: float = 5
    body: float = 10
    remember: float = 1

    @property
    def asking_again(self) -> float:
        """Until the next question what time it is, while the clock is in doubt."""
        return max(self.agree / 3, 0.1)

    @property
    def questions(self) -> float:
        """For all that a job asks Slack. The rest of its time is for writing down what was told."""
        return self.job * 0.9

    @property
    def to_begin(self) -> float:
        """After a claim: what is begun later might not have settled when it runs out."""
        return self.to_look - self.settle

    @property
    def to_look(self) -> float:
        """After a claim: what is asked later might be answered when it has run out."""
        return self.lease - self.apart - self.call

    @property
    def settling(self) -> timedelta:
        return timedelta(seconds=self.settle)

    @property
    def leasing(self) -> timedelta:
        return timedelta(seconds=self.lease)


@dataclass(frozen=True)
class Farewells:
    """Seconds that each part has when the bot ends. The parts end one after another, in this order.

    `serving`: open requests. `hearing`: what came over Slack's WebSocket. `hanging_up`: to close that. `speaking`: answers.
    `ticking`: a tick. `delivering`: posts under way; whoever comes next looks for what is cut off. `closing`: the rest,
    which are connections and files.
    """

    serving: int = 2
    hearing: float = 2
    hanging_up: float = 0.5
    speaking: float = 2
    ticking: float = 2
    delivering: float = 4
    closing: float = 0.5

    def __post_init__(self) -> None:
        if self.longest >= KILLED_AFTER:
            raise ValueError(f"The bot would be killed before it has ended: {self}")

    @property
    def longest(self) -> float:
        return float(sum(astuple(self)))


FAREWELLS = Farewells()
