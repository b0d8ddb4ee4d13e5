"""The playground's page: a browser window that looks and behaves like Slack, drawn from the small Slack's world."""

from pathlib import Path

from fastapi import FastAPI, Request
from nicegui import ui

from playground.page.window import Scene, Window

STYLE = Path(__file__).with_name("style.css")
AWAY_AT_MOST = 60.0
"""Seconds that a browser may be silent, as on a busy machine, before its page is forgotten with what stood open in it."""


def page(scene: Scene) -> FastAPI:
    """The ASGI app that serves the page. `?as=U0ANA&in=C0SHARED` says who one is and where."""
    app = FastAPI()

    @ui.page("/", title="Playground", favicon="🗓️")
    def open_window(request: Request) -> None:
        ui.add_css(STYLE)
        window = Window(scene, _person(scene, request), request.query_params.get("in", ""))
        ui.context.client.on_delete(scene.slack.world.watch(window.watch))

    ui.run_with(app, tailwind=False, dark=None, reconnect_timeout=AWAY_AT_MOST)
    return app


def _person(scene: Scene, request: Request) -> str:
    wished = request.query_params.get("as", "")
    return wished if wished in scene.roles else next(iter(scene.roles))
