"""Random debates that are sound, with texts that are not easy to write down."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from hypotheses.debate import (
    OOM,
    Assessment,
    Claim,
    Comment,
    Counts,
    Debate,
    Evidence,
    Gap,
    Hypothesis,
    Quantity,
    SchemeTable,
    Shelf,
    Stated,
)
from hypotheses.idea import Idea
from hypotheses.letters import LETTERS
from hypotheses.people import OWNER, cell_among
from hypotheses.ratios import WEIGHT_WORDS, rated
from hypotheses.reading import PLAIN_READING, Assumption, Correlation, Reading

ODD = [
    *"\n\t\r #:-?&*!|>%@`'\"\\[]{},=~\x1b\x7f\x85\u2028\u2029\u00a0\u200d\u202e\ufeff\uffff😀é",
    *("no", "1e6", "010", "12:30:45", "null", "- ", ": ", " #", "\n\n", "\n  ", "---", "...", "abduce: 1", "<<"),
]
texts = (
    st.lists(st.sampled_from(ODD) | st.text(max_size=3) | st.just("word "), max_size=60)
    .map("".join)
    .filter(lambda text: "\0" not in text)
)
lines = texts.map(lambda text: text.replace("\n", "").replace("\r", "")[:300])
titles = lines.filter(lambda text: text.strip() != "")
names = st.from_regex(r"[a-z0-9é][\w.:+-]{0,8}", fullmatch=True) | st.sampled_from(
    ["no", "null", "010", "true", "value"]
)
symbols = st.from_regex(r"q_[a-z0-9]{1,4}", fullmatch=True)
values = st.sampled_from(
    ["890M", "1", "1e6", "30B to 300B", "100B (50B to 500B)", "normal 1 to 2", "45%", "-3", "samples(1, 2, 3)"]
)
EXPONENTS = ("1", "normal 1 to 2", "0.5 to 2", "45%", "-3", "samples(1, 2, 3)")
shares = st.floats(0, 1) | st.sampled_from([0.0, 1.0, 0.6, 1 / 3, 1e-7])
urls = st.sampled_from(["", "https://example.org/a?b=c#d", "http://example.org/%20"])
ratios = st.none() | st.sampled_from([10.0, 3.0, 1.0, 1 / 3, 0.1, 0.33]) | st.floats(1e-300, 1e300)


def readings(quantities: list[str]) -> st.SearchStrategy[Reading]:
    correlations: st.SearchStrategy[Correlation | None] = st.none()
    if quantities:
        correlations |= st.builds(Correlation, st.sampled_from(quantities), st.floats(-0.9, 0.9))
    return st.builds(Reading, values, texts, urls, texts, correlations)


@st.composite
def quantity_maps(draw: st.DrawFn) -> dict[str, Quantity]:
    found: dict[str, Quantity] = {}
    for symbol in draw(st.lists(symbols, unique=True, max_size=4)):
        names_of_readings = st.just(PLAIN_READING) | names
        kept = draw(
            st.dictionaries(
                names_of_readings, readings([other for other in found if found[other].readings]), min_size=1, max_size=3
            )
        )
        formula = ""
        if found and draw(st.sampled_from([True, False])):
            kept, formula = {}, f"2 * {draw(st.sampled_from(sorted(found)))}"
        chosen = draw(st.sampled_from(["", *kept]))
        claim = draw(st.none() | st.builds(Claim, st.sampled_from(["10", "1.5 to 3"]), texts, texts))
        found[symbol] = Quantity(symbol, draw(lines), "", kept, formula, chosen, draw(texts), claim, draw(lines))
    return found


@st.composite
def debates(draw: st.DrawFn) -> Debate:
    """Return a debate that every rule lets in, with positions that follow the order of the hypotheses."""
    quantities = draw(quantity_maps())
    slugs = draw(st.lists(names, unique=True, max_size=4))
    items = {key: draw(evidence_values(key, slugs)) for key in draw(st.lists(names, unique=True, max_size=3))}
    sent = {number: draw(ideas(number, slugs)) for number in draw(st.lists(st.integers(1, 9), unique=True, max_size=3))}
    about: list[dict[str, object]] = [{"hypothesis": slug} for slug in slugs]
    about += [{"evidence": key} for key in items]
    about += [{"evidence": key, "hypothesis": slug} for key in items for slug in slugs]
    about += [{"idea": number} for number in sent]
    return Debate(
        draw(names),
        draw(titles),
        draw(texts),
        "independent",
        "",
        draw(shares),
        draw(st.sampled_from(get_args(Counts))),
        draw(lines),
        draw(texts),
        draw(texts),
        quantities,
        {symbol: draw(gaps(symbol, quantities)) for symbol in draw(st.lists(st.just("gap"), unique=True, max_size=1))},
        {slug: draw(hypothesis_values(slug, place, slugs, quantities)) for place, slug in enumerate(slugs)},
        items,
        sent,
        {number: draw(comments(number, about)) for number in draw(st.sets(st.integers(0, 9), max_size=3)) if about},
        draw(st.sampled_from(["", "ola", "Ola O'Hara"])),
        draw(st.dictionaries(names, scheme_tables(), max_size=2)),
        draw(st.sampled_from(get_args(Shelf))),
    )


def scheme_tables() -> st.SearchStrategy[SchemeTable]:
    numbers = st.floats(-1000, 1000).map(lambda number: float(f"{number:g}"))
    none: dict[str, float] = {}
    weights = st.just(none) | st.fixed_dictionaries(dict.fromkeys(WEIGHT_WORDS, numbers))
    return st.builds(SchemeTable, st.fixed_dictionaries(dict.fromkeys(LETTERS, numbers)), weights, weights, texts)


def comments(number: int, about: list[dict[str, object]]) -> st.SearchStrategy[Comment]:
    return st.builds(
        lambda text, by, at, on: Comment(number, text, by, at, **on),
        texts.filter(lambda text: text.strip() != ""),
        titles,
        st.sampled_from(["", "2023-04-05T10:00:00Z"]),
        st.sampled_from(about),
    )


PEOPLE = st.sampled_from(["ana", "bob", "no", "Ève: x"])


def gaps(symbol: str, quantities: dict[str, Quantity]) -> st.SearchStrategy[Gap]:
    formula = " + ".join(["1", *(f"abs({symbol})" for symbol in quantities)])
    claims = st.none() | st.builds(Claim, st.sampled_from(["10", "1.5 to 3"]), texts, texts)
    return st.builds(
        Gap,
        st.just(symbol),
        st.just(formula),
        lines,
        st.sampled_from([OOM, "", "yr", "no", "a: b #"]),
        st.booleans(),
        st.none() | st.floats(0, exclude_min=True, allow_infinity=False),
        claims,
        texts,
    )


def hypothesis_values(
    slug: str, position: int, slugs: list[str], quantities: dict[str, Quantity]
) -> st.SearchStrategy[Hypothesis]:
    return st.builds(
        Hypothesis,
        st.just(slug),
        titles,
        texts,
        shares,
        shares,
        st.sampled_from(["", "1991", "2023-04", "2023-04-04"]),
        st.booleans(),
        st.just(position),
        st.sampled_from(["open", "accepted", "rejected", "merged"]),
        st.just({symbol: f"{symbol} * 10 ** extra" for symbol in quantities}),
        assumptions(),
        st.lists(st.sampled_from(slugs), unique=True, max_size=2).map(tuple),
        texts,
        texts,
        st.sampled_from(["", "true", "false"]),
        st.sampled_from(["", "2024-02-29"]),
        lines.map(lambda line: line[:12]),
        others=st.dictionaries(PEOPLE, st.builds(Stated, shares, st.integers(0, 9), st.booleans()), max_size=3).map(
            lambda found: dict(sorted(found.items()))
        ),
    )


def assumptions() -> st.SearchStrategy[dict[str, Assumption]]:
    """Return what the effects use: `extra`, and at times one more, each with a plain value or some readings."""
    # Exponents: of larger ones no power of ten can be computed.
    small = st.builds(lambda reading, value: replace(reading, value=value), readings([]), st.sampled_from(EXPONENTS))
    by_name = st.dictionaries(st.just(PLAIN_READING) | names, small, min_size=1, max_size=3)
    one = by_name.flatmap(lambda kept: st.builds(Assumption, st.just(kept), st.sampled_from(["", *kept])))
    return st.fixed_dictionaries({"extra": one}, optional={"more": one})


def evidence_values(key: str, slugs: list[str]) -> st.SearchStrategy[Evidence]:
    rated = st.dictionaries(st.sampled_from(slugs), cells()) if slugs else st.just({})
    return st.builds(
        Evidence,
        st.just(key),
        titles,
        st.lists(lines, max_size=3).map(tuple),
        st.sampled_from(["", "1991", "2023-03", "2024-02-29"]),
        texts,
        lines,
        lines,
        urls,
        texts,
        st.none() | shares,
        st.none() | shares,
        lines,
        texts,
        st.booleans(),
        rated,
        st.lists(lines, max_size=2).map(tuple),
    )


def cells() -> st.SearchStrategy[Assessment]:
    """Cells as the owner sees them: the owner's own first, else that of the first of the others by name."""
    by_pair = st.builds(rated, st.sampled_from(["0.8 vs 0.096", "80% vs 3%", "0 vs 0.2"]), texts)
    said = st.dictionaries(PEOPLE | st.just(""), st.builds(Assessment, ratios, texts) | by_pair, min_size=1, max_size=3)
    return said.map(
        lambda found: cell_among({by: replace(cell, by=by) for by, cell in sorted(found.items())}, OWNER)
    ) | st.builds(Assessment, ratios, texts)


def ideas(number: int, slugs: list[str]) -> st.SearchStrategy[Idea]:
    return st.builds(
        Idea,
        st.just(number),
        titles,
        texts,
        st.sampled_from(["hypothesis", "evidence", "estimate", "comment"]),
        lines,
        st.sampled_from(["", "2023-04-05T10:00:00Z", "2023-04-05T10:00:00.5Z"]),
        st.sampled_from(["new", "accepted", "merged", "declined"]),
        st.sampled_from(["", *slugs]),
        st.lists(lines, max_size=3).map(tuple),
        st.booleans(),
        texts,
    )
