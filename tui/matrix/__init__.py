"""The Matrix screen: evidence by explanations, rated cell by cell."""
