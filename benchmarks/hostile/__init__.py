"""Abduce, sent what nobody should send."""
