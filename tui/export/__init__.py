"""A debate on its way out: every format once, and how what they give becomes files."""
