"""Boxes over a screen: forms, pickers, questions."""
