"""What a format gives, as files: all that one export writes, and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from hypotheses.debate import Debate
from store.disk import require_free, write_whole
from store.folders import require_folder, write_folder
from tui.export.formats import Format, ending_of, format_of
from tui.export.wanted import Wanted, Written


def paths_of(path: Path, form: Format) -> tuple[Path, ...]:
    """Return the files, or the folder, that an export to a path writes: the one that is named first."""
    beside = (path.with_name(f"{stem_of(path)}{format_of(form.beside).ending}"),) if form.beside else ()
    return path, *beside


def stem_of(path: Path) -> str:
    """Return the name of a file without the ending that says its format."""
    ending = ending_of(path.name)
    return path.name[: -len(ending)] if ending else path.stem


def write_files(
    path: Path, form: Format, debate: Debate, asked: Wanted, *, sparing: Collection[Path], force: bool
) -> tuple[Path, ...]:
    """Write a debate in a format to a path, each file whole or not at all, and return what was written.

    Raises:
        AbduceError: one of them is there and `force` is off, or it cannot be written; what stood there still does.
    """
    asked = replace(asked, name=stem_of(path))
    main, *beside = paths_of(path, form)
    if form.is_folder:
        require_folder(main, force=force)
    else:
        for each in (main, *beside):
            require_free(each, sparing=sparing, force=force)
    written = [form.write(debate, asked)]
    written += [format_of(form.beside).write(debate, asked) for _ in beside]
    for each, content in zip((main, *beside), written, strict=True):
        _write(each, content, sparing, force=force)
    return main, *beside


def _write(path: Path, content: Written, sparing: Collection[Path], *, force: bool) -> None:
    if isinstance(content, str | bytes):
        write_whole(path, content, sparing=sparing, force=force)
    else:
        write_folder(path, content, sparing=sparing, force=force)
