"""What a lesson's own kernel does after its last cell: complete its explorers, and show what only it can show."""

from __future__ import annotations

#: Pictures of what needs Python while it is used, by the widget's id; see `stills` of the laboratory.
STILLS = "application/x-myoteach-stills+json"


def harvest() -> None:
    """Ask every widget for its whole state, which brings what an explorer had put off, and display the stills.

    Examples
    --------
    >>> harvest()  # doctest: +ELLIPSIS
    {...}
    """
    from IPython.display import display  # noqa: PLC0415  # a notebook has it loaded
    from ipywidgets.widgets import widget  # noqa: PLC0415

    stills = {}
    for name, each in list(widget._instances.items()):
        each.get_state()
        if hasattr(each, "stills"):
            stills[name] = each.stills()
    display({STILLS: stills}, raw=True)  # type: ignore[no-untyped-call]
