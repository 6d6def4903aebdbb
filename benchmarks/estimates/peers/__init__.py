"""What runs in a process of its own: Abduce, squigglepy, Squiggle, and a very large run that is taken as the truth."""
