"""Pictures of data: pure functions from records to plotly figures. Loading this room loads no plotly; drawing does."""

from ._cause_items import Item, sign_of
from ._cause_view import CauseView, cause_view, causes_for
from ._places import families_of, group_label, groups_of, locate
from .cause_wheel import MIME, NARROW, cause_wheel, mime_bundle

__all__ = [
    "MIME",
    "NARROW",
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
    "sign_of",
]
