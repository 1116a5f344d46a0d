"""The lessons as a folder of pages that need no kernel and no network."""

from ._build import build_site

__all__ = ["build_site"]
