"""The thinking: a debate as values, and pure functions over them."""
