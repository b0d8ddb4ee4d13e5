"""How a page of the golden book is set: words as they are read, and the rest as JSON that a person can read too."""

import json
from typing import Any

from tests.golden.wire import Said

WIDTH = 140
MARGIN = "  "


def set_out(said: Said) -> str:
    """One thing that was said: its `text` line by line, what else it carries, and its blocks one by one."""
    where = f" {said.where}" if said.where else ""
    return "\n".join([f"> {said.how}{where}", *parts(said.body)])


def parts(body: dict[str, Any]) -> list[str]:
    view = body.get("view", {})
    text = body.get("text", "")
    blocks = body.get("blocks", view.get("blocks", []))
    outer = {name: value for name, value in body.items() if name not in ("text", "blocks", "view")}
    inner = {"view": {name: value for name, value in view.items() if name != "blocks"}} if view else {}
    rest = outer | inner
    words = [f"{MARGIN}| {line}".rstrip() for line in text.split("\n")] if text else []
    return [*words, *([readable(rest, MARGIN)] if rest else []), *(readable(one, MARGIN) for one in blocks)]


def readable(thing: Any, margin: str = "") -> str:
    """JSON, on one line where it fits; `type` first, then by name."""
    return margin + _readable(thing, margin, len(margin))


def _readable(thing: Any, margin: str, used: int) -> str:
    line = _dumped(_ordered(thing))
    if used + len(line) <= WIDTH or _runs(thing) <= 1:
        return line
    deeper = margin + MARGIN
    if isinstance(thing, list):
        inside = [f"{deeper}{_readable(one, deeper, len(deeper))}" for one in thing]
        return "[\n" + ",\n".join(inside) + f"\n{margin}]"
    inside = []
    for name, value in _ordered(thing).items():
        begun = f"{deeper}{_dumped(name)}: "
        inside.append(begun + _readable(value, deeper, len(begun)))
    return "{\n" + ",\n".join(inside) + f"\n{margin}}}"


def _runs(thing: Any) -> int:
    """How many runs of words are in it: a single one, however wrapped, is read best on one line."""
    if isinstance(thing, list):
        return sum(map(_runs, thing))
    if isinstance(thing, dict):
        return sum(map(_runs, thing.values())) + ("type" in thing and "text" in thing)
    return 0


def _ordered(thing: Any) -> Any:
    if isinstance(thing, list):
        return [_ordered(one) for one in thing]
    if isinstance(thing, dict):
        return {
            name: _ordered(thing[name]) for name in sorted(thing, key=lambda name: (name != "type", name))
        }
    return thing


def _dumped(thing: Any) -> str:
    return json.dumps(thing, ensure_ascii=False)
