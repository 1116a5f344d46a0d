"""The lessons with a Python that runs in the reader's browser: JupyterLite, served with the site."""

from ._build import build_lite

__all__ = ["build_lite"]
