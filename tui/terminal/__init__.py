"""Everything that touches the inside of Textual or of a terminal."""
