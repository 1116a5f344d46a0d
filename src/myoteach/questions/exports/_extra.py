"""The libraries that only some formats need."""

from __future__ import annotations

import importlib
from typing import Any

from .tally import ExportError


def needed(name: str) -> Any:
    """Import a library of the extra ``export``.

    Raises
    ------
    ExportError
        When it is not installed; the message says how to install it.

    Examples
    --------
    >>> needed("json").dumps([])
    '[]'
    >>> needed("no_such_library")
    Traceback (most recent call last):
    myoteach.questions.exports.tally.ExportError: This format needs no_such_library, which is not installed: pip install 'myoteach[export]'
    """  # noqa: E501  # the message is what is shown
    try:
        return importlib.import_module(name)
    except ImportError as error:
        message = f"This format needs {name}, which is not installed: pip install 'myoteach[export]'"
        raise ExportError(message) from error
