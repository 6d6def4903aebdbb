"""Make the picture of a debate as a page in HTML, as Chromium shows it: `python docs/make_html_picture.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Write the page of the bundled debate and take a picture of where things are tried on it."""
    sys.path.insert(0, str(HERE.parent))
    from hypotheses.reports.html.page import page
    from store.bundled import bundled_debate
    from tests.end_to_end.chromium import chromium

    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as profile,
        chromium(Path(profile)) as browser,
    ):
        written = Path(folder) / "page.html"
        written.write_text(page(bundled_debate()), encoding="utf-8")
        for name, fragment, height in (("html-page", "", 1240), ("html-page-tried", "#with=unfair-comparison", 1180)):
            browser.look(width=860, height=height)
            browser.open("about:blank")
            browser.open(f"{written.as_uri()}{fragment}")
            browser.picture(HERE / "pictures" / f"{name}.png", whole=False)


if __name__ == "__main__":
    main()
