"""Durable edits against raw sqlite3."""
