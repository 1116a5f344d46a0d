"""``python -m myoteach`` is the ``myoteach`` command."""

import sys

from .cli import main

sys.exit(main())
