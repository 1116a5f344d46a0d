"""Pictures of data: pure functions from records to plotly figures. Loading this room loads no plotly; drawing does."""

from ._cause_view import SIGNS, CauseView, Item, cause_view, causes_for
from ._places import families_of, group_label, groups_of, locate
from .cause_wheel import NARROW, cause_wheel, mime_bundle

__all__ = [
    "NARROW",
    "SIGNS",
    "CauseView",
    "Item",
    "cause_view",
    "cause_wheel",
    "causes_for",
    "families_of",
    "group_label",
    "groups_of",
    "locate",
    "mime_bundle",
]
