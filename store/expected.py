"""What a caller of the store says that expects nothing. Light: no database is imported for it."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal


class _Anything(Enum):
    ANYTHING = "anything"


Anything = Literal[_Anything.ANYTHING]
ANYTHING: Final = _Anything.ANYTHING
"""Whatever there is is changed, as a command does: nobody looked at it before."""
