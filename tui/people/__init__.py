"""What everybody states, and how good everybody was."""
