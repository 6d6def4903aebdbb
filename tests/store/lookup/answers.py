"""Answers in the shapes of the services, about papers that nobody wrote."""

from __future__ import annotations

import json
from typing import Any

CROSSREF: dict[str, Any] = {
    "status": "ok",
    "message-type": "work",
    "message-version": "1.0.0",
    "message": {
        "indexed": {"date-parts": [[2024, 5, 2]], "date-time": "2024-05-02T09:12:44Z", "timestamp": 1714641164000},
        "reference-count": 41,
        "publisher": "Imaginary Press",
        "issue": "3",
        "short-container-title": ["J. Pianos"],
        "published-print": {"date-parts": [[2023, 3, 21]]},
        "DOI": "10.5555/pianos.2023.7",
        "type": "journal-article",
        "created": {"date-parts": [[2023, 1, 30]], "date-time": "2023-01-30T10:00:00Z", "timestamp": 1675072800000},
        "page": "11-29",
        "source": "Crossref",
        "is-referenced-by-count": 3,
        "title": ["Tuning <i>Clavichordium</i> pianos at 440\u00a0Hz: loss &lt; 3 &amp;amp; gain"],
        "prefix": "10.5555",
        "volume": "12",
        "author": [
            {"given": "Yang", "family": "Song", "sequence": "first", "affiliation": [], "ORCID": "http://orcid.org/0"},
            {"given": "María", "family": "de la Cruz", "sequence": "additional", "affiliation": [{"name": "Nowhere"}]},
            {"name": "The Guild of Tuners", "sequence": "additional", "affiliation": []},
        ],
        "member": "1",
        "container-title": ["Journal of Imaginary Pianos"],
        "link": [{"URL": "https://example.org/pdf", "content-type": "unspecified", "content-version": "vor"}],
        "resource": {"primary": {"URL": "https://example.org/articles/7"}},
        "subtitle": [],
        "issued": {"date-parts": [[2023, 3, 21]]},
        "ISSN": ["0000-0000"],
        "URL": "http://dx.doi.org/10.5555/pianos.2023.7",
        "relation": {},
        "subject": [],
        "published": {"date-parts": [[2023, 3, 21]]},
    },
}

DATACITE: dict[str, Any] = {
    "type": "dataset",
    "id": "https://doi.org/10.5555/zenodo.99",
    "categories": ["Pianos"],
    "author": [
        {"family": "Lee", "given": "Bo"},
        {"literal": "Piano Observatory"},
    ],
    "issued": {"date-parts": [[2021, 7]]},
    "abstract": "Counts of pianos.",
    "DOI": "10.5555/ZENODO.99",
    "publisher": "Zenodo",
    "title": "Counts of pianos, by street",
    "URL": "https://example.org/records/99",
}


def crossref(**fields: object) -> str:
    """Return Crossref's answer with these fields of the work; `None` takes one out."""
    work = {**CROSSREF["message"], **{name.replace("_", "-"): value for name, value in fields.items()}}
    return json.dumps({**CROSSREF, "message": {name: value for name, value in work.items() if value is not None}})


def datacite(**fields: object) -> str:
    return json.dumps({**DATACITE, **fields})


ENTRY = """\
  <entry>
    <id>http://arxiv.org/abs/2303.01469v2</id>
    <updated>2023-05-31T17:25:59Z</updated>
    <published>2023-03-02T18:30:16Z</published>
    <title>Imaginary Models
  of Pianos &amp; Harps</title>
    <summary>  A summary
that goes over lines.
</summary>
    <author>
      <name>Yang Song</name>
    </author>
    <author>
      <name>Zoë O'Neill</name>
      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Nowhere</arxiv:affiliation>
    </author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">9 pages</arxiv:comment>
    <link href="http://arxiv.org/abs/2303.01469v2" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/2303.01469v2" rel="related" type="application/pdf"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.SD" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.SD" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
"""

ERROR_ENTRY = """\
  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_2303.99999</id>
    <title>Error</title>
    <summary>incorrect id format for 2303.99999</summary>
    <updated>2024-02-29T00:00:00-05:00</updated>
    <link href="http://arxiv.org/api/errors#incorrect_id_format_for_2303.99999" rel="alternate" type="text/html"/>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
"""


def feed(entry: str = ENTRY, before: str = "") -> str:
    """Return arXiv's answer with this entry, or with none."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
{before}<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?id_list%3D2303.01469" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=&amp;id_list=2303.01469&amp;start=0&amp;max_results=1</title>
  <id>http://arxiv.org/api/AbCdEf</id>
  <updated>2024-02-29T00:00:00-05:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
{entry}</feed>
"""


def page(head: str) -> str:
    """Return a web page with this in its head."""
    return f"<!DOCTYPE html>\n<html lang=en><head>{head}</head><body><h1>Pianos</h1><p>Text.</body></html>"


HIGHWIRE = """
<meta charset="utf-8"><title>Pianos | Journal</title>
<meta name="citation_title" content="Where the tuners are">
<meta name="citation_author" content="Song, Yang"><meta name="citation_author_institution" content="Nowhere">
<meta name="citation_author" content="Bo Lee">
<meta name="citation_publication_date" content="2019/5/7">
<meta name="citation_journal_title" content="Journal of Imaginary Pianos">
<meta name="citation_doi" content="10.5555/pianos.2019.1">
<meta property="og:title" content="Not this one"><meta name="dc.title" content="Nor this">
"""
DUBLIN_CORE = """
<meta name="DC.Title" content="The harp in the attic"/>
<meta name="DC.Creator" content="Núñez, Ana"/><meta name="DC.creator" content="Lee, Bo"/>
<meta name="DC.Date.issued" scheme="W3CDTF" content="2011-11-03"/>
<meta name="DC.Publisher" content="Attic Library"/>
<meta name="DC.Identifier" content="doi:10.5555/harp.1"/><meta name="DC.identifier" content="ISBN 0">
"""
LINKED = """
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebPage", "name": "A page", "@id": "https://example.org/"},
  {"@type": ["NewsArticle", "Thing"], "headline": "Tuners on strike", "datePublished": "2022-02-14T08:00:00+01:00",
   "author": [{"@type": "Person", "name": "Ada Example"}, {"@type": "Person", "givenName": "Bo", "familyName": "Lee"}],
   "publisher": {"@type": "Organization", "name": "The Daily Piano"}}]}</script>
<script type="application/ld+json">{ not json,, }</script><meta property="og:site_name" content="daily">
"""
OPEN_GRAPH = """
<meta property="og:title" content="A piano falls"><meta property="og:site_name" content="Piano Weekly">
<meta property="article:published_time" content="2020-08-30T12:00:00Z">
<meta property="article:author" content="https://example.org/people/ada"><title>A piano falls - Piano Weekly</title>
"""
