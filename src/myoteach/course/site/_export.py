"""nbconvert's HTML exporter with the site's own template."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent


@cache
def _exporter() -> Any:
    from nbconvert import HTMLExporter  # noqa: PLC0415  # a second, and only the site needs it

    return HTMLExporter(
        template_name="template", extra_template_basedirs=[str(_HERE)], exclude_anchor_links=True, embed_images=True
    )


def export(notebook: Any, page: dict[str, Any]) -> str:
    """Return a notebook as a page.

    Parameters
    ----------
    notebook
        Executed; its outputs are HTML or text only.
    page
        What the template shows around it.
    """
    text, _ = _exporter().from_notebook_node(notebook, resources={"page": page})
    return str(text)
