"""A debate as a folder of notes for Obsidian, or anything else that links Markdown files."""

from hypotheses.reports.obsidian.file_names import safe_names
from hypotheses.reports.obsidian.notes import obsidian

__all__ = ["obsidian", "safe_names"]
