"""What the widgets' tests share."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def nothing_is_swallowed(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on anything logged: a button logs what its callback raises as a warning and goes on."""
    with caplog.at_level(logging.WARNING):
        yield
    assert not [record.getMessage() for record in caplog.get_records("call")]
