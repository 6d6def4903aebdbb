"""The Numbers screen: quantities, gaps, and what a gap hangs on."""
