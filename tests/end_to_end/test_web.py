"""The page for readers in a real browser: from the form to the receipt, to the decision, to the receipt again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.debate_store import DebateStore
from tests.end_to_end.chromium import AXE, Browser, chromium, needs_axe, needs_chromium
from tests.tui.web.test_serving import ROOT, serving

KINDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = needs_chromium


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the bundled debate."""
    folder = tmp_path_factory.mktemp("web")
    DebateStore.open(str(folder / "abduce.db"), actor="tester").close()
    return folder


@pytest.fixture(scope="module")
def link(place: Path) -> Iterator[str]:
    with serving(place) as (_, address):
        yield address


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


def command(place: Path, *arguments: str) -> str:
    """Run a command of the owner's."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        cwd=ROOT,
        env={**os.environ, "ABDUCE_HOME": str(place)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_an_idea_goes_from_the_form_to_its_receipt_and_the_decision_is_on_it(
    browser: Browser, link: str, place: Path
) -> None:
    browser.do("Emulation.setScriptExecutionDisabled", value=True)
    browser.look(width=1200)
    browser.open(link)
    browser.complaints.clear()
    opened = time.monotonic()
    browser.click("Evidence")
    browser.choose("Which explanation it bears on", "The brain has")
    browser.type("Title", "A retina in silicon <b>&</b>")
    browser.type("Text", "It *shares* its filters.\nSo it is small.")
    browser.type("Link", "example.org")
    browser.type("Your name", "Ida")
    browser.click("Do not name me")
    browser.leave(lambda: browser.click("Send"))

    # What is wrong is told where the focus is, and everything is still there.
    assert "Link: Found 'example.org'; expected an address that begins with https:// or http://." in browser.text
    assert browser.value("document.activeElement.id") == "errors"
    assert browser.value("document.querySelector('#kind-evidence').checked")
    assert browser.value("document.querySelector('#hypothesis').value") == "copied-filters"
    assert browser.value("document.querySelector('#title').value") == "A retina in silicon <b>&</b>"
    assert browser.value("document.querySelector('#text').value") == "It *shares* its filters.\nSo it is small."
    assert browser.value("document.querySelector('#unnamed').checked")
    browser.value("document.querySelector('#url').value = ''")
    browser.type("Link", "https://example.org/retina")
    time.sleep(max(0.0, opened + 3.1 - time.monotonic()))
    browser.leave(lambda: browser.click("Send"))

    assert "It is waiting." in browser.text
    assert "A retina in silicon <b>&</b>" in browser.text
    assert browser.value("location.pathname").startswith("/idea/")
    reference = browser.value("document.querySelector('#your-reference').innerText")
    (idea,) = json.loads(command(place, "idea", "list", "--from", "Ida", "--json"))["ideas"]
    assert idea["reference"] == reference
    assert (idea["kind"], idea["hypothesis"], idea["unnamed"]) == ("evidence", "copied-filters", True)
    assert idea["text"] == "It *shares* its filters.\nSo it is small."

    command(place, "idea", "decline", reference, "--reason", "It is from 1989.")
    browser.reload()
    assert "It was declined." in browser.text
    assert "Because: It is from 1989." in browser.text
    command(place, "undo")
    browser.reload()
    assert "It is waiting." in browser.text
    command(place, "idea", "accept", reference)
    browser.leave(lambda: browser.click("To the question"))
    browser.type("The reference of an idea you sent", f" {reference.upper()} ")
    browser.leave(lambda: browser.click("See what became of it"))
    assert "It was accepted as the evidence “A retina in silicon <b>&</b>”." in browser.text
    # A status of an error is told by the browser; that it refused to load or run something would be, too.
    assert not [each for each in browser.complaints if "status of 422" not in each]


def pages(browser: Browser, link: str) -> Iterator[str]:
    """Open each kind of page."""
    browser.open(link)
    yield "the page"
    browser.leave(lambda: browser.click("Send"))
    yield "the page with errors"
    browser.type("Title", "To be looked at")
    time.sleep(3.1)
    browser.leave(lambda: browser.click("Send"))
    yield "the receipt"
    browser.open(f"{link}idea/unknown")
    yield "an unknown reference"


def test_a_screen_reader_finds_a_name_for_everything_and_every_width_is_enough(browser: Browser, link: str) -> None:
    browser.do("Emulation.setScriptExecutionDisabled", value=True)
    for page in pages(browser, link):
        names = browser.controls()
        assert "" not in names, (page, names)
        assert browser.value("document.documentElement.lang") == "en"
        assert browser.value("document.querySelectorAll('main').length") == 1
        assert browser.value("document.querySelectorAll('h1').length") == 1
        for width in (320, 360, 800, 1200):
            browser.look(width=width)
            assert browser.value("document.documentElement.scrollWidth") <= width, (page, width)
        if page == "the page with errors":
            assert browser.value("document.title").startswith("Not sent:")
            assert names["Title"] == "textbox"
            (described, *_) = browser.value("document.querySelector('#title').getAttribute('aria-describedby')").split()
            assert "Found nothing" in browser.value(f"document.getElementById('{described}').innerText")
            assert browser.value("document.querySelector('#title').getAttribute('aria-invalid')") == "true"
    assert "Leave this empty" not in names


def test_the_form_is_reached_and_sent_by_keyboard(browser: Browser, link: str) -> None:
    browser.look(width=800)
    browser.open(link)
    browser.key("Tab", 9)
    assert browser.value("document.activeElement.className") == "skip"
    assert browser.value("document.activeElement.getBoundingClientRect().width") > 10
    browser.open("about:blank")
    browser.open(f"{link}#send")
    order = []
    for _ in range(12):
        browser.key("Tab", 9)
        order.append(browser.value("document.activeElement.name || document.activeElement.innerText"))
    assert order[:9] == ["kind", "hypothesis", "title", "text", "url", "sender", "contact", "unnamed", "Send"]


@needs_axe
def test_axe_finds_nothing_to_complain_of_in_light_and_dark(browser: Browser, link: str) -> None:
    browser.do("Emulation.setScriptExecutionDisabled", value=False)
    axe = AXE.read_text(encoding="utf-8")
    for page in pages(browser, link):
        for dark in (False, True):
            browser.look(width=360 if dark else 1200, dark=dark)
            browser.value(f"{axe}; undefined")
            found: list[Any] = browser.value(
                f"axe.run(document, {{runOnly: {KINDS}}})"
                ".then(found => found.violations.map(each => [each.id, each.nodes.map(node => node.html)]))"
            )
            assert found == [], (page, dark)
