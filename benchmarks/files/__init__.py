"""What files take on their way in and out, beside what bare reading and writing of the same would take."""
