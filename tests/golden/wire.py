"""What the bot said over the wire since somebody last listened, without what is another at every run."""

import json
from typing import Any, NamedTuple

from tests.handlers.documents.reading import words_in
from tests.story import Story

Json = dict[str, Any]

SHARED = "files.completeUploadExternal"
SPOKEN = ("chat.delete", "chat.post", "chat.update", "views.", SHARED)
"""The methods that show something. How often the bot asks Slack for something is no part of what people see."""
BY_CHANCE = {"trigger_id", "view_id", "hash", "ts"}
"""Ids that Slack makes up. Which message is edited is told by its first words."""
OF_POSTS = {"post.it_is_there", "post.again"}
"""Their value is the id of a post, of which Postgres leaves some out."""


class Said(NamedTuple):
    """`how` it was said, and `where` for whom, where that is not plain from the deed before it."""

    how: str
    where: str
    body: Json


class Wire:
    """Everything that reaches the small Slack: calls, acknowledgements, and what comes by response_url."""

    def __init__(self, slack: Story) -> None:
        self._slack = slack
        self._heard = [0, 0, 0]
        self._first_words: dict[tuple[str, str], str] = {}

    def since(self) -> list[Said]:
        """Answers as they came; then what was delivered, place by place, whichever place was the first."""
        calls, acknowledgements, later = self._fresh()
        answers = [Said("acknowledged with", "", body) for body in acknowledgements if body]
        answers += [Said("answered by response_url", "", body) for body in later]
        told = [self._told(call.method, dict(call.arguments)) for call in calls if _is_spoken(call.method)]
        opened = [one for one in told if one.how.startswith("views.")]
        delivered = _place_by_place([one for one in told if one not in opened])
        return [*map(_without_chance, (*answers, *opened)), *delivered]

    def _fresh(self) -> list[list[Any]]:
        everything = [self._slack.calls, self._slack.acknowledgements, self._slack.later_answers]
        fresh = [all_[heard:] for all_, heard in zip(everything, self._heard, strict=True)]
        self._heard = [len(all_) for all_ in everything]
        return fresh

    def _told(self, method: str, arguments: Json) -> Said:
        body = {name: _read(value) for name, value in arguments.items()}
        if method.startswith("views."):
            return Said(method, "", body)
        if method == SHARED:
            files = [self._file(one["id"]) for one in body.pop("files")]
            return Said(method, self._place(body.pop("channel_id")), body | {"files": files})
        channel = body.pop("channel")
        if method != "chat.postMessage":
            body["what said at first"] = self._at_first(channel, body["ts"])
        return Said(method, self._place(channel), body)

    def _file(self, file_id: str) -> Json:
        """As whoever opens it reads it, without what is made up: its number, and the mark in its name."""
        file = self._slack.world.files[file_id]
        name, _, mark = file.name.rpartition("-")
        ending = mark.partition(".")[2]
        lines = words_in(file.name, file.content or b"").splitlines()
        kept = [line for line in lines if not line.startswith("UID:")]
        return {"title": file.title, "name": f"{name}.{ending}"} | ({"content": kept} if kept else {})

    def _at_first(self, channel: str, ts: str) -> str:
        """The first words of a message, when it was posted. A file has none before its blocks."""
        posted = (one for one in self._slack.ledger if (one.channel, one.ts) == (channel, ts))
        return (next(posted).text or "(a file)").splitlines()[0]

    def _place(self, channel_id: str) -> str:
        channel = self._slack.world.channels[channel_id]
        if not channel.is_im:
            return f"in #{channel.name}"
        [person] = set(channel.members) - {self._slack.app.user_id}
        return f"to {self._slack.world.people[person].real_name}"


def _is_spoken(method: str) -> bool:
    return method.startswith(SPOKEN)


def _place_by_place(delivered: list[Said]) -> list[Said]:
    """Of several edits of one message the last; and what is the same in several places once."""
    edits = {(one.where, one.body["ts"]): one for one in delivered if "ts" in one.body}
    kept = [*(one for one in delivered if "ts" not in one.body), *edits.values()]
    places: dict[tuple[str, str], list[str]] = {}
    for one in map(_without_chance, kept):
        places.setdefault((one.how, json.dumps(one.body)), []).append(one.where)
    merged = [Said(how, ", ".join(sorted(where)), json.loads(body)) for (how, body), where in places.items()]
    return sorted(merged, key=lambda one: (one.where, one.how, json.dumps(one.body)))


def _read(value: Any) -> Any:
    """Some arguments of a call are JSON in a form's field."""
    return json.loads(value) if isinstance(value, str) and value.startswith(("{", "[")) else value


def _without_chance(said: Said) -> Said:
    return said._replace(body=_cleaned(said.body))


def _cleaned(thing: Any) -> Any:
    if isinstance(thing, list):
        return [_cleaned(one) for one in thing]
    if not isinstance(thing, dict):
        return thing
    kept = {name: _cleaned(value) for name, value in thing.items() if name not in BY_CHANCE}
    if kept.get("action_id") in OF_POSTS:
        kept["value"] = "the post's id"
    if "reference" in kept:
        kept["reference"] = "the post's reference"
    if kept.get("type") == "link":
        kept["url"] = kept["url"].rpartition("/")[0]  # which message it leads to is by chance
    return kept
