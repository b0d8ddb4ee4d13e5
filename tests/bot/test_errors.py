"""An error is a message and its values, and the values stay out of logs."""

import traceback

import pytest

from bot.errors import Lines, Name, NothingChanged, UserError, Words

ERRORS = [
    UserError("“{typed}” has no title.", typed="Quetzal"),
    UserError(Words("“{typed}” has no title.", typed="Quetzal")),
    UserError(Lines((Words("{place}: {fault}", place="Quetzal", fault=Words("Empty.")),))),
    NothingChanged("{name} has answered this already.", name=Name("Quetzal"), then=Words("Look again.")),
]


@pytest.mark.parametrize("error", ERRORS)
def test_no_value_gets_into_a_traceback(error):
    assert "Quetzal" not in "".join(traceback.format_exception(error)) + str(error) + repr(error)


def test_a_message_given_with_its_values_is_the_same_as_one_made_before():
    given = UserError("“{typed}” has no title.", field="title", typed="Quetzal")
    assert given.words == Words("“{typed}” has no title.", typed="Quetzal")
    assert given.field == "title"
