"""The attempt log of this kernel: one for all that ask questions, so that a session writes one file."""

from __future__ import annotations

from ..questions import AttemptLog, progress_folder

_log: AttemptLog | None = None


def session_log() -> AttemptLog:
    """Return this kernel's log, opened when first asked for.

    A learner whose folder could not be written to may name another (``MYOTEACH_PROGRESS_DIR``) and go on: what was
    waiting in memory is then written there.

    Examples
    --------
    >>> import os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     os.environ["MYOTEACH_PROGRESS_DIR"] = folder
    ...     session_log() is session_log()
    True
    >>> del os.environ["MYOTEACH_PROGRESS_DIR"]
    """
    global _log  # one log a kernel is the point
    if _log is None or _log.folder != progress_folder():
        earlier, _log = _log, AttemptLog()
        if earlier is not None and earlier.message:
            _log.add(earlier.reading.attempts)
    return _log
