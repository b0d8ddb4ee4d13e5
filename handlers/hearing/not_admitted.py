"""Why somebody who speaks is not admitted, or not yet."""

from bot.errors import NothingChanged, UserError, Words


class NothingSetUp(UserError):
    """Whoever runs the workspace may begin."""

    def __init__(self) -> None:
        super().__init__(
            Words("Nothing is set up here yet. An admin of this workspace begins with /agenda setup.")
        )


class NotMetYet(UserError):
    """Somebody opened Home, and has done nothing else here before."""

    def __init__(self) -> None:
        super().__init__(
            Words("I do not know you yet. Press the button. From then on this page shows how things stand.")
        )


class NotInChannel(NothingChanged):
    """Somebody who is not in the shared channel. `is_known`: something is kept about them."""

    def __init__(self, *, is_known: bool) -> None:
        super().__init__(
            "This is for people who are in the shared channel.", then=Words("Ask an admin to add you there.")
        )
        self.is_known = is_known


class NotIdentifiedYet(Exception):
    """Somebody of whom we do not know who they are. `channel_id`: the channel that they have to be in, if we do not know that either.

    `is_admin`: they keep the settings, also of a channel that the bot can't look into.
    """

    def __init__(self, channel_id: str | None, *, is_admin: bool) -> None:
        self.channel_id = channel_id
        self.is_admin = is_admin


class LearntOnTheWay(Exception):
    """Something of who speaks is to be written down that may change who decides, and for that the unit has to be alone from the start."""
