"""One thing that Slack tells the app, as it goes over the wire: signed HTTP or an envelope of Socket Mode."""

import hashlib
import hmac
import json
import secrets
import urllib.parse
from dataclasses import dataclass, field
from typing import Literal

from playground.slack.world import Json

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True)
class Retry:
    number: int
    reason: str


@dataclass(frozen=True)
class Delivery:
    kind: Kind
    payload: Json
    retry: Retry | None = None
    envelope_id: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def body(self) -> bytes:
        """docs.slack.dev: commands are forms, interactions are a form with `payload`, events are JSON."""
        if self.kind == "events_api":
            return json.dumps(self.payload).encode()
        form = self.payload if self.kind == "slash_commands" else {"payload": json.dumps(self.payload)}
        return urllib.parse.urlencode(form).encode()

    def headers(self, secret: str, now: float) -> dict[str, str]:
        """With the signature of this body at this moment (docs.slack.dev/authentication/verifying-requests-from-slack)."""
        timestamp = str(int(now))
        signed = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + self.body, hashlib.sha256)
        form = "application/x-www-form-urlencoded"
        headers = {
            "Content-Type": "application/json" if self.kind == "events_api" else form,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={signed.hexdigest()}",
        }
        if self.retry:
            headers |= {
                "X-Slack-Retry-Num": str(self.retry.number),
                "X-Slack-Retry-Reason": self.retry.reason,
            }
        return headers

    @property
    def envelope(self) -> Json:
        """docs.slack.dev/apis/events-api/using-socket-mode."""
        envelope: Json = {
            "envelope_id": self.envelope_id,
            "type": self.kind,
            "payload": self.payload,
            "accepts_response_payload": self.kind != "events_api",
        }
        if self.kind == "events_api":
            retry = self.retry or Retry(0, "")
            envelope |= {"retry_attempt": retry.number, "retry_reason": retry.reason}
        return envelope


@dataclass(frozen=True)
class Answer:
    status: int
    payload: Json = field(default_factory=dict)
    retry: bool = True
    """False: the app asked, with `x-slack-no-retry`, not to be told this event again."""
