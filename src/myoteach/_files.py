"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a stop in between, or a disk that fills up, leaves what was there before.

    Raises
    ------
    OSError
        When it cannot be written; nothing new is left behind.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "a.txt", b"whole")
    ...     [(path.name, path.read_bytes()) for path in Path(folder).iterdir()]
    [('a.txt', b'whole')]
    """
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)  # noqa: PTH105  # atomic
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
