"""Files on their way in: what kind they are of, and what taking them in would do."""
