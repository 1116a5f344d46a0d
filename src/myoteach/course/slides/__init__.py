"""A lesson as slides in one file that needs no kernel and no network."""

from ._build import build_slides

__all__ = ["build_slides"]
