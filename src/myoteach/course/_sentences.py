"""What every file for learners says at its end, in the pages of the site as on the last slide."""

from __future__ import annotations

#: What the lessons are and are not.
SAFETY = "For teaching. Not medical advice and not a diagnosis; no clinician has signed the tables yet."
#: Under which terms a file may be passed on.
LICENCE = "Content CC BY 4.0, code BSD-3-Clause. myoteach {version}. This page asks nothing of any network."
#: Where questions are: what a reader of the file could find.
KEYS_TRAVEL = "the keys of these practice questions travel with the page, and who opens its files can read them."
