"""What every Block Kit model shares: nothing unknown, nothing converted, problems told at their place."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


def problem(message: str, at: str = "") -> PydanticCustomError:
    """A refusal in Slack's words; `at` leads on from the model to the part that is wrong, "/text"."""
    escaped = message.replace("{", "{{").replace("}", "}}")
    return PydanticCustomError("slack", escaped, {"at": at})


def too_long(most: int, at: str = "") -> PydanticCustomError:
    return problem(f"must be less than {most + 1} characters", at)


def one_of(model: BaseModel, *names: str) -> None:
    """Exactly one of these fields is to be given."""
    given = [name for name in names if getattr(model, name) is not None]
    if not given:
        raise problem(f"missing required field: {names[0]}")
    if len(given) > 1:
        raise problem(f"only one of {' and '.join(names)} may be given", f"/{given[1]}")


def _is_address(value: str) -> str:
    scheme, colon, rest = value.partition(":")
    if not (scheme.isalnum() and colon and rest) or any(letter.isspace() for letter in value):
        raise problem("must be a valid URL")
    return value


Id = Annotated[str, Field(min_length=1, max_length=255)]
Address = Annotated[str, Field(min_length=1, max_length=3000), AfterValidator(_is_address)]
Json = dict[str, Any]
