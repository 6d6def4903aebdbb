"""From a key to the gaps on the terminal, through a real pty: `python -m benchmarks.estimates.keys [RUNS]`."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from benchmarks.terminal import Terminal

GAPS: Final = b"the puzzle"
"""In the gap strip: it is repainted whole."""
QUIET: Final = 0.3
"""Seconds without output after which nothing more is due; the cursor of the field blinks every 0.5."""
EDITS: Final = {
    "exact": (b"", "1.{:02}B", "stable_diffusion is passed over, whisper changes the audio gap"),
    "sampled": (b"k", "9{:02}M", "stable_diffusion changes the vision gap and the puzzle"),
}
