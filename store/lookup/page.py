"""A web page as a source, by what it says about itself, the most careful vocabulary first.

Highwire's `citation_…` is written for reference managers, Dublin Core for libraries, JSON-LD and Open Graph for search
engines and previews; the title of the page is better than nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from hypotheses.authors import spoken
from hypotheses.problems import Malformed
from store.lookup.dates import read_date
from store.lookup.identifiers import Arxiv, Doi, Url, identify
from store.lookup.linked import Linked, read_linked
from store.lookup.markup import PageMetadata, read_markup
from store.lookup.source import Source, source_of
from store.network.requests import PAGE, Answer, Request


def request(page: Url) -> Request:
    """Return the request for a page."""
    return Request(page.address, PAGE, is_service=False)


def read_page(answer: Answer, address: str) -> Source:
    """Read a page; `address` is where a reader finds it.

    Raises:
        Malformed: it has no title, or is about a robot's visit and not about itself.
    """
    page = read_markup(answer)
    linked = read_linked(page.scripts)
    title = (
        page.first("citation_title", "dc.title", "dcterms.title")
        or linked.title
        or page.first("og:title", "twitter:title")
        or page.title
    )
    doi, arxiv = _numbers(page, linked)
    try:
        return source_of(
            title,
            authors=_authors(page, linked),
            date=_date(page, linked),
            source=_appeared_in(page, linked) or (urlsplit(address).hostname or "").removeprefix("www."),
            doi=doi,
            arxiv=arxiv,
            url=address,
        )
    except Malformed:
        raise Malformed("the page has no title") from None


def _authors(page: PageMetadata, linked: Linked) -> list[str]:
    if names := page.all("citation_author"):
        return [spoken(name) for name in names]
    if names := page.all("citation_authors"):
        return [spoken(name) for name in names[0].split(";")]
    if names := page.all("dc.creator", "dcterms.creator", "dc.contributor"):
        return [spoken(name) for name in names]
    if linked.authors:
        return [spoken(name) for name in linked.authors]
    # `article:author` is often the address of a profile.
    authors = page.all("article:author", "parsely-author", "author", "twitter:creator")
    return [name for name in authors if not name.startswith(("http:", "https:", "@"))]


def _date(page: PageMetadata, linked: Linked) -> str:
    said = (
        page.first("citation_publication_date", "citation_date", "citation_online_date", "citation_year"),
        page.first("dcterms.issued", "dc.date.issued", "prism.publicationdate", "dc.date", "dcterms.date"),
        linked.date,
        page.first("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "date"),
    )
    return next((date for text in said if (date := read_date(text))), "")


def _appeared_in(page: PageMetadata, linked: Linked) -> str:
    return (
        page.first(
            "citation_journal_title", "citation_conference_title", "citation_conference", "citation_inbook_title"
        )
        or page.first("citation_dissertation_institution", "citation_technical_report_institution")
        or page.first("citation_publisher", "prism.publicationname", "dc.publisher", "dcterms.publisher")
        or linked.source
        or page.first("og:site_name", "application-name")
    )


def _numbers(page: PageMetadata, linked: Linked) -> tuple[str, str]:
    """Return the DOI and the arXiv id that a page gives itself."""
    said = [
        *page.all("citation_doi", "prism.doi", "bepress_citation_doi"),
        *page.all("citation_arxiv_id"),
        *page.all("dc.identifier", "dcterms.identifier"),
        *linked.identifiers,
    ]
    numbers = list(_identified(said))
    doi = next((one.name for one in numbers if isinstance(one, Doi)), "")
    arxiv = next((one.name for one in numbers if isinstance(one, Arxiv)), "")
    return doi, arxiv


def _identified(texts: Iterable[str]) -> Iterable[Doi | Arxiv | Url]:
    for text in texts:
        try:
            yield identify(text)
        except Malformed:
            continue
