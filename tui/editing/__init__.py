"""What the editing keys open and change: `edits.py` says which key does what."""
