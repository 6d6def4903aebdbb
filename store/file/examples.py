"""The shape of what a debate has not got yet, as a comment for the beginning of its file.

Each part is written by what writes files, of values as anybody could have them, so it cannot be another shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from hypotheses.debate import Assessment, Comment, Debate, Evidence, Gap, Hypothesis, Quantity, SchemeTable
from hypotheses.idea import Idea
from hypotheses.reading import PLAIN_READING, Assumption, Reading
from store.file.debate_tree import tree_of
from store.file.yaml_writer import Tree, write_yaml

HEAD: Final = "What this debate has not got yet, as a file has it. Without the `# ` before its lines a part counts."
"""How that comment begins."""
_READINGS: Final = {"first-source": Reading("1 to 3", "a book"), "second-source": Reading("2.5", "a survey")}
_EXAMPLE: Final = Debate(
    "example",
    "An example",
    quantities={"measured": Quantity("measured", "What was measured, by two sources", "unit", _READINGS)},
    gaps={"gap": Gap("gap", "1000 / 100", "More than there should be", headline=True, note="formulas name quantities")},
    hypotheses={"slug": Hypothesis("slug", "An explanation", statement="What it says, in Markdown.", prior=0.4)},
    evidence={
        "key2024": Evidence(
            "key2024",
            "What was found out",
            ("A. Author", "B. Author"),
            "2024-05",
            finding="What it shows, in Markdown.",
            credibility=0.75,
            cluster="not independent of others here",
        )
    },
    ideas={1: Idea(1, "An idea of a reader", kind="hypothesis", sender="a reader")},
    schemes={
        "of-ones-own": SchemeTable(
            {"CC": -2, "C": -1, "N": 0, "I": 1, "II": 2},
            credibility={"low": 0.5, "medium": 1, "high": 1.5},
            source="where its points are from",
        )
    },
)


def examples_for(debate: Debate) -> dict[str, str]:
    """Return the parts of a file that a debate has none of, each with an example in it: field of the file -> lines."""
    example = _fitting(debate)
    tree = tree_of(example)
    missing = [field for field in tree if field not in ("abduce", "debate") and not getattr(debate, field)]
    taken = {*debate.quantities, *debate.gaps}  # a quantity and a gap cannot have one name
    free = [field for field in missing if field not in ("quantities", "gaps") or taken.isdisjoint(tree[field])]
    return {field: write_yaml({field: tree[field]}) for field in free}


def _fitting(debate: Debate) -> Debate:
    """Return the example with what it names in its place: the explanations that there are."""
    if not (slug := next(iter(debate.hypotheses), "")):
        return _EXAMPLE
    item = replace(_EXAMPLE.evidence["key2024"], assessments={slug: Assessment(3.0, "likelier if it is true")})
    comment = Comment(1, "A remark, in Markdown.", "a name", "2024-05-01T12:00:00Z", hypothesis=slug)
    return replace(_EXAMPLE, evidence={item.key: item}, comments={1: comment})


def examples_inside(debate: Debate) -> dict[str, str]:
    """Return what none of the parts there has: the place in the file under which it goes -> its lines, indented for it.

    That is a quantity by several sources where there is no convention, and effects where no explanation has any.
    """
    inside = {}
    if debate.quantities and not debate.conventions and not {"measured"} & {*debate.quantities, *debate.gaps}:
        inside["quantities"] = _below(1, {"quantities": tree_of(_EXAMPLE)["quantities"]})
    slug, symbol = next(iter(debate.hypotheses), ""), next(iter(debate.quantities), "")
    if slug and symbol and not any(each.effects for each in debate.hypotheses.values()):
        assumed = Assumption({PLAIN_READING: Reading("0.5 to 1.5", "a guess")})
        effects = {symbol: f"{symbol} / 10 ** extra"}
        made = replace(_EXAMPLE.hypotheses["slug"], slug=slug, effects=effects, assumes={"extra": assumed})
        tree = cast("Mapping[str, Mapping[str, Tree]]", tree_of(replace(_EXAMPLE, hypotheses={slug: made})))
        own = cast("Mapping[str, Tree]", tree["hypotheses"][slug])
        parts = {name: own[name] for name in ("effects", "assumes")}
        inside[f"hypotheses.{slug}"] = _below(2, {"hypotheses": {slug: parts}})
    return inside


def _below(lines: int, tree: Mapping[str, Tree]) -> str:
    return "".join(write_yaml(tree).splitlines(keepends=True)[lines:])


def head_for(debate: Debate) -> str:
    """Return the comment that a file begins with; empty if the debate has some of everything."""
    parts = list(examples_for(debate).values())
    parts += [f"under {place.replace('.', ', ')}:\n{lines}" for place, lines in examples_inside(debate).items()]
    if not parts:
        return ""
    lines = [HEAD, "", *"\n".join(parts).splitlines()]
    return "".join(f"# {line}".rstrip() + "\n" for line in lines) + "\n"
