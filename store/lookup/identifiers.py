"""What was pasted: a DOI, an arXiv id, or the address of a web page. Nothing here reaches for the network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from hypotheses import rules
from hypotheses.problems import Malformed
from hypotheses.rules import TITLE_LENGTH

_LONGEST: Final = 2000
"""How many characters are looked at: more than any address that works has."""
_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_DOI_PREFIX: Final = re.compile(r"(?:info:)?doi\s*[:/]?\s*(?=10\.)", re.IGNORECASE)
_DOI_HOST: Final = re.compile(r"(?:(?:dx|www)\.)?doi\.org|doi\.[a-z0-9-]+\.[a-z]{2,}")
"""`doi.org`, and what publishers had of their own: `doi.acm.org`."""
_DOI_PATH: Final = re.compile(
    r"""/(?:doi|articles?|article-lookup/doi|chapter|book|content|contents?/pdf|referencework(?:entry)?|protocol|abstract
    |abs|full|pdf|epdf|pdfplus|pdfdirect|epub|html|suppl|standard|proceedings|journal|document|paper|preprint)
    /(10\.\d{4,9}(?:\.\d+)*/.+)""",
    re.ASCII | re.VERBOSE,
)
"""How publishers write a DOI into the path of its page."""
_DOI_QUERY: Final = ("id", "doi", "DOI", "articleDoi")
"""Parameters in which publishers write it."""
_DOI_SUFFIX: Final = re.compile(
    r"(?:/(?:full|pdf|epdf|abstract|meta|html|xml|epub|figures|full-text|full/html)/?"
    r"|(?:\.(?:full|abstract|full-text|supplementary-material|article-info|article-metrics))?(?:\.pdf(?:\+html)?|\.html?)?)$",
    re.IGNORECASE,
)
"""What publishers write behind a DOI to name a form of its page."""
_PREPRINT: Final = re.compile(r"(10\.(?:1101|64898)/\d{4}\.\d\d\.\d\d\.\d+|10\.1101/\d{6})v\d+", re.ASCII)
"""A version of a preprint in bioRxiv and medRxiv, all of which have one DOI."""
_ARXIV_DOI: Final = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ARXIV_PREFIX: Final = re.compile(r"arxiv\s*:\s*", re.IGNORECASE)
_ARXIV_HOST: Final = re.compile(r"(?:[a-z0-9-]+\.)*(?:arxiv|alphaxiv|ar5iv)\.org")
_ARXIV_PATH: Final = re.compile(r"/(?:abs|pdf|html|format|ps|src|e-print|overview)/(.+?)(?:\.pdf)?/?")
_CATEGORY: Final = re.compile(r"\s*\[[\w.-]+\](?:\s+\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4})?$", re.ASCII)
"""`[cs.LG]`, as arXiv writes it behind an id, and the date that its stamp on a PDF ends with."""
_NEW_ID: Final = re.compile(r"(\d\d(?:0[1-9]|1[0-2])\.\d{4,5})(?:v([1-9]\d{0,2}))?", re.ASCII)
_OLD_ID: Final = re.compile(
    r"""(acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga
    |funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph
    |q-alg|q-bio|quant-ph|solv-int|supr-con)(?:\.[a-z]{2})?/(\d\d(?:0[1-9]|1[0-2])\d{3})(?:v([1-9]\d{0,2}))?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_SCHEMELESS: Final = re.compile(
    r"(?:www\.|(?:dx\.)?doi\.org/|(?:[a-z0-9-]+\.)?(?:arxiv|alphaxiv)\.org/)", re.IGNORECASE
)
"""What is an address although nobody typed `https://` before it."""
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""What comes along when something is copied from a page or a PDF."""
_PAIRS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}


@dataclass(frozen=True, slots=True)
class Doi:
    """A DOI as it was written."""

    name: str
    """`10.1038/nature14539`."""

    @property
    def key(self) -> str:
        """What this is filed under: upper and lower case mean the same DOI."""
        return f"doi:{self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Arxiv:
    """An arXiv id."""

    number: str
    """`2303.01469` or `hep-th/9901001`."""
    version: int = 0
    """0 for the latest."""

    @property
    def name(self) -> str:
        """The id with the version that was asked for."""
        return f"{self.number}v{self.version}" if self.version else self.number

    @property
    def key(self) -> str:
        """What this is filed under."""
        return f"arxiv:{self.name}"


@dataclass(frozen=True, slots=True)
class Url:
    """The address of a web page."""

    address: str

    @property
    def key(self) -> str:
        """What this is filed under."""
        return f"url:{self.address}"


Identifier = Doi | Arxiv | Url


def identify(text: str) -> Identifier:
    """Recognise what was pasted.

    Raises:
        Malformed: it is none of these.
    """
    if len(text) > _LONGEST:
        raise _unknown(text)
    typed = _trimmed(_INVISIBLE.sub("", text))
    if _SCHEMELESS.match(typed):
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        host = parts.hostname or ""
    except ValueError:
        raise _unknown(text) from None
    identifier = _from_address(parts, host) if parts.scheme.lower() in ("http", "https") else _from_name(typed)
    if identifier is None:
        raise _unknown(text)
    return identifier


def arxiv_id(text: str) -> Arxiv | None:
    """Recognise an arXiv id and nothing else."""
    if match := _NEW_ID.fullmatch(text):
        return Arxiv(match[1], int(match[2] or 0))
    if match := _OLD_ID.fullmatch(text):
        # The class of a subject (`math.GT`) is no part of the id.
        return Arxiv(f"{match[1].lower()}/{match[2]}", int(match[3] or 0))
    return None


def doi_of(text: str) -> Doi | Arxiv | None:
    """Recognise a DOI and nothing else; arXiv's own DOIs are arXiv ids."""
    if not _DOI.fullmatch(text) or not text.isprintable() or len(text) > TITLE_LENGTH:
        return None
    text = _without_suffix(text)
    if (match := _ARXIV_DOI.fullmatch(text)) and (paper := arxiv_id(match[1])):
        return paper
    return Doi(text)


def _from_name(text: str) -> Identifier | None:
    """Recognise what is no address."""
    bare = _ARXIV_PREFIX.sub("", _CATEGORY.sub("", text), count=1)
    if paper := arxiv_id(bare):
        return paper
    name = _DOI_PREFIX.sub("", text, count=1)
    return doi_of(name if "/" in name else unquote(name))


def _from_address(parts: SplitResult, host: str) -> Identifier | None:
    path = unquote(parts.path)
    identifier: Identifier | None = None
    if _DOI_HOST.fullmatch(host):
        identifier = doi_of(_trimmed(path.lstrip("/")))
    elif _ARXIV_HOST.fullmatch(host):
        identifier = arxiv_id(match[1]) if (match := _ARXIV_PATH.fullmatch(path)) else None
    elif match := _DOI_PATH.search(path):
        identifier = doi_of(_trimmed(match[1].rstrip("/")))
    elif "10." in parts.query:
        identifier = _from_query(parts.query)
    return identifier or _web_page(parts)


def _from_query(query: str) -> Doi | Arxiv | None:
    """Recognise a DOI that is a parameter of an address, as PLOS writes it: `article?id=10.1371/…`."""
    parameters = dict(part.partition("=")[::2] for part in query.split("&"))
    given = (unquote(parameters[name]) for name in _DOI_QUERY if name in parameters)
    return next((number for text in given if (number := doi_of(_trimmed(text)))), None)


def _without_suffix(doi: str) -> str:
    """Take off what names a form or a version of the page of a DOI, and not another work."""
    bare = _DOI_SUFFIX.sub("", doi, count=1)
    if not _DOI.fullmatch(bare):
        return doi
    return match[1] if (match := _PREPRINT.fullmatch(bare)) else bare


def _web_page(parts: SplitResult) -> Url | None:
    address = parts.geturl()
    try:
        _ = parts.port  # asking for it is what checks it
        rules.url(address)
    except ValueError:
        return None
    # A name before the host is there to look like another host.
    return Url(address) if "@" not in parts.netloc else None


def _trimmed(text: str) -> str:
    """Take off what surrounds an identifier in a sentence, and brackets that close what was not opened in it."""
    trimmed = text.strip()
    while trimmed:
        last = trimmed[-1]
        if last in ".,;:!?'\"\u201d\u2019\u00bb" or (
            last in _PAIRS and trimmed.count(last) > trimmed.count(_PAIRS[last])
        ):
            trimmed = trimmed[:-1].rstrip()
        elif trimmed[0] in "'\"\u201c\u2018\u00ab" or trimmed[0] in _PAIRS.values():
            trimmed = trimmed[1:].lstrip()
        else:
            break
    return trimmed


def _unknown(text: str) -> Malformed:
    shown = repr(text if len(text) <= 60 else f"{text[:57]}...")
    return Malformed(
        f"found {shown}; expected a DOI such as 10.1038/nature14539, an arXiv id such as 2303.01469, "
        "or an address that begins with https://"
    )
