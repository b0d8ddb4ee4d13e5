"""How buttons, menus and forms say which item of the list after a meeting they are about."""


def on_list(meeting_id: int, item_id: int, page: int, *more: str | int) -> str:
    """The meeting, the item and the page on which it stands, then what is to be said of it. `handlers.listeners.listed` reads it."""
    return ":".join(map(str, (meeting_id, item_id, page, *more)))
