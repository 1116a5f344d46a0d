"""The course: the notebooks as a learner receives them, and how JupyterLab opens on them."""

from ._doctor import Finding, examine
from ._lab import open_lab, write_lab_settings
from ._notebooks import CourseError, copy_notebooks

__all__ = ["CourseError", "Finding", "copy_notebooks", "examine", "open_lab", "write_lab_settings"]
