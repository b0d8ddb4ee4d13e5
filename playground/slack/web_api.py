"""The Web API over HTTP: who calls, what they may, and Slack's answer (docs.slack.dev/apis/web-api)."""

import json
from dataclasses import dataclass

from aiohttp import web

from playground.slack.arguments import Arguments
from playground.slack.errors import SlackError
from playground.slack.faults import Faults
from playground.slack.installation import Installation
from playground.slack.limits import PostingLimit
from playground.slack.methods import METHODS, Method
from playground.slack.world import Json

UPLOAD = "upload"
"""What stands for the method where the bytes of a file come in, which is none."""


@dataclass(frozen=True)
class Called:
    method: str
    arguments: Json


class WebApi:
    def __init__(self, installation: Installation, faults: Faults, limit: PostingLimit | None) -> None:
        self._installation = installation
        self._faults = faults
        self.limit = limit
        self.calls: list[Called] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        answer, app = await self._answer(request), self._installation.app
        if app.tells_scopes:
            answer.headers["x-oauth-scopes"] = ",".join(sorted(app.scopes))
        return answer

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            arguments = await _arguments(request)
            self.calls.append(Called(name, arguments.given))
            method = self._allowed(name, _token(request, arguments))
            if self.limit and name == "chat.postMessage":
                self.limit.check(arguments.text("channel"))
            return await self._faults.answered(name, lambda: self._done(method, arguments), request)
        except SlackError as refused:
            return _refusal(refused)

    async def take_upload(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file come to an address of their own, without a token (docs.slack.dev/messaging/working-with-files)."""
        ticket, content = request.match_info["ticket"], await request.read()
        self.calls.append(Called(UPLOAD, {"length": len(content)}))
        try:
            return await self._faults.answered(UPLOAD, lambda: self._uploaded(ticket, content), request)
        except SlackError as refused:
            return web.Response(status=400, text=refused.error)

    def _uploaded(self, ticket: str, content: bytes) -> web.Response:
        try:
            self._installation.files.take(ticket, content)
        except SlackError as refused:
            return web.Response(status=400, text=refused.error)
        return web.Response(text=f"OK - {len(content)}")

    def _allowed(self, name: str, token: str) -> Method:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        if method.token is None:
            return method
        if not token:
            raise SlackError("not_authed")
        if token not in (self._installation.app.bot_token, self._installation.app.app_token):
            raise SlackError("invalid_auth")
        if not token.startswith(method.token):
            raise SlackError("not_allowed_token_type")
        if method.scope:
            self._installation.app.needs(method.scope)
        return method

    def _done(self, method: Method, arguments: Arguments) -> web.Response:
        """Does what was asked; a refusal is an answer like another."""
        try:
            answer = {"ok": True} | method.answer(self._installation, arguments)
        except SlackError as refused:
            return _refusal(refused)
        return web.json_response(answer)


def _refusal(refused: SlackError) -> web.Response:
    body = {"ok": False, "error": refused.error} | refused.more
    if refused.error == "ratelimited":
        return web.json_response(body, status=429, headers={"Retry-After": "1"})
    return web.json_response(body)


def _token(request: web.Request, arguments: Arguments) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind == "Bearer" else str(arguments.given.pop("token", ""))


async def _arguments(request: web.Request) -> Arguments:
    if request.content_type == "application/json":
        return Arguments(_from_json(await request.text()))
    form = await request.post()
    return Arguments(
        {**request.query, **{name: value for name, value in form.items() if isinstance(value, str)}}
    )


def _from_json(body: str) -> Json:
    try:
        given = json.loads(body or "{}")
    except json.JSONDecodeError as unreadable:
        raise SlackError("invalid_json") from unreadable
    if not isinstance(given, dict):
        raise SlackError("json_not_object")
    return given
