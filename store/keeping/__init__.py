"""Backups, restoring, and what is wrong with a database."""
