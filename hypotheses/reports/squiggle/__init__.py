"""The numbers of a debate as a program in Squiggle, a language for estimates (squiggle-language.com)."""

from hypotheses.reports.squiggle.program import squiggle

__all__ = ["squiggle"]
