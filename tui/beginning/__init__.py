"""Where a debate begins: with a question and the parts that it will need."""
