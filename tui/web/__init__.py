"""A page for readers: the debate as they may see it, a form for ideas, and a receipt to ask by."""
