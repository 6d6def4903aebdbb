"""Libraries of references on their way in: BibTeX, CSL, RIS, EndNote and Zotero, and which of their works are news."""
