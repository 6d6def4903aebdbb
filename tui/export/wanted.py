"""What is asked of an export beside the debate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hypotheses.reports.style import MarkdownStyle
from hypotheses.timeline import Stand


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of an export beside the debate."""

    style: MarkdownStyle = field(default_factory=MarkdownStyle)
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Slug -> why its plausibility was last revised."""
    stands: Callable[[], Sequence[Stand]] = tuple
    """Gives what everybody had stated, after every change of it."""
    remark: str = ""
    """A sentence that stands before everything, where there is room for one."""
    name: str = "debate"
    """What the file is called, without its ending: what is written beside it is called so too."""


Written = str | bytes | Mapping[str, str]
"""The text or the bytes of a file, or the texts of a folder by their places in it."""
