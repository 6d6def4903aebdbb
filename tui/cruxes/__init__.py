"""What would change the conclusion, and trying it."""
