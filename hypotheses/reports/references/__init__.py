"""The evidence as references for other programs: BibTeX, and CSL-JSON."""
