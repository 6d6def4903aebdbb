"""What we measure ourselves against; each folder runs alone: `python -m benchmarks.startup`."""
