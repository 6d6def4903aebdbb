"""From a key on the Matrix screen to the last byte of its answer, against a bare DataTable."""
