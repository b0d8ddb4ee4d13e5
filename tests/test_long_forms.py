"""What is slow is left out of `make quick`, and what is long of both: a mark that comes too late would leave it in unnoticed."""

import pytest


def test_what_is_left_out_is_not_tried(request: pytest.FixtureRequest) -> None:
    left_out = [] if request.config.getoption("--long") else ["long"]
    if request.config.getoption("markexpr") == "not slow":
        left_out.append("slow")
    tried = {mark.name for item in request.session.items for mark in item.iter_markers()}
    assert tried.isdisjoint(left_out)
