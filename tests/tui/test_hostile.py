"""A debate in which every text is an attack: nothing of it acts, whatever is opened."""

from __future__ import annotations

import re
import webbrowser
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import Input, Markdown, TextArea

from hypotheses.debate import Assessment, Claim, Comment, Debate, Evidence, Gap, Hypothesis, Quantity, Stated
from hypotheses.idea import Idea
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.assuming import assumed
from tests.hostile.corpus import ACTS
from tests.tui.running import caught_up, fault, press, running, screen_text, send, settled, toasts
from tui.app import AbduceApp
from tui.commands import APP, DEBATE, MATRIX, NUMBERS, TIMELINE, Command
from tui.debate.detail import Detail
from tui.dialogs.form import Form
from tui.dialogs.message import Confirm
from tui.inbox.page import idea_page
from tui.numbers.screen import NumbersScreen
from tui.terminal.guards import ControlFilter
from tui.widgets.preview import MOST_CHARACTERS, MOST_LINES, preview

pytestmark = pytest.mark.painted

ATTACK = (
    "[/foo] [/ [a=b: c] [@click=app.quit]x[/] \x1b]52;c;ZXZpbA==\x07 \x1b[31m \x9b31m \u202egpj.exe\u2066 "
    "hi\U000e0041\U000e007f Z\u0351\u036b\u0343\u036a\u0302 日本語 👩‍🔬👍🏽 \u200b \x85\u2028 "
    "$text {x} &#27;]2;owned&#7;"
)
LINE = ATTACK[:300]
OTHER = f"other {LINE[:200]}"
"""Somebody else."""
TEXT = f"{ATTACK}\r\n" + "\n" * 40 + "x" * 10_000 + "\n" + "日" * 500 + "\t" + "Z\u0351" * 100
LEAVES = {"leave", "edit_statement", "theme"}
"""Commands that end the app, start an editor or show no text of the debate."""


def hostile() -> Debate:
    symbols = {"a": "1 to 2", "b": "3"}
    slugs = ("one", "two", "three")
    readings = {"post": Reading("1 to 2", TEXT, "", TEXT), "other": Reading("3", TEXT, "", TEXT)}
    ratios = (3.0, 1 / 3, None)
    return Debate(
        "hostile",
        LINE,
        TEXT,
        convention="post",
        author=LINE,
        source=TEXT,
        note=TEXT,
        quantities={symbol: Quantity(symbol, LINE, LINE, readings, note=TEXT, group=LINE) for symbol in symbols},
        gaps={
            "puzzle": Gap("puzzle", "a / b", LINE, "OOM", True, 0.5, Claim("3", TEXT, TEXT), TEXT),
            "other": Gap("other", "a + b", LINE, LINE, note=TEXT),
        },
        hypotheses={
            slug: Hypothesis(
                slug, LINE, TEXT, 0.5, 0.5, position=place, effects={"a": "a / extra"}, assumes=assumed(extra="2 to 4"),
                source=TEXT, note=TEXT, short=LINE[:24], others={OTHER: Stated(0.9 - place / 10)},
                settled="true" if slug == "two" else "", settled_on="2024-01-02" if slug == "two" else "",
            )
            for place, slug in enumerate(slugs)
        },
        evidence={
            key: Evidence(
                key, LINE, (LINE, LINE), "2023", TEXT, LINE, LINE, "https://example.org/x", TEXT, cluster=LINE,
                note=TEXT, retracted=key == "e3",
                assessments={
                    slug: Assessment(ratio, TEXT, others={OTHER: Assessment(0.1, TEXT, OTHER)})
                    for slug, ratio in zip(slugs, ratios, strict=True)
                },
            )
            for key in ("e1", "e2", "e3")
        },
        ideas={n: Idea(n, LINE, TEXT, sender=LINE, hypothesis="one", related=(LINE,), reason=TEXT) for n in (1, 2)},
        comments={
            1: Comment(1, TEXT, LINE, "2024-01-01T00:00:00Z", hypothesis="one"),
            2: Comment(2, TEXT, OTHER, hypothesis="one", evidence="e1"),
            3: Comment(3, TEXT, OTHER, evidence="e1"),
            4: Comment(4, TEXT, LINE, idea=1),
        },
        owner=LINE,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def database() -> None:
    with DebateStore.open(first=hostile, actor=ATTACK) as store:
        assert store.load("hostile") == hostile()
        store.set_plausibility("hostile", "one", 0.6, expected=ANYTHING)


def assert_harmless(app: AbduceApp, where: str) -> None:
    """Look at what the terminal would be sent: no character acts, no line runs over, no words run an action."""
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        told = f"{where}, line {y}: {strip.text!r}"
        assert not ACTS.search(strip.text), told
        assert not set("\t\n") & set(strip.text), told
        assert sum(cell_len(segment.text) for segment in strip) <= app.size.width, told
        for segment in strip:
            assert not segment.control, told
            if segment.style is not None:
                assert segment.style.link is None, told
                # Scroll bars have actions of their own; a click on words has none but for links, which ask.
                meta = segment.style.meta
                actions = {name for name in meta if name.startswith("@") and not _asks_first(name, meta[name])}
                assert actions <= ({"@mouse.down"} if not re.search(r"\w", segment.text) else set()), told


def _asks_first(name: str, action: object) -> bool:
    """Say whether an action is what Textual's Markdown does for a link: it tells the app, which asks."""
    return name == "@click" and isinstance(action, str) and action.startswith("link(")


async def visit(app: AbduceApp, pilot: Pilot[int], where: str, *keys: str) -> None:
    send(app, *keys)
    await caught_up(app)
    await settled(app, pilot)
    assert_harmless(app, where)


def first_key(command: Command) -> str:
    return command.keys.split(",")[0]


@pytest.mark.parametrize("size", [(80, 24), (110, 30)], ids=["narrow", "wide"])
async def test_every_tab_and_dialog_shows_it_and_nothing_acts(size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        assert_harmless(app, "first")
        for tab in ("evidence", "gap", "ideas", "history", "statement"):
            await visit(app, pilot, tab, "right_square_bracket")
        for command in (*DEBATE, *APP):
            if command.id in LEAVES:
                continue
            await visit(app, pilot, command.id, first_key(command))
            await visit(app, pilot, f"{command.id} and back", "escape", "escape")
        assert fault(app) is None
        assert "1 Debate" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
async def test_the_matrix_and_what_it_opens_show_it_and_nothing_acts(size: tuple[int, int]) -> None:
    with DebateStore.open(actor=ATTACK) as store:
        store.assess("hostile", "e1", "one", Assessment(0.1, TEXT), expected=ANYTHING)
        store.comment("hostile", TEXT, hypothesis="one", evidence="e1")
    async with running(size) as (app, pilot):
        await visit(app, pilot, "matrix", "2")
        for command in MATRIX:
            if command.done_by == "screen" and not command.id.startswith(("rate_", "clear_")):
                await visit(app, pilot, command.id, first_key(command))
                await visit(app, pilot, f"{command.id} and back", "escape", "2")
        assert fault(app) is None


async def test_what_lists_and_pickers_open_is_harmless_too() -> None:
    async with running() as (app, pilot):
        # Evidence, its form; an idea; a rating; the confirmation of a link.
        await visit(app, pilot, "evidence", "slash", "enter", "enter")
        assert r"\x1b]52;c;" in screen_text(app)
        await visit(app, pilot, "edit evidence", "e")
        assert isinstance(app.screen, Form)
        await visit(app, pilot, "back", "escape")
        await visit(app, pilot, "pick evidence to rate", "t")
        await visit(app, pilot, "rate", "enter")
        await visit(app, pilot, "back", "escape")
        assert app.debate is not None
        app.push_screen(idea_page(app.debate.ideas[1], app.debate))
        await visit(app, pilot, "idea", "end", "home")
        app.push_screen(Confirm(ATTACK, ATTACK))
        await visit(app, pilot, "question")


async def test_the_numbers_show_it_and_nothing_acts() -> None:
    async with running((110, 30)) as (app, pilot):
        await visit(app, pilot, "numbers", "3")
        for view in range(5):
            await visit(app, pilot, f"view {view}", "]")
        for command in NUMBERS:
            await visit(app, pilot, command.id, first_key(command))
            await visit(app, pilot, f"{command.id} and back", "escape")
            if not isinstance(app.screen, NumbersScreen):
                await visit(app, pilot, "estimates again", "3")
        await visit(app, pilot, "gaps", "tab", "enter")
        assert fault(app) is None


async def test_the_timeline_and_what_it_opens_are_harmless() -> None:
    async with running((80, 24)) as (app, pilot):
        await visit(app, pilot, "timeline", "5")
        for command in TIMELINE:
            if command.id not in LEAVES:
                await visit(app, pilot, command.id, first_key(command))
                await visit(app, pilot, f"{command.id} and back", "escape", "5")
        # The evidence of the one date, and an entry of the journal with its question.
        await visit(app, pilot, "evidence", "G", "enter")
        await visit(app, pilot, "back", "escape", "shift+tab")
        await visit(app, pilot, "entry", "G", "enter")
        await visit(app, pilot, "question", "escape", "z")
        assert fault(app) is None


async def test_people_and_their_comments_are_harmless_too() -> None:
    async with running() as (app, pilot):
        assert "together" in screen_text(app)
        await visit(app, pilot, "a rating people differ on", "P", "G")
        await visit(app, pilot, "comments on it", "w")
        assert "Comments on e" in screen_text(app)
        await visit(app, pilot, "its evidence", "escape", "enter")
        await visit(app, pilot, "comments on evidence", "w")
        await visit(app, pilot, "back", "escape", "escape", "escape")
        await visit(app, pilot, "comments on an explanation", "w")
        assert r"\x1b]52;c;" in screen_text(app)
        await visit(app, pilot, "differences", "escape", "equals_sign")
        await visit(app, pilot, "adopting", "A")
        await visit(app, pilot, "reckoning", "escape", "escape", "R")
        assert "was true" in screen_text(app)
        assert fault(app) is None


async def test_toasts_of_changes_and_refusals_are_harmless() -> None:
    async with running() as (app, pilot):
        with DebateStore.open(actor=ATTACK) as other:
            other.load("hostile")
            other.edit_hypothesis("hostile", "two", title=f"{LINE[:290]} new", expected=ANYTHING)
        app.refuse(f"{ATTACK}\n{ATTACK}")
        while app.debate is None or not app.debate.hypotheses["two"].title.endswith("new"):
            await pilot.pause(0.1)
        await settled(app, pilot)
        assert_harmless(app, "toasts")
        assert "[@click=app.quit]x" in screen_text(app)


async def test_a_click_on_any_words_leaves_the_app_as_it_is() -> None:
    async with running((100, 30)) as (app, pilot):
        screen, titles = app.screen, [h.title for h in app.debate.hypotheses.values()] if app.debate else []
        for y in range(1, 28, 2):
            await pilot.click(offset=(8 + y, y))
        await settled(app, pilot)
        assert app.screen is screen
        assert app.is_running
        assert app.debate is not None
        assert [h.title for h in app.debate.hypotheses.values()] == titles


FORBIDDEN = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "/etc/hostname",
    "-oProxyCommand=x",
    "ssh://-oProxyCommand=x/",
    "vscode://x",
    "tel:123",
    "smb://host/x",
    "data:text/html,x",
    "app.quit",
    "//evil.example",
    "https://",
    "https://bank.example@xn--e1afmkfd.example/a",
]


async def test_a_link_that_is_no_web_address_is_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    async with running((80, 24)) as (app, pilot):
        page = app.screen.query_one(Markdown)
        for href in FORBIDDEN:
            page.post_message(Markdown.LinkClicked(page, href))
            await pilot.pause()
            assert toasts(app)[-1] == f"{href} is not a web address; it is not opened"
            assert not isinstance(app.screen, Confirm)
        assert_harmless(app, "after the links")
    assert opened == []


async def test_a_web_link_is_opened_only_after_its_real_host_was_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    statement = "[your bank](https://xn--e1afmkfd.example/a)"
    with DebateStore.open() as store:
        store.edit_hypothesis("hostile", "one", statement=statement, source="", note="", expected=ANYTHING)
    async with running((80, 24)) as (app, pilot):
        lines = screen_text(app).splitlines()
        y = next(y for y, line in enumerate(lines) if "your bank" in line)
        place = (lines[y].index("your bank") + 2, y)
        await pilot.click(offset=place)
        await settled(app, pilot)
        assert isinstance(app.screen, Confirm)
        assert "Open xn--e1afmkfd.example?" in screen_text(app)
        await press(app, pilot, "n")
        assert opened == []
        await pilot.click(offset=place)
        await settled(app, pilot)
        await press(app, pilot, "y")
        assert opened == ["https://xn--e1afmkfd.example/a"]


async def test_a_form_gives_back_hostile_text_as_it_was() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "e")
        form = app.screen
        assert isinstance(form, Form)
        assert form.text_of("note") == hostile().hypotheses["one"].note
        form.put("prior", "40%")
        await press(app, pilot, "ctrl+s")
        await settled(app, pilot)
        assert not isinstance(app.screen, Form), screen_text(app)
    with DebateStore.open() as store:
        kept = store.load("hostile").hypotheses["one"]
    was = hostile().hypotheses["one"]
    assert replace(kept, plausibility=was.plausibility, prior=was.prior) == was


async def test_a_long_or_many_lined_text_gets_lines_to_be_edited_on() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "e")
        form = app.screen
        assert isinstance(form, Form)
        form.go_to("note")
        await settled(app, pilot)
        assert isinstance(app.focused, TextArea)
        form.go_to("title")
        await settled(app, pilot)
        assert isinstance(app.focused, Input)


@pytest.mark.parametrize("text", ["# a\n" * 12_500, "|a|b|\n|-|-|\n" + "|a|b|\n" * 8_000, ">" * 50_000, "[" * 50_000])
async def test_a_huge_statement_shows_its_beginning_soon(text: str) -> None:
    with DebateStore.open() as store:
        store.edit_hypothesis("hostile", "one", statement=text[:50_000], expected=ANYTHING)
    # Without a limit the first of these takes half a minute; the time limit of the tests is the judge of the rest.
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "j", "k")
        assert app.screen.query_one(Detail).hypothesis is not None
        assert_harmless(app, "huge")


def test_a_preview_says_how_much_is_not_shown() -> None:
    assert preview("short\ntext") == "short\ntext"
    assert preview("x" * 30_000) == f"{'x' * MOST_CHARACTERS}\n\n… 10,000 characters more"
    # 300 lines of "a" are 599 characters; of the 1,000 letters and 999 line ends 1,400 are left.
    assert preview("\n".join("a" * 1_000)) == "\n".join("a" * MOST_LINES) + "\n\n… 1,400 characters more"
    assert preview("end\n" * 300) == ("end\n" * 300).removesuffix("\n")


def test_the_last_gate_keeps_every_line_as_wide_as_it_was() -> None:
    black = Color.parse("black")
    line = [Segment("│ "), Segment("a\x1b]0;x\x07b\u202ec日本"), Segment("     │")]
    cleaned = ControlFilter().apply(line, black)
    assert Segment.get_line_length(cleaned) == Segment.get_line_length(line)
    assert "".join(segment.text for segment in cleaned).startswith(r"│ a\x1b]0;x\x07b<")
    plain = [Segment("a plain line"), Segment("日本 👍🏽")]
    assert ControlFilter().apply(plain, black) == plain
