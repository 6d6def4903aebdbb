"""Where a source is looked up: a DOI, an arXiv id, an address or a file of references fills in an evidence form."""
