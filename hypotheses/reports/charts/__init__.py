"""Charts of a debate as SVG: each a function from values to a picture that says in words what it shows."""
