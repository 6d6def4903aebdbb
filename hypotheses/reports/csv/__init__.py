"""A debate as tables for spreadsheets and data frames: CSV, in which no cell is a formula."""

from hypotheses.reports.csv.cells import as_typed, neutral
from hypotheses.reports.csv.debate_tables import TABLES, csv_table

__all__ = ["TABLES", "as_typed", "csv_table", "neutral"]
