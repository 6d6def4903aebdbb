"""Write the tables in the docs that come from the program, and the schema of its JSON: `python docs/make_tables.py`.

A table stands between `<!-- table: NAME -->` and `<!-- end of table -->`; the test of the docs finds one that is old.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from textual.keys import format_key

from hypotheses.doubted import doubted
from hypotheses.doubts import Case
from hypotheses.ranking import format_plausibility, format_span, ranked
from hypotheses.reports.debate_json_schema import debate_json_schema
from store.bundled import bundled_debate
from tui.commands import APP, COMMANDS, SCREENS, TRYING, Command
from tui.export.formats import FORMATS, VARIANTS, Format

PAGES: Final = [Path(__file__).parent / name for name in ("guide.md", "settings.md")]


def doubts() -> str:
    """Return what the evidence says of the bundled debate under each doubt, with places."""
    debate = bundled_debate()
    says, order = doubted(debate), [h.slug for h in ranked(debate)]

    def row(name: str, case: Case) -> str:
        cells = (f"{format_plausibility(case.implied[slug])} ({case.order.index(slug) + 1})" for slug in order)
        return f"| {name} | {' | '.join(cells)} |"

    lines = [
        f"| | {' | '.join(debate.hypotheses[slug].title for slug in order)} |",
        f"| --- {'| ---: ' * len(order)}|",
        row("As rated", says.rated),
    ]
    for under in says.under:
        if under.cases:
            name, worst = under.worst(says.first)
            label = f"{under.doubt.label} ({name}, of {len(under.cases)})" if name else under.doubt.label
            lines.append(row(f"*{label}*" if under.doubt.owners else label, worst))
    spans = (format_span(says.span(slug)) for slug in order)
    return "\n".join([*lines, f"| **Span** | {' | '.join(spans)} |"])


def commands() -> str:
    """Return every command with the name that the settings call it by, and the keys that it comes with."""

    def row(command: Command) -> str:
        keys = " ".join(f"`{WRITTEN.get(key) or format_key(key)}`" for key in command.keys.split(","))
        screens = [name for name in SCREENS if command in SCREENS[name]]
        where = "everywhere" if command in APP else ", ".join(screens) or "every screen"
        return f"| `{command.id}` | {keys} | {command.name} | {'a trial' if command in TRYING else where} |"

    return "\n".join(["| Command | Keys | What | Where |", "| --- | --- | --- | --- |", *map(row, COMMANDS.values())])


def formats() -> str:
    """Return every format with what says it, what it is, and the options that go with it."""

    def row(one: Format) -> str:
        asked = f"`{one.kind}`" + (f" `{VARIANTS[one.kind].option} {one.variant}`" if one.variant else "")
        endings = " ".join(f"`{ending}`" for ending in one.endings)
        options = " ".join(f"`{option}`" for option in sorted(one.options - {"--form", "--table", "--chart"}))
        return f"| {asked} | {endings} | {one.title}: {one.about} | {options or '–'} |"

    return "\n".join(["| `--format` | Endings | What | Options |", "| --- | --- | --- | --- |", *map(row, FORMATS)])


TABLES: Final[Mapping[str, Callable[[], str]]] = {"doubts": doubts, "commands": commands, "formats": formats}
WRITTEN: Final = {"shift+up": "shift+↑", "shift+down": "shift+↓", "delete": "delete", "backspace": "backspace"}
"""Keys that the guide writes in another way than the screen."""


def with_tables(text: str) -> str:
    """Return a page with its tables as they are now."""
    return re.sub(
        r"(<!-- table: (\w+) -->\n).*?(\n<!-- end of table -->)",
        lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n{found[3]}",
        text,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
    (Path(__file__).parent / "debate.schema.json").write_text(debate_json_schema(), encoding="utf-8")
