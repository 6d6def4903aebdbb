"""Who runs the program."""

from __future__ import annotations

import getpass


def system_user() -> str:
    """Return the name of whoever runs the program."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # No entry for this user id, as in some containers.
        return "somebody"
