"""What Pandoc and Quarto read otherwise than others: citations by keys, and marks that others do not have."""

from __future__ import annotations

import json
import re
from typing import Final

from hypotheses.reports.text import one_line

_OPEN, _CLOSE = "\ue001", "\ue002"
"""Stand around the key of a citation until everything else is told that it is none."""
_CITED: Final = re.compile(f"((?:{_OPEN}[\\w.:+-]+{_CLOSE})+)", re.ASCII)
_KEY: Final = re.compile(f"{_OPEN}([^{_CLOSE}]+){_CLOSE}")
_ACTIVE: Final = re.compile(
    r"(?P<kept>^[ ]{0,3}(?P<fence>```+|~~~+)[\s\S]*?(?:^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<ticks>`+)(?!`)[\s\S]*?(?<!`)(?P=ticks)(?!`)|<https?://[^>\s]*>|~~|\\.)|[@^~]",
    re.MULTILINE,
)
"""Code, addresses and what is escaped, which are as everywhere; else what would cite, raise or lower."""


def cited(key: str) -> str:
    """Mark where a source is cited."""
    return f"{_OPEN}{key}{_CLOSE}"


def for_pandoc(page: str, title: str, bibliography: str) -> str:
    """Return a page with citations and a header, for which Pandoc writes the list of what is cited at its end."""
    text = _ACTIVE.sub(lambda found: found[0] if found["kept"] else f"\\{found[0]}", page)
    text = _CITED.sub(lambda found: f" [{'; '.join(f'@{key}' for key in _KEY.findall(found[1]))}]", text)
    facts = {"title": one_line(title), "bibliography": bibliography}
    header = "\n".join(f"{name}: {json.dumps(fact, ensure_ascii=False)}" for name, fact in facts.items())
    return f"---\n{header}\n---\n\n{text}\n## Sources\n"
