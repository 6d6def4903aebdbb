"""Values -> text: what a debate looks like outside the program."""
