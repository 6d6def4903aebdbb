"""How long files take to come in and to go out, and how much memory."""
