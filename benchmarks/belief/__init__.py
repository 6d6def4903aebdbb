"""What the evidence says over time, what would change it and what one may doubt, beside sums in SQLite."""
