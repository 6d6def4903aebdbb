"""Maps of arguments in Argdown, read into debates.

A statement that says nothing of another is an explanation, and so is one that stands by itself, has arguments for or
against it, and speaks of no argument. What supports or attacks one is evidence; what bears on evidence stands in its
finding. Statements that contradict each other are
rivals. Tags, groups and data are kept in notes, premises and conclusions in findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from hypotheses import rules
from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.problems import Malformed
from hypotheses.ranking import parse_plausibility
from store.errors import BadFile
from store.file.file_tree import Node, Problems
from store.file.yaml_reader import read_yaml
from store.incoming import Contents
from store.maps.argdown_text import ArgdownElement, ArgdownGraph, ElementName, Kind, Relation, read_graph
from store.maps.building import SLUG, Building, slug_of, sources
from store.maps.claims import AGAINST, FOR, MapClaim, threaded
from store.maps.markdown import plain
from store.maps.matrix import name_of
from store.maps.taken import MapNotes, Maps, one_line, text_of

_SIGNS: Final = {"support": FOR, "attack": AGAINST, "undercut": AGAINST}
_LABELS: Final[Mapping[Kind, str]] = {
    "support": "Pro",
    "attack": "Con",
    "undercut": "Undercut",
    "contradiction": "Contradiction",
}
MOST_RELATIONS: Final = 200_000
_PLAUSIBILITY: Final = re.compile(r"\bplausibility:\s*[\"']?([^\"'{},]{1,20})")
_STRICT: Final = re.compile(r"^[ \t]*mode:[ \t]*[\"']?strict\b", re.MULTILINE)


def read_argdown(data: bytes, path: str) -> Contents[Maps]:
    """Read a map.

    Raises:
        BadFile: there is none in it.
    """
    notes, problems = MapNotes(), Problems(path)
    graph = read_graph(text_of(data, notes, problems), notes)
    if not graph.nodes:
        problems.stop(
            0, "there is nothing in the file that a map is made of; expected Argdown, such as `+ <Title>: text`"
        )
    front = _front(graph.front, notes)
    title = front.pop("title", "") or (graph.headings[0] if len(graph.headings) == 1 else "") or name_of(path)
    title = notes.fitted(1, "the title", one_line(plain(title).text) or name_of(path), rules.TITLE_LENGTH)
    author = notes.fitted(1, "the author", front.pop("author", ""), rules.TITLE_LENGTH)
    for name in front:
        notes.add(1, f"{name!r} before the text was left out")
    building = Building(notes, problems)
    _Mapping(graph, building, notes, problems).carry_out()
    question = notes.fitted(1, "the text around the map", "\n\n".join(graph.prose))
    debate = Debate(slug_of(title), title, question, author=author)
    return Contents(Maps((building.finished(debate),)), notes.all())


def _front(text: str, notes: MapNotes) -> dict[str, str]:
    """Return the fields before a text that are lines; others only by their names."""
    if not text.strip():
        return {}
    try:
        root = read_yaml(text, Problems("")).value
    except BadFile as bad:
        notes.add(1, f"what stands before the text was left out: {bad.problems[0].text}")
        return {}
    return {name: _as_line(node) for name, node in root.items()} if isinstance(root, dict) else {}


def _as_line(node: Node) -> str:
    if isinstance(node.value, str):
        return one_line(node.value)
    each = node.value if isinstance(node.value, list) else []
    return ", ".join(one_line(item.value) for item in each if isinstance(item.value, str))


class _Mapping:
    """A map on its way into a debate."""

    def __init__(self, graph: ArgdownGraph, building: Building, notes: MapNotes, problems: Problems) -> None:
        self._graph = graph
        self._building = building
        self._notes = notes
        self._is_strict = _STRICT.search(graph.front) is not None
        relations = list(islice(chain(map(self._plain, graph.relations), self._derived()), MOST_RELATIONS + 1))
        if len(relations) > MOST_RELATIONS:
            problems.stop(0, f"there are more than {MOST_RELATIONS:,} relations; expected at most that")
        self._relations = list(dict.fromkeys(_mutual(relations)))
        self._explanations: dict[ElementName, str] = {}
        self._saying: dict[ElementName, list[Relation]] = {}
        """Element -> what it says of others."""
        for relation in self._relations:
            self._saying.setdefault(relation.source, []).append(relation)
        self._argued = {relation.target for relation in self._relations if relation.source.is_argument}
        self._claims = {name: MapClaim(node.line, self._claimed(node)) for name, node in graph.nodes.items()}

    def carry_out(self) -> None:
        """Add the explanations, the evidence and what is said of it."""
        for name in self._roots():
            self._explanations[name] = self._add_explanation(self._graph.nodes[name])
        for relation in self._relations:
            self._take(relation)
        bearing = {name for name, said in self._saying.items() if any(r.target in self._explanations for r in said)}
        reached = self._below([*self._explanations, *bearing])
        loose = {name for name in self._graph.nodes if self._is_shown(name) and name not in reached}
        tops = {name for name in loose if not any(r.target in loose for r in self._saying.get(name, ()))}
        evidence = (bearing - self._explanations.keys()) | (tops or loose)
        for name, node in self._graph.nodes.items():
            if name in evidence and self._is_shown(name):
                self._add_evidence(node)

    def _take(self, relation: Relation) -> None:
        """Put what is said of an element under it; between explanations, make rivals of them."""
        if relation.source in self._explanations and relation.target in self._explanations:
            self._add_rivals(relation)
        elif relation.target not in self._explanations:
            said = self._claims[relation.source]
            claim = MapClaim(said.line, said.text, _LABELS[relation.kind], said.children)
            self._claims[relation.target].children.append(claim)

    def _plain(self, relation: Relation) -> Relation:
        """Return a relation; in strict mode two statements that attack each other are contrary."""
        both = not (relation.source.is_argument or relation.target.is_argument)
        if self._is_strict and both and relation.kind == "attack":
            return relation._replace(kind="contradiction")
        return relation

    def _derived(self) -> Iterator[Relation]:
        """Yield what follows from premises and conclusions: what is said of a premise is said of its argument."""
        plain = [self._plain(relation) for relation in self._graph.relations]
        concluding: dict[ElementName, list[ElementName]] = {}
        for argument, conclusion in self._graph.conclusions.items():
            concluding.setdefault(conclusion, []).append(argument)
            line = self._graph.nodes[argument].line
            if self._is_shown(conclusion):
                yield Relation("support", argument, conclusion, line)
        using: dict[ElementName, list[ElementName]] = {}
        for argument, premises in self._graph.premises.items():
            for premise in premises:
                using.setdefault(premise, []).append(argument)
        for relation in plain:
            for argument in concluding.get(relation.source, ()):
                yield relation._replace(source=argument)
            for argument in using.get(relation.target, ()):
                yield relation._replace(target=argument)

    def _is_shown(self, name: ElementName) -> bool:
        """Say whether an element is more than a premise or conclusion of an argument."""
        return self._graph.nodes[name].is_free

    def _roots(self) -> list[ElementName]:
        """Return what the map is about: its theses; without any, what there is."""
        shown = [name for name in self._graph.nodes if self._is_shown(name)]
        saying = {relation.source for relation in self._relations if relation.kind != "contradiction"}
        said = {relation.target for relation in self._relations}
        said |= {relation.source for relation in self._relations if relation.kind == "contradiction"}
        free = [name for name in shown if name not in saying]
        theses = {name for name in free if not name.is_argument and name in said}
        theses |= {name for name in shown if self._is_thesis(name) or self._plausibility(name) is not None}
        choices = (
            [name for name in shown if name in theses],
            [name for name in free if not name.is_argument],
            [name for name in free if name in said],
            [name for name in shown if not name.is_argument][:1],
            shown[:1],
        )
        return next(filter(None, choices), [])

    def _is_thesis(self, name: ElementName) -> bool:
        """Say whether a statement stands by itself, with arguments for or against it, and speaks of no argument."""
        node = self._graph.nodes[name]
        if name.is_argument or not (node.is_titled and node.is_head):
            return False
        return name in self._argued and not any(r.target.is_argument for r in self._saying.get(name, ()))

    def _plausibility(self, name: ElementName) -> float | None:
        """Return how plausible a statement is said to be by its data; None if it is not."""
        for data in self._graph.nodes[name].data:
            match = None if name.is_argument else _PLAUSIBILITY.search(data)
            try:
                return parse_plausibility(match[1].strip()) if match else None
            except Malformed:
                return None
        return None

    def _below(self, tops: Sequence[ElementName]) -> set[ElementName]:
        """Return some elements, and all that is said of them and of that."""
        said_of: dict[ElementName, list[ElementName]] = {}
        for relation in self._relations:
            said_of.setdefault(relation.target, []).append(relation.source)
        reached, waiting = set(tops), list(tops)
        while waiting:
            fresh = set(said_of.get(waiting.pop(), ())) - reached
            reached |= fresh
            waiting += fresh
        return reached

    def _add_explanation(self, node: ArgdownElement) -> str:
        name, title, texts = _titled(node, "A statement")
        said = self._plausibility(node.name)
        figure = 0.5 if said is None else said
        hypothesis = Hypothesis("", title, "\n\n".join([*texts, *node.steps]), figure, figure, placeholder=said is None)
        return self._building.add_hypothesis(node.line, replace(hypothesis, note=self._note(node)), name)

    def _add_rivals(self, relation: Relation) -> None:
        """Make rivals of explanations that contradict each other; else keep in one what the other is to it."""
        one, other = self._explanations[relation.source], self._explanations[relation.target]
        if not (one and other) or one == other:
            return
        if relation.kind != "contradiction":
            said = MapClaim(relation.line, self._building.hypotheses[one].title, _LABELS[relation.kind])
            about = self._building.hypotheses[other]
            statement = f"{about.statement}\n\n{threaded([said])}".strip()
            statement = self._notes.fitted(relation.line, f"the statement of {other!r}", statement)
            self._building.hypotheses[other] = replace(about, statement=statement)
            return
        for slug, rival in ((one, other), (other, one)):
            each = self._building.hypotheses[slug]
            if rival not in each.rivals:
                self._building.hypotheses[slug] = replace(each, rivals=(*each.rivals, rival))

    def _add_evidence(self, node: ArgdownElement) -> None:
        name, title, texts = _titled(node, "An argument")
        links = [link for text in node.texts for link in plain(text).links]
        url, also = sources(links, node.line, self._notes)
        about = threaded(self._claims[node.name].children)
        finding = "\n\n".join(filter(None, [*texts, "\n".join(node.steps), about]))
        evidence = Evidence("", title, finding=finding, url=url, also=also, note=self._note(node))
        key = self._building.add_evidence(node.line, evidence, name)
        for relation in self._saying.get(node.name, ()):
            slug = self._explanations.get(relation.target, "")
            if slug and relation.kind != "contradiction":
                self._rate(relation, key, slug)

    def _rate(self, relation: Relation, key: str, slug: str) -> None:
        told = "a support was taken for + (3) and an attack for - (1/3), as the file does not say how strong they are"
        self._notes.once(relation.line, told)
        self._building.rate(relation.line, key, slug, _SIGNS[relation.kind])

    def _claimed(self, node: ArgdownElement) -> str:
        text = " ".join([*node.texts, *node.steps])
        title = node.name.title if node.is_titled else ""
        return ": ".join(filter(None, [title, text])) or "A statement"

    def _note(self, node: ArgdownElement) -> str:
        """Return what is kept of an element beside its words."""
        tags = " ".join(f"#{tag}" if " " not in tag else f"#({tag})" for tag in node.tags)
        group = f"Group: {' / '.join(node.groups)}" if node.groups else ""
        return "\n".join(filter(None, [tags, group, *node.data]))


def _titled(node: ArgdownElement, instead: str) -> tuple[str, str, list[str]]:
    """Return the slug or key of an element if it has one, its title, and what else it says.

    A title in small letters and without spaces is a slug, and the text the title.
    """
    if not node.is_titled:
        return "", plain(node.texts[0]).text if node.texts else instead, node.texts[1:]
    if node.texts and SLUG.fullmatch(node.name.title):
        return node.name.title, plain(node.texts[0]).text or node.name.title, node.texts[1:]
    return "", node.name.title, node.texts


def _mutual(relations: Sequence[Relation]) -> Iterator[Relation]:
    """Yield relations; of statements that attack each other, that they contradict each other."""
    attacks = {(r.source, r.target) for r in relations if r.kind == "attack" and not r.source.is_argument}
    for relation in relations:
        both = relation.kind == "attack" and (relation.target, relation.source) in attacks
        yield relation._replace(kind="contradiction") if both else relation
