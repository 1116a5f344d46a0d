"""Where the tables and the notebooks are: inside the installed package, or beside ``src`` in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def content_folder(name: str) -> Path:
    """Return the folder ``data`` or ``notebooks``.

    Raises
    ------
    FileNotFoundError
        When the installation is incomplete.

    Examples
    --------
    >>> (content_folder("data") / "datapackage.json").is_file()
    True
    """
    for root in (_PACKAGE / "_content", _PACKAGE.parents[1]):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"The folder {name!r} of myoteach is missing; install the package again.")
