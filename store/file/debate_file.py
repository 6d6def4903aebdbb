"""The YAML twin of a debate: `*.debate.yaml` to a debate and back, without loss. JSON of the same shape is read too.

A file begins with `abduce: 1`. The order of its hypotheses is their position, the order of its ideas their number,
and of the readings of a quantity the first counts where the convention has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from hypotheses import rules
from hypotheses.debate import Comment, Debate
from hypotheses.estimates import check_model
from hypotheses.problems import Malformed, NotFound, Problem, Refused
from hypotheses.reading import HasReadings
from store.disk import is_there, read_whole
from store.file.debate_schema import VERSION, TakenEvidence, debate_of, inside_of
from store.file.debate_tree import tree_of
from store.file.examples import head_for
from store.file.file_tree import EntryByEntry, Node, Problems, TakenEntry
from store.file.json_reader import looks_like_json, read_json
from store.file.yaml_reader import read_yaml
from store.file.yaml_writer import write_yaml

LARGEST: Final = 128_000_000
"""How many bytes the file of a debate may have, on its way in and out: more than 100,000 items of evidence with reasons
under eight explanations."""
_ROUNDING: Final = 1e-9


def debate_at(path: Path) -> Debate:
    """Read the debate in a file.

    Raises:
        BadFile: it is no sound debate; see `read_debate`.
        Refused: it cannot be read, or is no regular file, whose end may never come.
    """
    if is_there(path) and not path.is_file():
        raise Refused(f"{path} is no file; expected YAML or JSON")
    return read_debate(read_whole(path, LARGEST + 1), str(path))


def read_debate(data: str | bytes, path: str = "debate") -> Debate:
    """Read a debate from what a file holds.

    Args:
        data: YAML or JSON.
        path: How problems name the file. Its ending says which of the two it is; another ending, or none, leaves
            that to the text.

    Raises:
        BadFile: it is neither, not a debate, or not a sound one; with every problem that can be found at once.
    """
    problems = Problems(path)
    read = read_json if is_json(data, path) else read_yaml
    root = read(data, problems, EntryByEntry("evidence", TakenEvidence(problems)), LARGEST)
    _check_head(root, problems)
    debate = debate_of(root, problems)
    for further in (_loose_ends(debate), check_model(debate)):
        # What follows from a line that has a problem already is no news.
        lines_told = {problem.line for problem in problems.found}
        for problem in further:
            if (line := _line_of(root, problem.place)) not in lines_told:
                problems.add(line, problem.text)
    if problems.found:
        problems.give_up()
    return debate


def is_json(data: str | bytes, path: str) -> bool:
    """Say whether a debate is written in JSON: the ending of its name says it, else how it begins."""
    name = path.lower()
    return name.endswith(".json") or (not name.endswith((".yaml", ".yml")) and looks_like_json(data))


def write_debate(debate: Debate, *, to_edit: bool = False) -> str:
    """Write a debate as the text of a file. Reading it gives an equal debate.

    One that is `to_edit` says every prior, and the number of every idea and comment: what one changes or removes in it
    changes nothing else. It says no position, so that explanations stand in the order of the text, and are where they
    were by `as_meant`.
    """
    return write_yaml(tree_of(debate, in_full=to_edit))


def export_debate(debate: Debate, *, to_edit: bool = False) -> str:
    """Write a debate for people: as the text of a file, which begins with the shape of what it has not got yet."""
    return head_for(debate) + write_debate(debate, to_edit=to_edit)


def line_of(text: str, place: Sequence[object]) -> int:
    """Return the line of a place such as `("ideas", 4, "title")` in the text of a debate; 0 for the whole."""
    if not place:
        return 0
    root = read_yaml(text, Problems(""))
    parts = root.value if isinstance(root.value, dict) else {}
    first, *inside = place
    if first not in parts:  # a field of the debate itself
        return _line_of(root, f"debate.{first}")
    numbered = parts[str(first)].value
    if isinstance(numbered, list) and inside:
        inside[0] = next((at for at, one in enumerate(numbered) if _number_of(one) == inside[0]), "")
    return _line_of(root, ".".join(map(str, [first, *inside])))


def _number_of(node: Node) -> object:
    number = node.value.get("number") if isinstance(node.value, dict) else None
    return int(str(number.value)) if number is not None else None


def _check_head(root: Node, problems: Problems) -> None:
    """Give up where a file is not for this program, or is too much for it."""
    fields = root.value if isinstance(root.value, dict) else {}
    version = fields.get("abduce")
    if version is None:
        problems.stop(root.line, f"this is no debate file; expected it to begin with `abduce: {VERSION}`")
    if version.value != VERSION:
        problems.stop(version.line, f"found a file of version {version.value!r}; expected version {VERSION}")
    parts = (fields[part].value if part in fields else () for part in ("quantities", "gaps", "hypotheses", "schemes"))
    for part, count in rules.sizes(*parts).items():
        try:
            rules.size(part, count)
        except Malformed as error:
            problems.stop(fields.get(part, root).line, str(error))


def _line_of(root: Node, place: str) -> int:
    """Find the line of a place such as `gaps.vision.formula` or `ideas.0.title`, as deep as the file goes with it."""
    node, rest = root, place
    while rest:
        inside = node.value if isinstance(node.value, dict) else {}
        if isinstance(node.value, TakenEntry):
            inside = inside_of(node.value)
        elif isinstance(node.value, list):
            inside = {str(index): item for index, item in enumerate(node.value)}
        # Names may hold dots, so the longest one that fits is meant. What a file leaves unsaid is passed over.
        key = max((key for key in inside if f"{rest}.".startswith(f"{key}.")), key=len, default=None)
        if key is None:
            rest = rest.partition(".")[2]
        else:
            node, rest = inside[key], rest[len(key) + 1 :]
    return node.line


def _loose_ends(debate: Debate) -> Iterator[Problem]:
    """Yield what cannot be seen in one part alone: names of what is not there, and sums that cannot be."""
    if debate.convention and debate.convention not in debate.conventions:
        yield _unknown("debate.convention", "convention", debate.convention, debate.conventions)
    for quantity in debate.quantities.values():
        yield from _loose_readings(f"quantities.{quantity.symbol}", quantity, debate)
    for hypothesis in debate.hypotheses.values():
        for name, assumed in hypothesis.assumes.items():
            yield from _loose_readings(f"hypotheses.{hypothesis.slug}.assumes.{name}", assumed, debate)
        for index, rival in enumerate(hypothesis.rivals):
            if rival not in debate.hypotheses:
                place = f"hypotheses.{hypothesis.slug}.rivals.{index}"
                yield _unknown(place, "hypothesis", rival, debate.hypotheses)
    for evidence in debate.evidence.values():
        for slug in evidence.assessments:
            if slug not in debate.hypotheses:
                place = f"evidence.{evidence.key}.assessments.{slug}"
                yield _unknown(place, "hypothesis", slug, debate.hypotheses)
    yield from _loose_words(debate)
    for symbol in [symbol for symbol, gap in debate.gaps.items() if gap.headline][1:]:
        yield Problem("second-headline", f"gaps.{symbol}.headline", "another gap is the headline; expected one")
    total = sum(hypothesis.plausibility for hypothesis in debate.hypotheses.values())
    if debate.mode == "exclusive" and total > 1 + _ROUNDING:
        text = f"the plausibilities of an exclusive debate sum to {total:.0%}; expected at most 100%"
        yield Problem("more-than-certain", "hypotheses", text)


def _loose_readings(place: str, value: HasReadings, debate: Debate) -> Iterator[Problem]:
    if value.chosen and value.chosen not in value.readings:
        yield _unknown(f"{place}.chosen", "reading", value.chosen, value.readings)
    for name, reading in value.readings.items():
        if reading.correlated and reading.correlated.quantity not in debate.quantities:
            where = f"{place}.readings.{name}.correlated"
            yield _unknown(where, "quantity", reading.correlated.quantity, debate.quantities)


def _loose_words(debate: Debate) -> Iterator[Problem]:
    for index, idea in enumerate(debate.ideas.values()):
        if idea.hypothesis and idea.hypothesis not in debate.hypotheses:
            yield _unknown(f"ideas.{index}.hypothesis", "hypothesis", idea.hypothesis, debate.hypotheses)
    for index, comment in enumerate(debate.comments.values()):
        yield from _loose_comment(f"comments.{index}", comment, debate)


def _loose_comment(place: str, comment: Comment, debate: Debate) -> Iterator[Problem]:
    if comment.hypothesis and comment.hypothesis not in debate.hypotheses:
        yield _unknown(f"{place}.hypothesis", "hypothesis", comment.hypothesis, debate.hypotheses)
    if comment.evidence and comment.evidence not in debate.evidence:
        yield _unknown(f"{place}.evidence", "evidence", comment.evidence, debate.evidence)
    if comment.idea and comment.idea not in debate.ideas:
        yield _unknown(f"{place}.idea", "idea", str(comment.idea), map(str, debate.ideas))


def _unknown(place: str, kind: str, name: str, names: Iterable[str]) -> Problem:
    return Problem("unknown-name", place, str(NotFound(kind, name, names)))
