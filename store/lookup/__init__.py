"""Where a source is looked up: a DOI, an arXiv id or an address fills in an evidence form."""
