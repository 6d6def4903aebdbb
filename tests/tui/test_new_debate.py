"""A new debate from the app: blank, from a template, or an example."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from hypotheses.debate import Debate
from store.bundled import EXAMPLES, TEMPLATES, template
from store.debate_store import DebateStore
from tests.tui.bursts import burst, resized
from tests.tui.running import box_text, press, running, screen_text, settled, type_text
from tui.app import AbduceApp
from tui.beginning.new_debate import NewDebate, StartList
from tui.debate.screen import DebateScreen


async def begin(app: AbduceApp, pilot: Pilot[int]) -> NewDebate:
    await press(app, pilot, "o")
    await type_text(app, pilot, "new debate")
    await press(app, pilot, "enter")
    assert isinstance(app.screen, NewDebate)
    while len(app.screen.query_one(StartList).rows) < 2 + len(TEMPLATES) + len(EXAMPLES):
        await pilot.pause(0.05)
    await settled(app, pilot)
    return app.screen


def slugs() -> set[str]:
    with DebateStore.open() as store:
        return {one.slug for one in store.debates()}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_question_is_enough(size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        await begin(app, pilot)
        await press(app, pilot, "ctrl+s")
        assert "A debate needs a question, in a line." in screen_text(app)
        await type_text(app, pilot, "Why is the sky dark?")
        assert "Known as    why-is-the-sky-dark" in screen_text(app)
        await press(app, pilot, "ctrl+s")
        await settled(app, pilot)
        assert isinstance(app.screen, DebateScreen)
        assert "Why is the sky dark?" in screen_text(app).splitlines()[0]
        assert "press a to add the first" in screen_text(app)
    assert "why-is-the-sky-dark" in slugs()


async def test_it_can_be_known_by_another_name_than_the_question_gives() -> None:
    async with running((120, 40)) as (app, pilot):
        await begin(app, pilot)
        await type_text(app, pilot, "How many piano tuners are there?")
        await press(app, pilot, "tab")
        await type_text(app, pilot, "no name!")
        await press(app, pilot, "ctrl+s")
        assert "expected a name of letters" in screen_text(app)
        await type_text(app, pilot, "tuners")
        await press(app, pilot, "ctrl+s")
        await settled(app, pilot)
        assert isinstance(app.screen, DebateScreen)
    assert "tuners" in slugs()


async def test_what_a_template_brings_is_shown_and_then_there() -> None:
    async with running((120, 40)) as (app, pilot):
        await begin(app, pilot)
        await type_text(app, pilot, "Where did the bees go?")
        assert "Empty: add the numbers that puzzle" in screen_text(app)
        await press(app, pilot, "down")
        for told in ("3 explanations", "Explanation B", "What was expected", "= expected / seen"):
            assert told in screen_text(app)
        await press(app, pilot, "ctrl+s")
        await settled(app, pilot)
        assert "Where did the bees go?" in screen_text(app).splitlines()[0]
        assert "Explanation C" in screen_text(app)
        await press(app, pilot, "o")
        await type_text(app, pilot, "vision")
        await press(app, pilot, "enter")
        await settled(app, pilot)
        assert "Why are vision models" in screen_text(app).splitlines()[0]


async def test_an_example_has_its_own_question_and_is_opened_once() -> None:
    async with running((120, 40)) as (app, pilot):
        await begin(app, pilot)
        await press(app, pilot, *["down"] * (len(TEMPLATES) + 2))
        assert "Known as    piano-tuners" in screen_text(app)
        await press(app, pilot, "ctrl+s")
        await settled(app, pilot)
        assert "How many piano tuners are there in Chicago?" in screen_text(app).splitlines()[0]
        await begin(app, pilot)
        await press(app, pilot, *["down"] * (len(TEMPLATES) + 2), "ctrl+s")
        assert "There is a debate 'piano-tuners' already" in screen_text(app)


async def test_the_mouse_chooses_and_creates() -> None:
    async with running((120, 40)) as (app, pilot):
        screen = await begin(app, pilot)
        await pilot.click(StartList, offset=(4, 4))
        await settled(app, pilot)
        assert "one of which is true" in screen_text(app)
        screen.query_one(Input).focus()
        await type_text(app, pilot, "Who did it?")
        await pilot.click("ButtonRow", offset=(2, 0))
        await settled(app, pilot)
        assert isinstance(app.screen, DebateScreen)
        assert "Who did it?" in screen_text(app).splitlines()[0]


async def test_keys_of_one_burst_make_a_debate() -> None:
    async with running((80, 24)) as (app, pilot):
        await burst(app, pilot, "o", *"new debate", "enter", *"Why?", "enter")
        await settled(app, pilot)
        assert "Why?" in screen_text(app).splitlines()[0]


async def from_file(app: AbduceApp, pilot: Pilot[int]) -> NewDebate:
    screen = await begin(app, pilot)
    await press(app, pilot, *["down"] * (len(TEMPLATES) + 1))
    return screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_file_is_looked_into_while_its_path_is_typed_and_opened(size: tuple[int, int], tmp_path: Path) -> None:
    file = tmp_path / "bees.yaml"
    file.write_text(
        "abduce: 1\ndebate: {slug: bees, title: Where did the bees go?}\nhypotheses: {mites: {title: Mites}}\n"
    )
    async with running(size) as (app, pilot):
        await from_file(app, pilot)
        await type_text(app, pilot, str(tmp_path))
        await press(app, pilot, "ctrl+s")
        assert "is no file; expected YAML or JSON" in box_text(app)
        await type_text(app, pilot, str(file))
        assert "Known as    bees" in screen_text(app)
        assert size[0] < 90 or "1 Mites" in screen_text(app)
        await press(app, pilot, "ctrl+s")
        await settled(app, pilot)
        assert "Where did the bees go?" in screen_text(app).splitlines()[0]
        # Once more, under a name of its own.
        await from_file(app, pilot)
        await type_text(app, pilot, str(file))
        await press(app, pilot, "ctrl+s")
        assert "There is a debate 'bees' already" in screen_text(app)
        await press(app, pilot, "tab")
        await type_text(app, pilot, "more-bees")
        await press(app, pilot, "ctrl+s")
        await settled(app, pilot)
        assert isinstance(app.screen, DebateScreen)
    assert {"bees", "more-bees"} <= slugs()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("bad.yaml", "bad.yaml:2: "),
        ("~nobody-of-this-name/x.yaml", "cannot be read: No such file or directory"),
        ("n" * 300, "cannot be read: File name too long"),
        ("", "A file needs its path."),
    ],
)
async def test_what_is_wrong_with_a_file_is_told_and_the_question_is_still_there(
    path: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.yaml").write_text("abduce: 1\ndebate: {slug: bees, titel: Where did the bees go?}\n")
    async with running((120, 40)) as (app, pilot):
        await begin(app, pilot)
        await type_text(app, pilot, "Why is it so?")
        await press(app, pilot, *["down"] * (len(TEMPLATES) + 1))
        await type_text(app, pilot, path)
        before = slugs()
        await press(app, pilot, "ctrl+s")
        assert told in screen_text(app)
        assert isinstance(app.screen, NewDebate)
        assert slugs() == before
        await press(app, pilot, "up")
        assert "Question    Why is it so?" in screen_text(app)
        assert "Known as    why-is-it-so" in screen_text(app)
        await press(app, pilot, "ctrl+s")
        await settled(app, pilot)
    assert "why-is-it-so" in slugs()


async def test_its_parts_and_their_keys_are_named_from_the_start() -> None:
    async with running((120, 40)) as (app, pilot):
        await begin(app, pilot)
        assert "Explanations" in box_text(app)
        assert "n  i" in screen_text(app)
        await resized(app, pilot, 140, 45)
        assert "n  i" in screen_text(app)


async def test_keys_of_ones_own_are_named(home: Path) -> None:
    (home / "settings.toml").write_text('[keys]\nadd = "f6"\n')
    async with running((120, 40)) as (app, pilot):
        await begin(app, pilot)
        assert "f6  p" in screen_text(app)


async def test_keys_that_come_before_the_templates_wait_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(name: str) -> Debate:
        time.sleep(0.05)
        return template(name)

    monkeypatch.setattr("tui.beginning.new_debate.template", slowly)
    async with running((120, 40)) as (app, pilot):
        await burst(app, pilot, "o", *"new debate", "enter", *"Which?", "down", "down", "ctrl+s")
        await settled(app, pilot)
        assert app.debate is not None
        assert (app.debate.title, app.debate.mode) == ("Which?", "exclusive")
