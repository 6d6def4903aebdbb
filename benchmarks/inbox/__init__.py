"""The inbox with 100,000 ideas beside the same work with 1,000."""
