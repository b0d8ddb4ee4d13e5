"""Files in the small Slack: promised by an id, uploaded, and shared once they were scanned (docs.slack.dev/messaging/working-with-files)."""

import asyncio
import secrets
from dataclasses import replace

from playground.slack.app import App
from playground.slack.errors import SlackError
from playground.slack.world import File, Json, Message, World


class Files:
    """A file is promised, gets its bytes at an address that takes them once, and is completed; then Slack scans and shares it.

    `scan_takes`: seconds in which a file that was completed is not shared yet; None: it is not before `scan_ends`, though the app was told `ok`.
    """

    def __init__(self, world: World, app: App) -> None:
        self._world = world
        self._app = app
        self._promised: dict[str, str] = {}
        self._scans: set[asyncio.TimerHandle] = set()
        self._scanned_for_ever: list[Message] = []
        self.scan_takes: float | None = 0.0
        self.base = ""

    def promise(self, name: str, length: int) -> tuple[File, str]:
        """The file to be, and the address that takes its bytes."""
        file = File(
            self._world.new_id("F"), name, length, self._app.user_id, created=int(self._world.clock())
        )
        self._world.files[file.id] = file
        ticket = secrets.token_urlsafe(18)
        self._promised[ticket] = file.id
        return file, self.base + ticket

    def take(self, ticket: str, content: bytes) -> None:
        """Raises SlackError where nothing was promised there, or something else."""
        file = self._world.files.get(self._promised.pop(ticket, ""))
        if file is None:
            raise SlackError("not_found")
        if len(content) != file.length:
            raise SlackError("invalid_length")
        file.content = content

    def uploaded(self, file_id: str) -> File:
        """One that waits for its completion."""
        file = self._world.files.get(file_id)
        if file is None or file.content is None or file.is_complete:
            raise SlackError("file_not_found")
        return file

    def known(self, file_id: str) -> File:
        file = self._world.files.get(file_id)
        if file is None or not file.is_complete:
            raise SlackError("file_not_found")
        return file

    def delete(self, file: File) -> None:
        del self._world.files[file.id]
        for messages in self._world.messages.values():
            for message in messages:
                message.files = [one for one in message.files if one != file.id]

    def share(self, message: Message) -> None:
        """The message appears when its files were scanned."""
        if self.scan_takes is None:
            self._scanned_for_ever.append(message)
            return
        if not self.scan_takes:
            self._world.add(message)
            return
        loop = asyncio.get_running_loop()
        self._scans.add(loop.call_later(self.scan_takes, self._has_scanned, message))

    def scan_ends(self) -> None:
        """What seemed to be scanned for ever is shared."""
        while self._scanned_for_ever:
            self._has_scanned(self._scanned_for_ever.pop(0))

    def _has_scanned(self, message: Message) -> None:
        self._world.add(replace(message, ts=self._world.next_ts()))

    def stop(self) -> None:
        for scan in self._scans:
            scan.cancel()

    def as_json(self, file: File) -> Json:
        """docs.slack.dev/reference/objects/file-object. Before it was scanned, Slack does not say of what kind it is."""
        shares = self._shares(file)
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title or file.name,
            "user": file.user,
            "size": file.length,
            "mimetype": "application/octet-stream" if shares else "",
            "shares": shares,
        }

    def _shares(self, file: File) -> Json:
        shares: Json = {}
        for channel in self._world.channels.values():
            stands = [one.ts for one in self._world.messages.get(channel.id, ()) if file.id in one.files]
            if stands:
                family = shares.setdefault("private" if channel.is_private else "public", {})
                family[channel.id] = [{"ts": ts} for ts in stands]
        return shares
