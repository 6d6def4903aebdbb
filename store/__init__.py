"""The remembering: everything that outlives the process or comes from outside it."""
