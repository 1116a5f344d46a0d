"""Questions: read, checked, shown without their key, marked and explained; progress that lasts.

Standard library, with PyYAML to read the bank and platformdirs to find the progress folder, both loaded when needed;
the review queue needs ``fsrs`` (the extra ``quiz``).

Examples
--------
>>> from myoteach import load
>>> from myoteach.questions import DONT_KNOW, draft_items, grade, show
>>> item = draft_items(load(), 1)[0]          # or read_bank().item("Q06-001")
>>> [text for _, text in show(item).options] != []
True
>>> grade(item, DONT_KNOW).verdict
'not known'
"""

from ._check import check_bank, describe_bank, lint_bank, lint_item
from ._lint_bank import BotScore, bot_scores, leaks
from ._problems import BankError, Problem
from ._queue import ContrastPair, category_of, contrast_pairs, mix, review_queue
from ._read import read_bank
from ._registry import BANK_LINTS, LINTS
from ._schedule import due_times
from .attempts import Attempt
from .cards import DECKS, RATINGS, Card, card_queue, cards, is_card, rows_of_lesson
from .drafts import draft_items, other_keys, speaks_against
from .items import Bank, Case, Choice, Item, Matching, Numeric, Option, Ordering, Picture, Premise, Stage
from .log import AttemptLog, Damage, LogReading, forgets_all, progress_folder, read_lines, read_log
from .marking import DONT_KNOW, Mark, OptionNote, ResponseError, Shown, grade, normalise, points, show
from .overview import Overview, Tally, is_known, overview
from .progress import ItemProgress, Progress, fold
from .resume import Imported, ResumeError, import_code, read_code, resume_code
from .transfer import MAX_UPLOAD, Taken, UploadError, import_file, log_file

__all__ = [
    "BANK_LINTS",
    "DECKS",
    "DONT_KNOW",
    "LINTS",
    "MAX_UPLOAD",
    "RATINGS",
    "Attempt",
    "AttemptLog",
    "Bank",
    "BankError",
    "BotScore",
    "Card",
    "Case",
    "Choice",
    "ContrastPair",
    "Damage",
    "Imported",
    "Item",
    "ItemProgress",
    "LogReading",
    "Mark",
    "Matching",
    "Numeric",
    "Option",
    "OptionNote",
    "Ordering",
    "Overview",
    "Picture",
    "Premise",
    "Problem",
    "Progress",
    "ResponseError",
    "ResumeError",
    "Shown",
    "Stage",
    "Taken",
    "Tally",
    "UploadError",
    "bot_scores",
    "card_queue",
    "cards",
    "category_of",
    "check_bank",
    "contrast_pairs",
    "describe_bank",
    "draft_items",
    "due_times",
    "fold",
    "forgets_all",
    "grade",
    "import_code",
    "import_file",
    "is_card",
    "is_known",
    "leaks",
    "lint_bank",
    "lint_item",
    "log_file",
    "mix",
    "normalise",
    "other_keys",
    "overview",
    "points",
    "progress_folder",
    "read_bank",
    "read_code",
    "read_lines",
    "read_log",
    "resume_code",
    "review_queue",
    "rows_of_lesson",
    "show",
    "speaks_against",
]
