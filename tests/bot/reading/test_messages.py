"""What a message would be called on an agenda."""

import pytest

from bot.reading.messages import title_of


@pytest.mark.parametrize(
    ("message", "title"),
    [
        ("Rents rise again", "Rents rise again"),
        ("\n \n• Rents\nFood", "• Rents"),
        ("*Rents* and _food_", "Rents and food"),
        ("Rents &lt;3 &amp; food", "Rents <3 & food"),
        ("See <https://example.org/a|the survey>", "See the survey"),
        ("See <https://example.org/a>", "See https://example.org/a"),
        ("<@U0ANA> asks in <#C1|general>", "asks in general"),
        ("<!here> Rents", "Rents"),
        ("<@U0ANA>", ""),
        ("", ""),
        ("\u200b\nRents", "Rents"),
        ("word " * 60, "word " * 7 + "word…"),
        ("a < b", "a < b"),
    ],
)
def test_the_first_line_that_says_anything_is_the_title(message: str, title: str) -> None:
    assert title_of(message, 40) == title
