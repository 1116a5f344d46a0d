"""The course: the notebooks as a learner receives them, and how JupyterLab opens on them."""

from ._app import open_app
from ._doctor import Finding, examine
from ._lab import open_lab, write_lab_settings
from ._notebooks import CourseError, copy_notebooks, write_copies

__all__ = [
    "CourseError",
    "Finding",
    "copy_notebooks",
    "examine",
    "open_app",
    "open_lab",
    "write_copies",
    "write_lab_settings",
]
