"""Several processes that write to one file all the time."""
