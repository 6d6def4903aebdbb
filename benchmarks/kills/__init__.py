"""Abduce, killed and failed by its disk at every write."""
