"""Whatever an assistant asks, nothing in the debate changes but the inbox."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tui.assistants
from hypotheses.debate import Debate
from hypotheses.problems import AbduceError
from store.debate_edits import DebateEdits
from store.debate_store import DebateStore
from store.explanation_edits import ExplanationEdits
from store.finding_edits import FindingEdits
from store.idea_edits import IdeaEdits
from store.number_edits import NumberEdits
from tests.exploring import explored
from tests.tui.assistants.conftest import SLUG, OpenAssistant, tuners
from tui.assistants.session import AssistantSession
from tui.assistants.tools import TOOLS

CHANGES = {
    name
    for part in (DebateEdits, ExplanationEdits, NumberEdits, FindingEdits, IdeaEdits)
    for name, _ in inspect.getmembers(part, inspect.isfunction)
    if not name.startswith("_") and name != "now"
} | {"undo", "undo_to", "redo", "open_debate"}
"""Every method of the store that writes."""

NAMES = ["uncounted", "fewer", "moved", "song2023", "ads", "people", "owners", "known", "shortage", "post", "survey"]
TEXTS = st.one_of(st.sampled_from([*NAMES, "1M", "2 to 3", "=people * 2", "=1/0", "0", ""]), st.text(max_size=20))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.floats(allow_nan=True), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=4,
)
FITTING = {
    "string": TEXTS,
    "integer": st.integers(0, 3),
    "array": st.lists(TEXTS, max_size=3),
    "object": st.dictionaries(TEXTS, TEXTS, max_size=2),
}


def calls() -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """A tool with arguments that fit, or do not."""

    def of(name: str) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
        parts = {}
        for one in TOOLS[name].arguments:
            words = st.sampled_from(one.schema["enum"]) if "enum" in one.schema else FITTING[one.schema["type"]]
            parts[one.name] = st.one_of(words, words, words, JSON)
        return st.tuples(st.just(name), st.fixed_dictionaries({}, optional={**parts, "other": JSON}))

    return st.sampled_from(sorted(TOOLS)).flatmap(of)


def but_ideas(debate: Debate) -> Debate:
    return replace(debate, ideas={})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DebateStore]:
    path = tmp_path_factory.mktemp("assistants") / "debates.db"
    with DebateStore.open(str(path), actor="assistant", creator="ana", first=tuners) as opened:
        yield opened


@explored(30)
@given(asked=st.lists(calls(), min_size=1, max_size=4))
def test_no_call_changes_anything_but_the_inbox(asked: list[tuple[str, dict[str, Any]]], store: DebateStore) -> None:
    before, latest = store.load(SLUG), store.last_entry(SLUG)
    session = AssistantSession(store, SLUG)
    for name, arguments in asked:
        try:
            answer = session.call(name, arguments, "Some Client")
        except AbduceError:
            continue
        assert set(TOOLS[name].answer) <= set(answer)
    after = store.load(SLUG)
    assert but_ideas(after) == but_ideas(before)
    assert {number: after.ideas[number] for number in before.ideas} == before.ideas
    assert all(after.ideas[number].status == "new" for number in after.ideas.keys() - before.ideas.keys())
    made = [entry.label for entry in store.history(SLUG) if entry.id > latest]
    assert all(label.startswith("submitted an idea: ") for label in made)


def test_of_what_changes_a_debate_only_one_method_is_called(
    open_assistant: OpenAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = open_assistant()
    used: set[str] = set()

    def noted(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def note(*arguments: Any, **named: Any) -> Any:
            used.add(name)
            return method(*arguments, **named)

        return note

    for name in CHANGES:
        monkeypatch.setattr(DebateStore, name, noted(name, getattr(DebateStore, name)))
    asked: dict[str, dict[str, Any]] = {
        "read_explanation": {"explanation": "fewer"},
        "search": {"words": "tuners"},
        "estimate": {"set": {"people": "1M"}, "with": ["fewer"], "convention": "survey"},
    }
    for name in TOOLS:
        if name not in ("submit_idea", "idea_status"):
            assistant(name, **asked.get(name, {}))
    for page in ("post", "report"):
        assistant.session.page(f"abduce://debate/{page}.md")
    assert used == set()
    assistant("idea_status", reference=assistant.send("They share")["reference"])
    assert used == {"submit_idea"}


def test_no_other_method_that_changes_a_debate_is_named_in_the_room() -> None:
    assert {"accept_idea", "set_plausibility", "assess", "submit_ideas", "undo", "edit_debate"} <= CHANGES
    room = Path(tui.assistants.__path__[0])
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in room.glob("*.py")]
    named = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert len(trees) > 8
    assert named & CHANGES == {"submit_idea"}
