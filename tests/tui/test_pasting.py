"""What is pasted: lines are joined, what a field is for is found in it, and what is not taken is said."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from hypotheses.debate import Debate, Hypothesis
from store.debate_store import DebateStore
from tests.tui.bursts import burst
from tests.tui.running import one_line, press, running, send, settled, toasts
from tui.app import AbduceApp
from tui.debate.screen import DebateScreen
from tui.dialogs.help import Help
from tui.evidence.form import EvidenceForm

TITLE = "Distributed hierarchical\nprocessing in the\nprimate cerebral cortex"
SMALL = Debate("small", "Small?", hypotheses={"a": Hypothesis("a", "It is a")})


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    DebateStore.open(first=lambda: SMALL).close()
    monkeypatch.setenv("ABDUCE_OFFLINE", "1")


async def paste(app: AbduceApp, pilot: Pilot[int], text: str) -> None:
    app.post_message(events.Paste(text))
    await settled(app, pilot)


async def evidence_form(app: AbduceApp, pilot: Pilot[int], field: str) -> EvidenceForm:
    await press(app, pilot, "n")
    assert isinstance(app.screen, EvidenceForm)
    app.screen.go_to(field)
    await settled(app, pilot)
    return app.screen


@pytest.mark.parametrize(
    ("field", "text", "taken", "told"),
    [
        ("title", TITLE, TITLE.replace("\n", " "), ""),
        ("title", "Self-\nmade", "Self-made", "A hyphen at the end of a line is kept: Self-made."),
        ("doi", "https://doi.org/10.1038/\nnature14539", "10.1038/nature14539", ""),
        ("doi", "Nature 521, 10.1038/nature14539", "10.1038/nature14539", "Left out of what was pasted: Nature 521."),
        ("doi", "2303.01469", "2303.01469", "Found '2303.01469': that is an arXiv id; expected a DOI."),
        ("arxiv", "arXiv:1706.03762v7 2 Aug 2023", "1706.03762v7", "Left out of what was pasted: 2 Aug 2023."),
        ("url", "https://example.org/deeplea\nrning", "https://example.org/deeplearning", ""),
        ("url", "10.1038/nature14539", "https://doi.org/10.1038/nature14539", ""),
        ("url", "see (https://doi.org/10.1038/nature14539).", "https://doi.org/10.1038/nature14539", "Left out of"),
        ("title", "x" * 20_000, "x" * 10_000, "Of what was pasted only the first 10,000 characters."),
        ("authors", "Song, Y.\nDhariwal, P.", "Song, Y.; Dhariwal, P.", ""),
        ("date", "21 March 2023", "2023-03-21", "Taken as 2023-03-21: 21 March 2023."),
        ("date", "03/04/2023", "2023", "Taken as 2023: 03/04/2023."),
        ("date", "2023-03\n", "2023-03", ""),
        ("look_up", f"{TITLE}\n10.1093/cercor/1.1.1", "10.1093/cercor/1.1.1", "Left out of what was pasted: Distr"),
    ],
)
async def test_a_field_takes_what_it_is_for(field: str, text: str, taken: str, told: str) -> None:
    async with running() as (app, pilot):
        form = await evidence_form(app, pilot, field)
        await paste(app, pilot, text)
        assert form.shown(field) == taken
        said = " ".join(toasts(app))
        assert (told in said) if told else not said


async def test_a_paste_takes_the_place_of_what_is_selected() -> None:
    async with running() as (app, pilot):
        form = await evidence_form(app, pilot, "title")
        await paste(app, pilot, "old\nwords")
        await press(app, pilot, "shift+home")
        await paste(app, pilot, "new\nones")
        assert form.shown("title") == "new ones"


async def test_a_reason_takes_several_lines() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "p", "tab")
        await paste(app, pilot, "because\nof this")
        assert "because of this" in one_line(app)


async def test_what_is_pasted_on_a_screen_is_logged() -> None:
    async with running() as (app, pilot):
        await paste(app, pilot, "doi:10.1093/cer\ncor/1.1.1")
        assert isinstance(app.screen, EvidenceForm)
        assert app.screen.shown("look_up") == "doi:10.1093/cercor/1.1.1"
        assert "look-ups are switched off" in one_line(app)


async def test_bibtex_fills_the_form_in_without_a_network() -> None:
    entry = (
        "@article{felleman91,\n  title = {Distributed hierarchical\n processing},\n"
        "  author = {Felleman, D. J. and Van Essen, D. C.},\n  year = 1991,\n}\n@misc{more, title={More}}"
    )
    async with running() as (app, pilot):
        await paste(app, pilot, entry)
        form = app.screen
        assert isinstance(form, EvidenceForm)
        assert form.shown("title") == "Distributed hierarchical processing"
        assert form.shown("authors") == "D. J. Felleman, D. C. Van Essen"
        assert form.shown("date") == "1991"
        assert "1 more is left out" in one_line(app)


async def test_of_a_bibtex_entry_what_is_changed_is_told_and_nothing_is_lost() -> None:
    entry = (
        "@misc{tides, title = {Tides at $\\sqrt{s}=13$}, year = {1829--1830}, author = {Marlow, Ines; Ter Horst, Dirk},"
        " url = {https://example.org/a https://example.org/b}}"
    )
    async with running() as (app, pilot):
        await paste(app, pilot, entry)
        form = app.screen
        assert isinstance(form, EvidenceForm)
        assert form.shown("title") == "Tides at √s=13"
        assert form.shown("authors") == "Ines Marlow, Dirk Ter Horst"
        assert (form.shown("date"), form.shown("url")) == ("1829", "https://example.org/a")
        assert form.shown("also") == "https://example.org/b"
        told = str(form.query_one("#told", Static).render())
        assert "the date '1829–1830' is kept as 1829." in told


@pytest.mark.parametrize("key", ["", "2", "3", "5"])
async def test_words_pasted_where_no_field_is_are_refused_and_not_dropped_in_silence(key: str) -> None:
    async with running() as (app, pilot):
        await press(app, pilot, *[key] * bool(key))
        await paste(app, pilot, "only words")
        assert any("'only words'" in told for told in toasts(app))


async def test_a_dialog_without_a_field_says_so() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "question_mark")
        assert isinstance(app.screen, Help)
        await paste(app, pilot, "10.1093/cercor/1.1.1")
        assert toasts(app) == ["No field is here to paste into"]


async def test_a_paste_keeps_its_place_among_keys() -> None:
    async with running() as (app, pilot):
        send(app, "n", "tab", *"A ")
        app.post_message(events.Paste("b\nc"))
        await burst(app, pilot, *" d", "ctrl+s")
        await settled(app, pilot)
        assert isinstance(app.screen, DebateScreen)
        assert app.debate is not None
        assert [one.title for one in app.debate.evidence.values()] == ["A b c d"]


async def test_a_long_text_keeps_its_lines_and_is_pasted_once() -> None:
    async with running() as (app, pilot):
        form = await evidence_form(app, pilot, "finding")
        await paste(app, pilot, "one\n\ntwo")
        assert form.shown("finding") == "one\n\ntwo"
        assert not toasts(app)


async def test_what_is_pasted_on_a_screen_begins_another_record_than_the_one_that_was_left_unsaved() -> None:
    first, second = (f"@article{{{key}, title={{Paper {key}}}, doi={{10.1000/{key}}}}}" for key in ("aaa", "bbb"))
    async with running() as (app, pilot):
        for entry, title in ((first, "Paper aaa"), (second, "Paper bbb"), (first, "Paper aaa")):
            await paste(app, pilot, entry)
            form = app.screen
            assert isinstance(form, EvidenceForm)
            assert (form.shown("title"), form.shown("doi")) == (title, f"10.1000/{title[-3:]}")
            assert form.texts()["look_up"] == entry
            await press(app, pilot, "escape")
            assert "Not saved. Your text is kept" in toasts(app)[-1]
        await press(app, pilot, "n")
        form = app.screen
        assert isinstance(form, EvidenceForm)
        assert form.shown("title") == ""


async def test_what_was_pasted_and_cannot_be_looked_up_is_kept_and_can_be_tried_again() -> None:
    async with running() as (app, pilot):
        await paste(app, pilot, "10.1038/nature14539")
        await press(app, pilot, "ctrl+l")
        assert "look-ups are switched off" in one_line(app)
        await press(app, pilot, "escape")
        assert "Not saved" in toasts(app)[-1]
