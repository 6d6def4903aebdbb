"""A debate written to a file from inside the app: the ending of the file's name says the format."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from hypotheses.debate import Debate
from hypotheses.problems import Malformed

FORMATS = {".md": "Markdown", ".markdown": "Markdown", ".json": "JSON", ".yaml": "YAML", ".yml": "YAML"}


def read_target(text: str) -> str:
    """Say what would be written; Malformed if the name has no known ending."""
    path, force = _target(text)
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise Malformed(f"{path.name!r} does not say a format; expected a name ending in .md, .json or .yaml")
    if path.exists() and not force:
        raise Malformed(f"{path} is there already; put a ! after the name to replace it")
    return f"{kind} to {path.absolute()}"


def write(debate: Debate, text: str, reasons: Mapping[str, str], *, sparing: Collection[Path]) -> str:
    """Write the debate, with the reasons of plausibilities, to the named file, but to none of those to spare.

    Returns what was done.

    Raises:
        AbduceError: the file cannot be written.
    """
    # Imported late: nothing of this is needed to open the app.
    from hypotheses.reports.debate_json import debate_json  # noqa: PLC0415
    from hypotheses.reports.markdown import markdown  # noqa: PLC0415
    from store.disk import write_whole  # noqa: PLC0415
    from store.file.debate_file import write_debate  # noqa: PLC0415

    path, force = _target(text)
    kind = FORMATS[path.suffix.lower()]
    if kind == "Markdown":
        whole = markdown(debate, reasons=reasons)
    else:
        whole = debate_json(debate) if kind == "JSON" else write_debate(debate)
    write_whole(path, whole, sparing=sparing, force=force)
    return f"Exported to {path}"


def _target(text: str) -> tuple[Path, bool]:
    name = text.strip()
    return Path(name.removesuffix("!").strip()).expanduser(), name.endswith("!")
