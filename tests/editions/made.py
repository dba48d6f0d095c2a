"""Where the editions are: EDITIONS names another folder than `make` writes them to."""

import os
from pathlib import Path

from pdf import EDITIONS

MADE = Path(os.environ.get("EDITIONS", EDITIONS))
