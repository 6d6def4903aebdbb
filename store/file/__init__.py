"""Debates as files: YAML, and JSON of the same shape, to values and back without loss."""
