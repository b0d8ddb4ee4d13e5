"""The weather: what goes wrong between the bot and Slack, by chance, and the same again for the same seed."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from handlers.slack.timeouts import Timeouts
from playground.slack import Dropped, Garbled, Hang, RateLimited, ServerError
from playground.slack.faults import HTML, TORN, Disliked, Fault
from playground.slack.faults import Weather as AnyWeather

SHARE = 0.37
"""Of the answers, how many are faulty."""
DISLIKED = "Forbidden"
"""No message with this word gets through, nor an edit."""
STORMY = ("chat.", "conversations.", "files.", "upload")


class Weather:
    """Counts what it did, by name: a run proves nothing about a fault that never came."""

    def __init__(self, seed: int, timeouts: Timeouts, share: float = SHARE) -> None:
        self.counted: Counter[str] = Counter()
        self._random = Random(seed)
        self._to_come: list[str] = []
        self._share = share
        self._timeouts = timeouts

    def __call__(self, method: str) -> Fault | None:
        if not method.startswith(STORMY) or self._random.random() >= self._share:
            return None
        name = self._next()
        self.counted[name] += 1
        return self.faults()[name]

    def _next(self) -> str:
        """Each comes once before any comes again."""
        if not self._to_come:
            self._to_come = list(self.faults())
            self._random.shuffle(self._to_come)
        return self._to_come.pop()

    def faults(self) -> dict[str, Fault]:
        return {
            "dropped before storing": Dropped(),
            "dropped after storing": Dropped(stored=True),
            "stored late": Hang(self._late(), stored=True),
            "hang": Hang(self._late()),
            "500 before storing": ServerError(500),
            "500 after storing": ServerError(500, stored=True),
            "503": ServerError(503),
            "429": RateLimited(1),
            "torn JSON": Garbled(*TORN, stored=True),
            "HTML": Garbled(*HTML, status=502, stored=True),
        }

    def _late(self) -> float:
        """After the bot has given up, and surely before it looks."""
        return self._timeouts.call + self._random.uniform(0.1, 0.5) * self._timeouts.settle


@dataclass
class Firewall:
    """It stands between the bot and Slack in any weather."""

    weather: AnyWeather
    faults: dict[str, Fault] = field(
        default_factory=lambda: {
            "chat.postMessage": Garbled(*HTML, status=403),
            "chat.update": ServerError(500),
        }
    )

    def __call__(self, method: str) -> Fault | None:
        otherwise = self.weather(method)
        return Disliked(DISLIKED, self.faults[method], otherwise) if method in self.faults else otherwise
