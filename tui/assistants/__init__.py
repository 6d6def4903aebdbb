"""What an assistant may do: read a debate, estimate, and send ideas in with their source."""
