"""Errors that say one thing to the person at the keyboard, who in a notebook should not have to dig for it."""

from __future__ import annotations

#: So many lines of a message are shown in a notebook; a broken table may have hundreds of problems.
_MOST = 6


class ToldError(Exception):
    """An error whose message says what is wrong and what to do: a notebook shows it without a traceback.

    `str` of the error and its `problems` keep everything; outside a notebook nothing changes.

    Examples
    --------
    >>> class LateError(ToldError, ValueError):
    ...     pass
    >>> LateError("The bell has rung.")._render_traceback_()
    ['The bell has rung.']
    """

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback."""
        lines = str(self).splitlines()
        more = len(lines) - _MOST
        return lines if more <= 0 else [*lines[:_MOST], f"… and {more} more lines, all in str() of this error."]


class UnknownNameError(ToldError, KeyError):
    """A name that somebody typed and that is not there; the sentence says which there are, or which is nearest.

    Examples
    --------
    >>> str(UnknownNameError("There is no cause 'C999'."))
    "There is no cause 'C999'."
    """

    __str__ = Exception.__str__  # a KeyError's own puts quotes around the sentence


class BadValueError(ToldError, ValueError):
    """A value that somebody typed and that cannot be; the sentence says which can.

    Examples
    --------
    >>> isinstance(BadValueError("The speed is 9; expected 0.05 to 1 of real speed."), ValueError)
    True
    """
