"""A debate as one page in HTML: complete by itself, readable without JavaScript, and with it a place to try things."""
