"""Make the pictures of the pages for readers, as Chromium shows them: `python docs/make_page_pictures.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.end_to_end.chromium import Browser

PICTURES = Path(__file__).parent / "pictures"


def page_that_is_served(browser: Browser, folder: Path) -> None:
    """Serve the page on the bundled debate and take its picture at the form."""
    from tests.tui.web.test_serving import serving

    with serving(folder) as (_, link):
        browser.look(width=760, height=820)
        browser.open(f"{link}#send")
        browser.choose("Which explanation it bears on", "The brain has")
        browser.type("Title", "A retina in silicon")
        browser.value("document.activeElement.blur(); document.querySelector('#send').scrollIntoView()")
        browser.picture(PICTURES / "reader-page.png", whole=False)


def page_that_is_exported(browser: Browser, folder: Path) -> None:
    """Write the page of the bundled debate and take pictures of its top and of where things are tried on it."""
    from hypotheses.reports.html.page import page
    from store.bundled import bundled_debate

    written = folder / "page.html"
    written.write_text(page(bundled_debate()), encoding="utf-8")
    for name, fragment, height in (("html-page", "", 1240), ("html-page-tried", "#with=unfair-comparison", 1180)):
        browser.look(width=860, height=height)
        browser.open("about:blank")
        browser.open(f"{written.as_uri()}{fragment}")
        browser.picture(PICTURES / f"{name}.png", whole=False)


def main() -> None:
    """Make them all."""
    sys.path.insert(0, str(PICTURES.parent.parent))
    from tests.end_to_end.chromium import chromium

    for make in (page_that_is_served, page_that_is_exported):
        with (
            tempfile.TemporaryDirectory() as folder,
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
            chromium(Path(profile)) as browser,
        ):
            make(browser, Path(folder))


if __name__ == "__main__":
    main()
