"""Where debates are kept: engines, rows, and the way between rows and values."""
