"""Where the tables and the notebooks are: inside the installed package, or beside ``src`` in a checkout."""

from __future__ import annotations

from pathlib import Path

from ._told import ToldError

_PACKAGE = Path(__file__).resolve().parent


class IncompleteError(ToldError, FileNotFoundError):
    """A part of the installed package is missing."""


def content_folder(name: str) -> Path:
    """Return the folder ``data`` or ``notebooks``.

    Raises
    ------
    IncompleteError
        When the installation is incomplete.

    Examples
    --------
    >>> (content_folder("data") / "datapackage.json").is_file()
    True
    """
    for root in (_PACKAGE / "_content", _PACKAGE.parents[1]):
        if (root / name).is_dir():
            return root / name
    raise IncompleteError(f"The folder {name!r} of myoteach is missing; install the package again.")
