"""The page in HTML in a real browser: its figures are the engine's, nothing in it is refused, and all can use it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hypotheses.debate import Debate
from hypotheses.edits import value_set
from hypotheses.estimates import estimate
from hypotheses.ranking import with_plausibility
from hypotheses.reports.figures import interval
from hypotheses.reports.html.page import page
from hypotheses.reports.result_text import chance
from store.bundled import bundled_debate
from tests.end_to_end.chromium import AXE, Browser, chromium, needs_axe, needs_chromium
from tests.end_to_end.test_html_figures import model_of
from tests.hypotheses.reports.html.test_page import ATTACKS, wild

KINDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the bundled debate, as somebody opens it from a folder."""
    return written(tmp_path_factory.mktemp("page"), bundled_debate())


def written(folder: Path, debate: Debate, name: str = "page.html") -> str:
    (folder / name).write_text(page(debate), encoding="utf-8")
    return (folder / name).as_uri()


def opened(browser: Browser, url: str) -> None:
    browser.open("about:blank")
    browser.open(url)


def shown(browser: Browser, kind: str) -> dict[str, dict[str, float]]:
    """What the cells of a column hold, by the label of the gap: the figures that it is drawn from."""
    script = (
        "Object.fromEntries([...document.querySelectorAll('.trying tbody tr')].map(row =>"
        f" [row.cells[0].innerText.trim(), {{...row.querySelector('.{kind}').dataset}}]))"
    )
    found: dict[str, dict[str, str]] = browser.value(script)
    return {
        name: {key: float(figure) for key, figure in each.items() if figure and key != "name"}
        for name, each in found.items()
    }


def test_what_a_reader_changes_is_worked_out_and_stands_in_the_address(browser: Browser, bundled: str) -> None:
    browser.look(width=1000)
    opened(browser, bundled)
    browser.complaints.clear()
    puzzle = "The puzzle: vision gap minus language gap (OOM)"
    assert shown(browser, "now")[puzzle]["median"] == pytest.approx(2.05, abs=0.01)
    assert shown(browser, "ticked")[puzzle] == {}
    assert browser.value("document.getElementById('reset').disabled")

    browser.click("The comparison is not fair")
    browser.value("(() => { const it = document.querySelector('[aria-label$=\"The brain has to copy its filters\"]');"
                  " it.value = 70; it.dispatchEvent(new Event('input')) })()")  # fmt: skip
    browser.value("document.querySelector('.trying details').open = true")
    visual = browser.value(
        "[...document.querySelectorAll('.field label')].find(each => each.textContent.startsWith('Visual')).htmlFor"
    )
    browser.value(f"document.getElementById('{visual}').value = ''")
    browser.type("Visual cortex", "1T")

    # The engine's word on the same: 10 times the post's 100B is one order of magnitude more.
    debate = value_set(bundled_debate(), "visual_cortex", "1T")
    debate = replace(debate, hypotheses={**debate.hypotheses, **with_plausibility(debate, "copied-filters", 0.7)})
    there = estimate(debate, scenario=("unfair-comparison",)).gaps["puzzle"]
    browser.wait(lambda: shown(browser, "now")[puzzle]["median"] > 3)
    assert there.residual is not None
    assert there.weighed is not None
    assert shown(browser, "now")[puzzle]["median"] == pytest.approx(there.now.median)
    assert shown(browser, "ticked")[puzzle]["median"] == pytest.approx(there.residual.median)
    assert shown(browser, "weighed")[puzzle]["median"] == pytest.approx(there.weighed.median, abs=0.01)
    told = browser.value("document.getElementById('told').innerText")
    said, weighed = told.rsplit(" ", 1)
    assert said == "The puzzle: vision gap minus language gap: now 3.05, with what is ticked 1.55, all weighed"
    assert float(weighed) == pytest.approx(there.weighed.median, abs=0.01)  # both draw
    likely = there.chances(there.weighed)
    assert likely is not None
    assert (
        f"{chance(likely.overshot)}\\t{chance(likely.closed)}\\t{chance(likely.open)}".replace("\\t", "\t")
        in browser.text
    )
    assert interval(there.gap, there.residual) in browser.text

    address = browser.value("location.href")
    assert address.endswith("#with=unfair-comparison&p.copied-filters=0.7&v.visual_cortex=1T")
    opened(browser, address)
    assert browser.value("document.getElementById('told').innerText") == told
    # A link within the page leads there and keeps the view.
    browser.click("Evidence")
    browser.wait(lambda: browser.value("scrollY") > 5000)
    browser.wait(lambda: browser.value("location.href") == address)
    browser.click("Back to how it was")
    browser.wait(lambda: shown(browser, "now")[puzzle]["median"] < 3)
    assert browser.value("location.hash") == ""
    assert not browser.complaints


def test_another_convention_and_figures_that_cannot_be_read(browser: Browser, bundled: str) -> None:
    opened(browser, f"{bundled}#by=literature")
    there = estimate(replace(bundled_debate(), convention="literature")).gaps["vision_gap"]
    assert shown(browser, "now")["Vision (OOM)"]["median"] == pytest.approx(there.now.median, abs=0.01)
    field = browser.value(
        "[...document.querySelectorAll('.field label')].find(each => each.textContent.startsWith('Visual')).htmlFor"
    )
    assert browser.value(f"document.getElementById('{field}').value") == "40.5T (20T to 60T)"
    browser.value(f"document.getElementById('{field}').closest('details').open = true")
    browser.type("Visual cortex", " or so")
    assert browser.value(f"document.getElementById('{field}').getAttribute('aria-invalid')") == "true"
    assert "expected a value such as" in browser.value(f"document.getElementById('{field}-wrong').innerText")
    assert shown(browser, "now")["Vision (OOM)"]["median"] == pytest.approx(there.now.median, abs=0.01)


@pytest.mark.parametrize(
    "fragment",
    ["with=nobody", "p.unfair-comparison=2", "v.visual_cortex=lots", "v.constructor=1", "__proto__=1", "by=x"],
)
def test_an_address_that_asks_for_what_is_not_there_says_so(browser: Browser, bundled: str, fragment: str) -> None:
    opened(browser, f"{bundled}#{fragment}")
    assert "The address asks for what this page cannot show" in browser.value(
        "document.getElementById('missed').innerText"
    )
    puzzle = shown(browser, "now")["The puzzle: vision gap minus language gap (OOM)"]
    assert puzzle["median"] == pytest.approx(2.05, abs=0.01)


def test_where_one_explanation_holds_at_most_the_others_make_room(browser: Browser, tmp_path: Path) -> None:
    debate = model_of("x", {"x": "100"}, {"x * 2": "0.5", "x * 3": "0.3"}, mode="exclusive")
    opened(browser, written(tmp_path, debate))
    browser.value("(() => { const it = document.getElementById('held-0');"
                  " it.value = 75; it.dispatchEvent(new Event('input')) })()")  # fmt: skip
    # 0.3 * (1 - 0.75) / (1 - 0.5) = 0.15, as `with_plausibility` has it.
    assert with_plausibility(debate, "h0", 0.75)["h1"].plausibility == pytest.approx(0.15)
    assert browser.value("document.getElementById('held-1-told').innerText") == "15%"


def test_without_javascript_the_page_is_complete(browser: Browser, bundled: str) -> None:
    browser.do("Emulation.setScriptExecutionDisabled", value=True)
    try:
        opened(browser, bundled)
        assert "2.05 OOM" in browser.text
        assert "What would change this ranking" in browser.text
        assert "Try it yourself" not in browser.text
        assert not browser.complaints
    finally:
        browser.do("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.parametrize("width", [320, 360, 800, 1200])
def test_every_width_is_enough_and_everything_has_a_name(browser: Browser, bundled: str, width: int) -> None:
    browser.look(width=width)
    opened(browser, bundled)
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert "" not in browser.controls()
    assert browser.value("[...document.querySelectorAll('.figure-of svg')].every(each => {"
                         " const box = each.getBoundingClientRect(); return box.right <= innerWidth })")  # fmt: skip
    visible = "[...document.querySelectorAll('.figure-of svg')].filter(each => each.getBoundingClientRect().width)"
    assert browser.value(f"{visible}.length * 2") == browser.value("document.querySelectorAll('.figure-of svg').length")


@needs_axe
def test_axe_finds_nothing_to_complain_of_in_light_and_dark(browser: Browser, bundled: str, tmp_path: Path) -> None:
    axe = AXE.read_text(encoding="utf-8")
    for url in (bundled, written(tmp_path, wild(ATTACKS[0])), written(tmp_path, Debate("d", "Why?"), "empty.html")):
        for dark in (False, True):
            browser.look(width=360 if dark else 1200, dark=dark)
            opened(browser, url)
            browser.value("document.querySelectorAll('details').forEach(each => each.open = true)")
            browser.value(f"{axe}; undefined")
            found: list[Any] = browser.value(
                f"axe.run(document, {{runOnly: {KINDS}}})"
                ".then(found => found.violations.map(each => [each.id, each.nodes.slice(0, 3).map(node => node.html)]))"
            )
            assert found == [], (url, dark)


def test_nothing_that_somebody_types_acts_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    for number, attack in enumerate(ATTACKS):
        browser.complaints.clear()
        opened(browser, written(tmp_path, wild(attack), f"{number}.html"))
        # An alert would stop everything; a refusal by the policy would be a complaint.
        assert browser.value("document.scripts.length") == 2
        assert browser.value("document.querySelectorAll('img, iframe, form, style').length") == 1
        assert not browser.complaints, attack
        browser.wait(lambda: browser.value("document.getElementById('told').innerText"))


def test_it_can_be_printed(browser: Browser, bundled: str) -> None:
    opened(browser, bundled)
    printed = base64.b64decode(browser.do("Page.printToPDF", printBackground=False)["data"])
    assert printed.startswith(b"%PDF")
    browser.do("Emulation.setEmulatedMedia", media="print")
    try:
        assert "Try it yourself" not in browser.text
        assert browser.value("getComputedStyle(document.querySelector('.for-narrow')).display") == "none"
    finally:
        browser.do("Emulation.setEmulatedMedia", media="")
