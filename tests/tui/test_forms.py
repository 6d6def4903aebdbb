"""Forms: what they refuse, what they keep, and what happens when two people save."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from hypotheses.debate import Assessment, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.problems import Refused
from hypotheses.reading import PLAIN_READING, Reading
from store.debate_store import DebateStore
from store.drafts import Drafts
from store.expected import ANYTHING
from store.paths import data_folder, database_location
from store.person import system_user
from tests.tui.bursts import burst
from tests.tui.running import box_text, fault, press, running, screen_text, settled, stored, toasts, type_text
from tui.app import AbduceApp
from tui.changes import LONG
from tui.debate.screen import DebateScreen
from tui.dialogs.conflict import ConflictDialog
from tui.dialogs.editor import Adding
from tui.dialogs.form import Form
from tui.dialogs.form_field import FormField
from tui.dialogs.prompt import Prompt
from tui.evidence.actions import edit_evidence
from tui.session import StoreCall
from tui.terminal import external

FOUND = Evidence(
    "paper",
    "A paper",
    ("Doe, Jane", "A. Roe"),
    "2023-04",
    finding="It shows.\n",
    note="first line\u2028second\x0bthird\n",
    assessments={"eyes": Assessment(3.0, "it fits")},
)
DEBATE = Debate(
    "small",
    "A small debate",
    quantities={"size": Quantity("size", readings={PLAIN_READING: Reading("1 to 2")})},
    gaps={"gap": Gap("gap", "size")},
    hypotheses={
        "eyes": Hypothesis("eyes", "Eyes are odd", "They are.\n", 0.6, 1 / 3, position=0, note="kept"),
        "words": Hypothesis("words", "Words are odd", "", 0.4, 0.5, position=1),
    },
    evidence={"paper": FOUND},
)


@pytest.fixture(autouse=True)
def database() -> None:
    DebateStore.open(first=lambda: DEBATE).close()


def in_store() -> Debate:
    with stored(slug="small") as store:
        return store.load("small")


async def form_on(app: AbduceApp, pilot: Pilot[int], *keys: str) -> Form:
    await press(app, pilot, *keys)
    assert isinstance(app.screen, Form), screen_text(app)
    return app.screen


def told(app: AbduceApp) -> str:
    return str(app.screen.query_one("#told", Static).render())


async def until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    """Wait for what a thread does after its form is gone, for at most five seconds."""
    for _ in range(100):
        if holds():
            return
        await pilot.pause(0.05)
    raise AssertionError("it did not come about")


# What is refused


@pytest.mark.parametrize(
    ("key", "cases"),
    [
        (
            "a",
            [
                ("title", "  ", "✗ needed: the explanation in a few words"),
                ("plausibility", "", "✗ needed: 60%, 0.6, 3:2 or 1 in 5"),
                ("plausibility", "130%", "✗ '130%' is more than certain"),
                ("prior", "perhaps", "✗ 'perhaps' is not a plausibility"),
            ],
        ),
        (
            "e",
            [
                ("status", "closed", "✗ found 'closed'; expected open, accepted, rejected, merged"),
            ],
        ),
        (
            "n",
            [
                ("title", "", "✗ needed: what was found out, or the paper's title"),
                ("date", "last spring", "✗ found 'last spring'; expected a date such as 2023"),
                ("date", "2023-02-30", "expected a date"),
                ("credibility", "sure", "✗ 'sure' is not a weight"),
                ("relevance", "2", "✗ '2' is not a weight"),
                ("url", "ssh://host", "expected an address that begins with https:// or http://"),
                ("key", "a key", "expected a name of letters, digits"),
                ("key", "paper", "paper"),
                ("ratio.eyes", "-3", "✗ '-3' is not a likelihood ratio; expected"),
                ("why.eyes", "because", "✗ needed: ++ + 0 - -- or 3"),
                ("title", "x" * 301, "301 characters; expected at most 300"),
            ],
        ),
        (
            "i",
            [
                ("kind", "rant", "✗ found 'rant'; expected hypothesis, evidence, estimate, comment"),
                ("title", "", "✗ needed: the idea in a few words"),
                ("hypothesis", "ears", "there is no hypothesis 'ears'"),
            ],
        ),
    ],
    ids=["new explanation", "explanation", "evidence", "idea"],
)
async def test_what_cannot_be_saved_is_told_and_kept_on_screen(key: str, cases: list[tuple[str, str, str]]) -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, key)
        began = form.texts()
        for field, text, sentence in cases:
            wanted = {"title": "Something", "plausibility": "50%", field: text}
            for name in began:
                form.put(name, wanted.get(name, began[name]))
            await press(app, pilot, "ctrl+s")
            assert app.screen is form
            assert sentence in box_text(app)
            assert form.text_of(field) == text
    assert in_store() == DEBATE


async def test_a_field_is_checked_when_it_is_left_and_cleared_of_blame_when_it_is_right() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "a")
        form.go_to("prior")
        await type_text(app, pilot, "most likely")
        assert "✗" not in box_text(app)
        await press(app, pilot, "tab")
        assert "✗ 'most likely' is not a plausibility" in box_text(app)
        assert "✗ 1 to mend: Prior" in box_text(app)
        await press(app, pilot, "shift+tab")
        await type_text(app, pilot, "30%")
        assert "✗" not in box_text(app)


async def test_saving_tells_all_that_is_wrong_at_once_and_goes_to_the_first() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "n")
        form.put("ratio.words", "2x4")
        form.put("date", "never")
        await press(app, pilot, "ctrl+s")
        told = box_text(app)
        assert "✗ needed: what was found out" in told
        assert "2x4 ✗ '2x4' is not a likelihood ratio" in told
        assert "✗ found 'never'; expected a date" in told
        assert "✗ 3 to mend: Title, Words are odd" in told
        await type_text(app, pilot, "Found")
        assert form.text_of("title") == "Found"
        assert "✗ 2 to mend: Words are odd, Date" in box_text(app)


async def test_what_is_typed_right_after_tab_goes_into_the_next_field() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "i")
        await burst(app, pilot, *"Odd", "tab", *"text", "tab", "left", "tab", "m")
        said = [form.text_of(name) for name in ("title", "text", "kind", "sender")]
        assert said == ["Odd", "text", "estimate", "m"]


async def test_empty_optional_fields_are_saved_as_nothing() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "n")
        form.put("title", "Only a title")
        await press(app, pilot, "ctrl+s")
    kept = in_store().evidence["only"]
    assert kept == Evidence("only", "Only a title")


async def test_a_form_that_nobody_touched_changes_nothing_and_keeps_no_draft() -> None:
    before = in_store()
    async with running((100, 40)) as (app, pilot):
        await form_on(app, pilot, "e")
        await pilot.pause(1.1)  # the draft is kept once a second
        await press(app, pilot, "escape")
        assert toasts(app) == []
        edit_evidence(app, in_store(), FOUND)
        await settled(app, pilot)
        await press(app, pilot, "ctrl+s")
    assert in_store() == before


async def test_an_edit_of_one_field_leaves_the_others_to_the_letter() -> None:
    async with running((100, 40)) as (app, pilot):
        edit_evidence(app, in_store(), FOUND)
        await settled(app, pilot)
        assert isinstance(app.screen, Form)
        app.screen.put("date", "2024")
        await press(app, pilot, "ctrl+s")
        form = await form_on(app, pilot, "e")
        form.put("title", "Eyes are very odd")
        await press(app, pilot, "ctrl+s")
    now = in_store()
    # "Doe, Jane" is one author though commas part authors; 1/3 is shown as 33%; the last line end is not shown.
    assert now.evidence["paper"] == replace(FOUND, date="2024")
    assert now.hypotheses["eyes"] == replace(DEBATE.hypotheses["eyes"], title="Eyes are very odd")


# Two people


async def test_a_conflict_shows_both_texts_and_saving_again_is_on_purpose() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "e")
        with DebateStore.open(actor="colleague") as other:
            other.edit_hypothesis("small", "eyes", title="Their title", note="their note", expected=ANYTHING)
        form.put("title", "My title")
        await press(app, pilot, "ctrl+s")
        assert "Changed by somebody else too" in screen_text(app)
        assert "colleague changed the title" in screen_text(app)
        assert "theirs Their title" in screen_text(app)
        assert "mine   My title" in screen_text(app)
        await press(app, pilot, "escape")
        assert app.screen is form
        assert (form.text_of("title"), form.text_of("note")) == ("My title", "their note")
        assert in_store().hypotheses["eyes"].title == "Their title"
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, Form)
    now = in_store().hypotheses["eyes"]
    assert (now.title, now.note) == ("My title", "their note")


async def test_a_change_of_another_field_is_no_conflict() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "e")
        with DebateStore.open(actor="colleague") as other:
            other.edit_hypothesis("small", "eyes", note="their note", expected=ANYTHING)
        form.put("title", "My title")
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, Form)
    now = in_store().hypotheses["eyes"]
    assert (now.title, now.note) == ("My title", "their note")


@pytest.mark.parametrize(("theirs", "words"), [(Assessment(1 / 3, "no"), "-"), (None, "blank")])
async def test_a_rating_changed_in_another_window_is_offered_back(theirs: Assessment | None, words: str) -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "t", "enter")
        with DebateStore.open() as other:
            other.assess("small", "paper", "eyes", theirs, expected=ANYTHING)
        form.put("ratio.eyes", "++")
        await press(app, pilot, "ctrl+s")
        assert f"{system_user()} changed the assessment" in screen_text(app)
        assert f"theirs {words}\n" in re.sub("[ │]+\n", "\n", screen_text(app))
        await press(app, pilot, "m", "enter")
        assert not isinstance(app.screen, Form | ConflictDialog)
    assert in_store().evidence["paper"].assessments["eyes"].ratio == 10.0


async def test_a_rating_of_evidence_changed_in_another_window_is_told_in_words() -> None:
    async with running((100, 40)) as (app, pilot):
        edit_evidence(app, in_store(), FOUND)
        await settled(app, pilot)
        form = app.screen
        assert isinstance(form, Form)
        with DebateStore.open() as other:
            other.assess("small", "paper", "eyes", Assessment(10.0, "much"), expected=ANYTHING)
        form.put("ratio.eyes", "-")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, ConflictDialog)
        assert "○ theirs ++" in screen_text(app)
        assert "○ mine   -" in screen_text(app)
        await press(app, pilot, "t", "enter")
    # The reason, which only the other changed, is theirs in any case.
    assert in_store().evidence["paper"].assessments["eyes"] == Assessment(10.0, "much")


async def test_ratings_of_two_people_stand_side_by_side() -> None:
    async with running((100, 40)) as (app, pilot):
        edit_evidence(app, in_store(), FOUND)
        await settled(app, pilot)
        form = app.screen
        assert isinstance(form, Form)
        with DebateStore.open(actor="colleague") as other:
            other.assess("small", "paper", "eyes", Assessment(10.0, "much"), expected=ANYTHING)
        form.put("ratio.eyes", "-")
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, Form)
    cell = in_store().evidence["paper"].assessments["eyes"]
    assert (cell.ratio, cell.others["colleague"].ratio) == (1 / 3, 10.0)


async def test_a_text_from_the_editor_that_is_refused_comes_back_in_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def edited(app: object, text: str, suffix: str = "") -> tuple[str, str]:
        with DebateStore.open(actor="colleague") as other:
            other.edit_hypothesis("small", "eyes", statement="Theirs.", expected=ANYTHING)
        return "An hour of my work.", ""

    monkeypatch.setattr(external, "edit", edited)
    async with running((100, 40)) as (app, pilot):
        await press(app, pilot, "E")
        assert "colleague changed the statement" in toasts(app)[-1]
        assert "press e" in toasts(app)[-1]
        assert in_store().hypotheses["eyes"].statement == "Theirs."
        form = await form_on(app, pilot, "e")
        assert form.text_of("statement") == "An hour of my work."
        await press(app, pilot, "ctrl+s")
        assert "theirs Theirs." in screen_text(app)
        await press(app, pilot, "m", "enter")
    assert in_store().hypotheses["eyes"].statement == "An hour of my work."


# Drafts


async def test_a_draft_comes_back_until_it_is_saved_and_only_to_its_own_form() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "e")
        form.put("note", "half a thought")
        await press(app, pilot, "escape")
        assert "Your text is kept" in toasts(app)[-1]
        # Another explanation has a draft of its own.
        form = await form_on(app, pilot, "j", "e")
        assert form.text_of("note") == ""
        await press(app, pilot, "escape")
        form = await form_on(app, pilot, "k", "e")
        assert form.text_of("note") == "half a thought"
        assert "is back" in told(app)
        await press(app, pilot, "ctrl+s")
        form = await form_on(app, pilot, "e")
        assert told(app) == ""
        form.put("note", "")
        await press(app, pilot, "escape")
        form = await form_on(app, pilot, "e")
        form.put("note", "half a thought")
        await press(app, pilot, "escape")
        assert not list((data_folder() / "drafts").rglob("*.json"))


async def test_rating_the_same_evidence_for_another_explanation_keeps_the_first_draft() -> None:
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "t", "enter")
        form.put("why.eyes", "half a reason")
        await press(app, pilot, "escape")
        await form_on(app, pilot, "j", "t", "enter")
        await press(app, pilot, "escape")
        form = await form_on(app, pilot, "k", "t", "enter")
        assert form.text_of("why.eyes") == "half a reason"


async def test_a_disk_that_keeps_no_draft_is_told_and_the_text_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise Refused("the disk is full")

    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "i")
        monkeypatch.setattr(app.drafts, "keep", full)
        form.put("title", "Half an idea")
        await pilot.pause(1.1)
        assert "the disk is full" in told(app)
        await press(app, pilot, "escape")
        assert app.screen is form
        assert form.text_of("title") == "Half an idea"
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, Form)
    assert [idea.title for idea in in_store().ideas.values()] == ["Half an idea"]


# Saving


class Slow:
    """A change that waits until it is let go, and then is refused if it is told to be."""

    def __init__(self, refusal: str = "") -> None:
        self.refusal = refusal
        self.go = threading.Event()
        self.saved: list[Mapping[str, str]] = []

    def make(self, texts: Mapping[str, str]) -> StoreCall:
        def edit(store: DebateStore, seen: object) -> None:
            assert self.go.wait(20)
            self.saved.append(texts)
            if self.refusal:
                raise Refused(self.refusal)

        return edit


async def open_slow(app: AbduceApp, pilot: Pilot[int], saver: Slow) -> Form:
    form = Form("Slow", Adding([FormField("title", "Title", required=True)], saver.make), draft="slow")
    app.push_screen(form)
    await pilot.pause()
    form.put("title", "a text")
    return form


def kept_draft(name: str) -> Mapping[str, str]:
    """Return what the next window takes up."""
    draft = Drafts(database_location()).take_up(name)
    return draft.texts if draft else {}


async def leave_slow(app: AbduceApp, pilot: Pilot[int]) -> None:
    """Leave while it is being saved, long enough after that for esc not to wait for it."""
    await pilot.pause(LONG + 0.1)
    await pilot.press("escape")
    await until(pilot, lambda: not isinstance(app.screen, Form))


async def test_pressing_save_twice_saves_once() -> None:
    async with running((100, 40)) as (app, pilot):
        saver = Slow()
        await open_slow(app, pilot, saver)
        await pilot.press("ctrl+s", "ctrl+s", "f2")
        saver.go.set()
        await settled(app, pilot)
        assert saver.saved == [{"title": "a text"}]
        assert not isinstance(app.screen, Form)
        # And with a real store: one idea, not two.
        form = await form_on(app, pilot, "i")
        form.put("title", "once")
        await pilot.press("ctrl+s", "ctrl+s")
        await settled(app, pilot)
    assert [idea.title for idea in in_store().ideas.values()] == ["once"]


async def test_a_prompt_saves_once_however_often_enter_is_pressed() -> None:
    async with running((100, 40)) as (app, pilot):
        await press(app, pilot, "p")
        await type_text(app, pilot, "70%")
        await pilot.press("enter", "enter", "enter")
        await settled(app, pilot)
        assert not isinstance(app.screen, Prompt)
        await press(app, pilot, "u")
    assert in_store().hypotheses["eyes"].plausibility == 0.6


async def test_leaving_while_a_save_runs_lets_it_end_and_drops_the_draft() -> None:
    async with running((100, 40)) as (app, pilot):
        saver = Slow()
        await open_slow(app, pilot, saver)
        await pilot.press("ctrl+s")
        await leave_slow(app, pilot)
        saver.go.set()
        await until(pilot, lambda: bool(saver.saved))
        await settled(app, pilot)
        assert not list((data_folder() / "drafts").rglob("*.json"))
        assert saver.saved == [{"title": "a text"}]
        assert toasts(app) == [WAITING]


WAITING = "Waiting for the database. What is typed meanwhile waits with it."


@contextmanager
def no_free_thread() -> Iterator[None]:
    """Have what needs a thread wait, as on a machine that is busy."""
    go = threading.Event()
    pool = ThreadPoolExecutor(1)
    asyncio.get_running_loop().set_default_executor(pool)
    pool.submit(go.wait, 20)
    try:
        yield
    finally:
        go.set()


async def test_a_comment_is_sent_though_its_dialog_was_left_at_once() -> None:
    async with running((100, 40)) as (app, pilot):
        await press(app, pilot, "w")
        await type_text(app, pilot, "Hm")
        with no_free_thread():
            await pilot.press("ctrl+s")
            await pilot.pause(LONG + 0.1)
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, DebateScreen)
        await until(pilot, lambda: bool(in_store().comments))
        assert toasts(app)[0] == WAITING  # that it was made may be told by now, too
    assert [comment.text for comment in in_store().comments.values()] == ["Hm"]


async def test_a_typed_value_is_stored_though_its_screen_was_left() -> None:
    async with running((140, 45)) as (app, pilot):
        await press(app, pilot, "3", "enter")
        await type_text(app, pilot, "3 to 4")
        with no_free_thread():
            await pilot.press("enter")
            await until(pilot, lambda: WAITING in toasts(app))
            await pilot.press("escape", "1")
            await pilot.pause()
            assert isinstance(app.screen, DebateScreen)
        await until(pilot, lambda: in_store().quantities["size"].readings[PLAIN_READING].value == "3 to 4")


async def test_a_change_that_waits_behind_a_look_at_the_database_is_told_to_wait() -> None:
    async with running((140, 45)) as (app, pilot):
        await press(app, pilot, "3", "enter")
        await type_text(app, pilot, "3 to 4")
        with no_free_thread():
            app.changes.look()
            await pilot.press("enter")
            await until(pilot, lambda: WAITING in toasts(app))
        await until(pilot, lambda: in_store().quantities["size"].readings[PLAIN_READING].value == "3 to 4")
        assert toasts(app).count(WAITING) == 1


async def test_a_refusal_after_the_form_was_left_is_told_and_the_text_comes_back() -> None:
    async with running((100, 40)) as (app, pilot):
        saver = Slow("somebody was faster")
        await open_slow(app, pilot, saver)
        await pilot.press("ctrl+s")
        await leave_slow(app, pilot)
        saver.go.set()
        await until(pilot, lambda: any("somebody was faster. Your text is kept" in toast for toast in toasts(app)))
        form = Form("Slow", Adding([FormField("title", "Title", required=True)], saver.make), draft="slow")
        app.push_screen(form)
        await settled(app, pilot)
        assert form.texts() == {"title": "a text"}
        assert fault(app) is None


async def test_quitting_while_a_save_runs_saves_and_ends_well() -> None:
    saver = Slow("too late")
    async with running((100, 40)) as (app, pilot):
        await open_slow(app, pilot, saver)
        await pilot.press("ctrl+s")
        app.end()
        saver.go.set()
    await until(pilot, lambda: len(saver.saved) == 1)
    assert fault(app) is None
    assert app.return_code == 0
    assert kept_draft("slow") == {"title": "a text"}


async def test_an_explanation_whose_prior_is_next_to_impossible_can_be_edited() -> None:
    with stored(slug="small") as store:
        eyes = store.load("small").hypotheses["eyes"]
        store.edit_hypothesis("small", "eyes", expected=eyes, prior=1e-13)
    async with running((100, 40)) as (app, pilot):
        form = await form_on(app, pilot, "e")
        assert "<0.01%" in screen_text(app)
        form.put("title", "Eyes are strange")
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, Form), told(app)
    eyes = in_store().hypotheses["eyes"]
    assert (eyes.title, eyes.prior) == ("Eyes are strange", 1e-13)
