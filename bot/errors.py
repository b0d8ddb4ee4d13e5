"""What may go wrong on a person's side."""


class UserError(Exception):
    """Its text may be shown to a person.

    `field` names the form field it is about, where there is one.
    """

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.field = field
