"""What of a collection of Zotero is news to a debate, and what has changed there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypotheses.debate import Debate, Evidence
from store.zotero.asking import ZoteroItem
from store.zotero.sync import Collected, collected
from tests.store.zotero.conftest import item

EMPTY = Debate("pier", "Pier")


def given(key: str, title: str, **fields: Any) -> ZoteroItem:
    data = item(key, title, **fields)
    return ZoteroItem(key, data["version"], f"zotero://select/library/items/{key}", data["data"])


def after(debate: Debate, came: Collected) -> Debate:
    return replace(debate, evidence={**debate.evidence, **{each.key: each for each in came.plan.fresh}})


def test_items_become_evidence_with_the_link_to_each() -> None:
    came = collected(EMPTY, [given("AAAA2222", "Tide curves", DOI="10.5555/x", url="https://example.org/t")], {})
    (tides,) = came.plan.fresh
    assert (tides.key, tides.title, tides.authors, tides.date, tides.source, tides.doi, tides.url) == (
        "marlow2016",
        "Tide curves",
        ("Ines Marlow",),
        "2016-03",
        "Tides",
        "10.5555/x",
        "https://example.org/t",
    )
    assert tides.also == ("zotero://select/library/items/AAAA2222",)


def test_notes_and_files_are_no_evidence_and_are_counted() -> None:
    came = collected(
        EMPTY, [given("N", "A note", itemType="note"), given("F", "f.pdf", itemType="attachment"), given("E", "")], {}
    )
    assert not came.plan.fresh
    assert dict(came.unused) == {"items that are a note": 1, "items that are a attachment": 1}
    assert [note.kind for note in came.notes] == ["left out"]


def test_running_again_takes_only_what_is_new() -> None:
    first = collected(EMPTY, [given("A2", "Tide curves")], {})
    debate = after(EMPTY, first)
    again = collected(debate, [given("A2", "Tide curves"), given("B2", "Waves")], first.state)
    assert [each.title for each in again.plan.fresh] == ["Waves"]
    assert (again.changed, again.gone, again.plan.known) == ((), (), ())


def test_a_change_in_zotero_is_told_from_a_change_here() -> None:
    first = collected(EMPTY, [given("A2", "Tide curves")], {})
    debate = after(EMPTY, first)
    here = replace(debate.evidence["marlow2016"], source="My journal", date="2017")
    debate = replace(debate, evidence={here.key: here})
    changed = [given("A2", "Tide curves, 2nd edition", version=6, date="2018")]
    again = collected(debate, changed, first.state)
    assert [(one.field, one.here, one.there, one.is_conflicting) for one in again.changed] == [
        ("title", "Tide curves", "Tide curves, 2nd edition", False),
        ("date", "2017", "2018", True),
    ]
    assert again.fields == {"marlow2016": {"title": "Tide curves, 2nd edition", "date": "2018"}}
    # It is told again as long as it is not taken over.
    assert collected(debate, changed, again.state).changed == again.changed
    taken = collected(debate, changed, first.state, again=True)
    now = replace(here, title="Tide curves, 2nd edition", date="2018")
    assert collected(replace(debate, evidence={now.key: now}), changed, taken.state).changed == ()


def test_what_was_removed_here_does_not_come_back_by_itself() -> None:
    first = collected(EMPTY, [given("A2", "Tide curves")], {})
    again = collected(EMPTY, [given("A2", "Tide curves")], first.state)
    assert ([each.key for each in again.gone], again.plan.fresh) == (["A2"], ())
    assert len(collected(EMPTY, [given("A2", "Tide curves")], first.state, again=True).plan.fresh) == 1


def test_what_came_otherwise_is_not_taken_twice() -> None:
    there = Evidence("tides", "Tide curves", doi="10.5555/x")
    came = collected(replace(EMPTY, evidence={"tides": there}), [given("A2", "Tide Curves", DOI="10.5555/X")], {})
    assert [(each.key, each.why) for each in came.plan.known] == [("tides", "its DOI is that of 'tides'")]
    assert not came.plan.fresh


def test_links_go_to_the_right_items_where_some_are_skipped() -> None:
    there = {"w": Evidence("w", "Waves", doi="10.5555/w")}
    items = [given("A2", "Tides"), given("B2", "Waves", DOI="10.5555/w"), given("C2", "Currents", date="1999")]
    fresh = collected(replace(EMPTY, evidence=there), items, {}).plan.fresh
    assert [(each.title, each.also[0][-2:]) for each in fresh] == [("Tides", "A2"), ("Currents", "C2")]


def test_a_note_of_another_shape_counts_as_none() -> None:
    known: Mapping[str, Any] = {"A2": {"said": "x"}, "B2": 3}
    debate = after(EMPTY, collected(EMPTY, [given("A2", "Tide curves")], {}))
    assert [one.field for one in collected(debate, [given("A2", "Tides")], known).changed] == ["title"]
