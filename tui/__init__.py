"""The showing: the Textual app and the command line."""
