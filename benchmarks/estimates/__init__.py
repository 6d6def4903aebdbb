"""The estimate engine against squigglepy and Squiggle, and against its own promises."""
