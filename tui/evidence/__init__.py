"""One piece of evidence: shown, logged, edited, looked up and weighed."""
