"""When the program itself fails: a log without anybody's data, and one sentence."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime

from store import paths


def told_of(error: BaseException) -> str:
    """Log an unexpected error and return the sentence for the person."""
    return f"an unexpected error ended the program: {type(error).__name__}; {log_unexpected(error)}"


def log_unexpected(error: BaseException) -> str:
    """Append a traceback (no local variables) to a log only its owner can read; return where the details are."""
    log = paths.data_folder() / paths.CRASH_LOG_NAME
    entry = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n{''.join(traceback.format_exception(error))}\n"
    try:
        paths.make_private(log.parent)
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(entry)
    except OSError as failed:
        return f"the details could not be written ({failed.strerror})"
    return f"the details are in {log}"
