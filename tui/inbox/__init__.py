"""Readers' ideas."""
