"""The course: the notebooks as a learner receives them, and how JupyterLab opens on them."""

from ._lab import open_lab
from ._notebooks import CourseError, copy_notebooks

__all__ = ["CourseError", "copy_notebooks", "open_lab"]
