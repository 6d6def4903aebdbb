"""Matrices, maps of arguments and lists of forecasts that other programs write, read into debates."""
