"""Every door by which words come in: what reads them, what must hold of what it took, and what goes in there.

A door takes what is right, or refuses it with a sentence. It raises nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from hypotheses import rules
from hypotheses.admission import admit
from hypotheses.authors import read_authors
from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.estimates import estimate
from hypotheses.idea import Idea
from hypotheses.notations import read_number
from hypotheses.pasted import authors, one_line
from hypotheses.problems import AbduceError
from hypotheses.ratios import parse_ratio, parse_weight
from hypotheses.reading import Reading
from hypotheses.reports.debate_json import debate_json
from hypotheses.values.typed_values import parse_value, remarks
from hypotheses.values.writing import describe, format_value
from store.errors import BadFile
from store.file.debate_file import export_debate, read_debate, write_debate
from store.file.json_reader import json_value
from store.imports.kinds import Content, ReadersIdeas, kind_named, read_content
from store.intake.arriving import Arrival, Rejected
from store.intake.idea_files import ideas_in, mail_in
from store.intake.issues import read_issue
from store.lookup.arxiv import read_feed
from store.lookup.crossref import read_work
from store.lookup.identifiers import Arxiv, Doi, identify
from store.lookup.negotiation import read_answer
from store.lookup.page import read_page
from store.lookup.source import Source
from store.lookup.spotting import spot
from store.maps.taken import Maps
from store.network.requests import Answer
from store.references.reference import Library
from store.references.reference_kinds import read_bibtex_text
from tests.assuming import assumed
from tests.hostile.corpus import CORPUS, debate_full_of
from tests.store.conftest import small_debate
from tests.store.intake.test_idea_files import WHOLE as IDEAS
from tests.store.intake.test_issues import FORM
from tests.store.intake.test_mail import MBOX
from tests.store.lookup import answers
from tests.store.lookup.conftest import can_be_kept
from tests.store.maps.test_achz import PROJECT
from tests.store.maps.test_argdown import PIER as ARGDOWN
from tests.store.maps.test_forecasts import FATEBOOK, METACULUS, QUESTIONS
from tests.store.maps.test_kialo import PIER as KIALO
from tests.store.maps.test_matrix import LETTERS
from tests.store.references.test_bibtex import LIBRARY
from tests.store.references.test_csl_items import YAML as CSL_YAML
from tests.store.references.test_csl_items import ZOTERO
from tests.store.references.test_tagged import ENDNOTE, RIS


@dataclass(frozen=True)
class Door:
    """One way in."""

    name: str
    take: Callable[[bytes], None]
    """Reads what comes in, and fails where something that cannot be kept was taken.

    Raises:
        AbduceError: it is refused.
    """
    shape: str
    """Something that it takes, as long as it need be to have all that can stand there."""
    longest: int = 200_000
    """How many characters a thing that is sent there has at most."""


def refused_or_taken(door: Door, data: bytes) -> str:
    """Send something to a door; return the sentence with which it was refused, or nothing."""
    try:
        door.take(data)
    except AbduceError as refused:
        sentence = str(refused)
        assert sentence.strip(), "refused without a word"
        lines = refused.problems if isinstance(refused, BadFile) else (sentence,)
        assert all("\n" not in str(line) for line in lines), sentence
        return sentence
    return ""


# What must hold of what is taken


def _sound(debate: Debate) -> None:
    admit(Debate(debate.slug, debate.title), debate)
    assert read_debate(export_debate(debate)) == debate


def _ideas_sound(arrivals: Iterable[Arrival]) -> None:
    for one in arrivals:
        if isinstance(one, Rejected):
            assert one.reason
            assert "\n" not in one.reason
        else:
            _sound(Debate("d", "D", ideas={1: _numbered(one)}))


def _numbered(idea: Idea) -> Idea:
    # What an idea is attached to is of another debate.
    values = {name: getattr(idea, name) for name in ("title", "text", "kind", "sender", "url", "contact", "via")}
    return Idea(1, **values)


def _content_sound(content: Content) -> None:
    match content:
        case Debate():
            _sound(content)
        case Library():
            for reference in content.references:
                can_be_kept(reference.source)
                for other in reference.also:
                    rules.line(other)
        case Maps():
            for debate in content.debates:
                _sound(debate)
        case ReadersIdeas():
            _ideas_sound(content.arrivals)


# The doors


def _text(data: bytes) -> str:
    """Return what a terminal or a form makes of bytes."""
    return data.decode("utf-8", "surrogateescape")


def _value(data: bytes) -> None:
    text = _text(data)
    value = parse_value(rules.text(text))
    figures = [value.quantile(p) for p in (0.05, 0.5, 0.95)]
    assert figures == sorted(figures), figures
    assert describe(value)
    remarks(text)
    assert parse_value(format_value(value)).quantile(0.5) is not None
    numbers = Debate("d", "D", quantities={"a": Quantity("a", readings={"value": Reading(text)})})
    estimate(Debate("d", "D", quantities=numbers.quantities, gaps={"g": Gap("g", "a / 2")}))


def _number(data: bytes) -> None:
    text = _text(data)
    for read in (read_number, parse_ratio, parse_weight):
        try:
            read(text)
        except AbduceError as refused:
            assert str(refused)  # noqa: PT017 -- each of the three is asked, and may refuse it


def _formula(data: bytes) -> None:
    text = rules.required_formula(_text(data))
    quantities = {name: Quantity(name, readings={"value": Reading(value)}) for name, value in _QUANTITIES.items()}
    hypothesis = Hypothesis("h", "H", effects={"a": text}, assumes=assumed(k="normal 1 to 2"))
    debate = Debate(
        "d", "D", quantities=quantities, gaps={"g": Gap("g", text, unit="yr")}, hypotheses={"h": hypothesis}
    )
    admit(Debate("d", "D"), debate)
    found = estimate(debate)
    for gap in found.gaps.values():
        _ = gap.now, gap.weighed


_QUANTITIES: Final = {"a": "1 to 10", "b": "uniform 1 to 2", "c": "2"}


def _debate_named(name: str) -> Callable[[bytes], None]:
    return lambda data: _sound(read_debate(data, name))


def _file(kind: str, name: str) -> Callable[[bytes], None]:
    found = kind_named(kind)
    return lambda data: _content_sound(found.read(data, name).value)


def _any_file(data: bytes) -> None:
    _content_sound(read_content(data, "any.txt")[1].value)


def _identifier(data: bytes) -> None:
    identify(_text(data))


def _paste(data: bytes) -> None:
    text = _text(data)
    one_line(text)
    authors(text)
    read_authors(text)
    rest = spot(text).rest
    assert len(rest) <= len(text)


def _pasted_bibtex(data: bytes) -> None:
    _content_sound(read_bibtex_text(_text(data)).value)


def _issue(data: bytes) -> None:
    # The whole answer of the API, and one issue whose body is these words.
    bodies: tuple[Any, ...] = ({"number": 3, "title": "T", "body": _text(data)},)
    try:
        read: Any = json_value(_text(data))
        bodies += tuple(read) if isinstance(read, list) else (read,)
    except AbduceError as refused:
        assert str(refused)  # noqa: PT017 -- most words are no JSON
    for body in bodies:
        arrived = read_issue(body, "ana/pier", small_debate())
        _ideas_sound(() if arrived is None else (arrived,))


def _answer(read: Callable[[Answer], Source | None], kind: str) -> Callable[[bytes], None]:
    def take(data: bytes) -> None:
        found = read(Answer("https://example.org/a", found=True, body=data, media_type=kind))
        if found is not None:
            can_be_kept(found)

    return take


_CROSSREF: Final = answers.crossref()
_PAPER: Final = Arxiv("2303.01469")
_DOI: Final = Doi("10.5555/zenodo.99")
_FULL: Final = debate_full_of(CORPUS["markdown"][:60])
_CSL: Final = json.dumps([answers.DATACITE, {"id": "a", "title": "B", "issued": {"raw": "May 2020"}}], indent=1)
_MAIL: Final = (
    "From: =?utf-8?q?Ana_R=2E?= <ana@example.org>\nSubject: =?utf-8?b?R3LDvG4=?= Re: x\nDate: Mon, 1 Jan 2024 10:00\n"
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n'
    "Content-Transfer-Encoding: quoted-printable\n\nSch=C3=B6n\n--b\nContent-Type: text/html\n\n<p>so <b>it</b> is"
    "</p><script>x</script>\n--b\nContent-Type: message/rfc822\n\nSubject: in\n\ninside\n--b\n"
    "Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=../../x\n\nR3LDvG4=\n--b--\n"
)
_BIBTEX: Final = LIBRARY + (
    '@string{a = "x" # b}\n@preamble{"y"}\n@comment{z}\n@xdata{d, year = 1999}\n@book{k, crossref = {m}, xdata = "d",'
    r" title = a # { \emph{$\alpha^2$ \'e}} # 12, author = {van der Berg, Jr, Ö. and {The Guild} and others},"
    ' month = mar # "~3", eprint = {2303.01469}, archiveprefix = {arXiv}, url = {\\url{http://e.org/a_b}}}\n'
)

DOORS: Final[tuple[Door, ...]] = (
    Door("value", _value, "30B to 300B @80% mixture(0.3: 1±2, 0.7: normal 5 to 6 (5.5)) pert(1, 2, 4) 3×10^6 $5M 1/3"),
    Door("number", _number, "1,234.5M 3:2 1 in 5 60% ++ n/a 0.8 vs 0.096 high 1e-3 ½"),
    Door("formula", _formula, "log10(a / b) ** 2 - max(c, 1e3, abs(-a)) * sqrt(exp(b) + 0.5)"),
    Door("debate (YAML)", _debate_named("x.yaml"), write_debate(_FULL)),
    Door("debate (JSON)", _debate_named("x.json"), debate_json(_FULL)),
    Door("ideas (YAML)", lambda data: _ideas_sound(ideas_in(data, "x.yaml")), IDEAS.decode()),
    Door(
        "ideas (JSON)", lambda data: _ideas_sound(ideas_in(data, "x.json")), '{"ideas": [{"title": "A", "text": "é"}]}'
    ),
    Door("mail (eml)", lambda data: _ideas_sound(mail_in(data, "x.eml")), _MAIL),
    Door(
        "mail (mbox)",
        lambda data: _ideas_sound(mail_in(data, "x.mbox")),
        MBOX.decode() + f"\nFrom a Mon Jan  1 10:00:00 2024\n{_MAIL}",
    ),
    Door("issue", _issue, FORM),
    Door("bibtex", _file("bibtex", "x.bib"), _BIBTEX),
    Door("bibtex, pasted", _pasted_bibtex, _BIBTEX),
    Door("ris", _file("ris", "x.ris"), RIS),
    Door("endnote", _file("endnote", "x.enw"), ENDNOTE),
    Door("zotero", _file("zotero", "x.json"), json.dumps(ZOTERO, indent=1)),
    Door("csl (YAML)", _file("csl-yaml", "x.yaml"), CSL_YAML),
    Door("csl (JSON)", _file("csl-json", "x.json"), _CSL),
    Door("matrix (CSV)", _file("matrix", "x.csv"), f'{LETTERS}x;-2;+1;0,5;80%;1/3;0.8 vs 0.1;\'--;"q"""\n'),
    Door(
        "matrix (Markdown)",
        _file("matrix", "x.md"),
        "# T\n\n|Evidence|A|B|\n|---|:-:|--:|\n|x (2020)|II (why)|a\\|b|\n",
    ),
    Door("ach", _file("ach", "x.achz"), PROJECT),
    Door("kialo", _file("kialo", "x.txt"), f"{KIALO}2. B.\n2.1. Pro: -> See 1.2.\n9.9.9. Con: x\n"),
    Door(
        "argdown",
        _file("argdown", "x.argdown"),
        f"{ARGDOWN}(1) a\n--\n(2) [b]\n  >< <c>\n  _> [d]\n# H\n* x {{a: [b]}} @[b] #(t g)\n/* <!-- --> */\n",
    ),
    Door("forecasts", _file("forecasts", "x.csv"), f"{FATEBOOK}x,,y,101,z\n{QUESTIONS}{METACULUS}"),
    Door("any file", _any_file, f"{LIBRARY[:300]}{RIS[:200]}{KIALO[:100]}{LETTERS}{IDEAS.decode()}"),
    Door("identifier", _identifier, "https://doi.org/10.5555/a(b)?x=10.1/2 arXiv:2303.01469v2 math.GT/0309136 doi:10."),
    Door(
        "paste",
        _paste,
        "Marlow, Ines; Ter\nHorst, D. (2020). Tide-\ncurves. "
        "https://doi.org/10.\n5555/x-\ny, arXiv:2303.\n01469 [a](b)",
    ),
    Door("crossref's answer", _answer(read_work, "application/json"), _CROSSREF),
    Door("doi.org's answer", _answer(lambda a: read_answer(a, _DOI), "application/json"), json.dumps(answers.DATACITE)),
    Door("arXiv's answer", _answer(lambda a: read_feed(a.body, _PAPER), "application/atom+xml"), answers.feed()),
    Door(
        "a page",
        _answer(lambda a: read_page(a, a.url), "text/html"),
        answers.page(answers.HIGHWIRE + answers.DUBLIN_CORE + answers.LINKED + answers.OPEN_GRAPH),
    ),
)
BY_NAME: Final = {door.name: door for door in DOORS}
