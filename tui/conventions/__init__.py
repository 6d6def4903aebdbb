"""Conventions: which readings count, for the whole debate."""
