"""Zotero while it runs on this machine: its collections, what is in them, and what is news of that to a debate."""
