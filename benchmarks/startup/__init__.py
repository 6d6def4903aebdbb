"""From the start of the process to the first paint and to the data, against a minimal Textual app."""
