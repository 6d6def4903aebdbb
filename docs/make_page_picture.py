"""Make the picture of the page for readers, as Chromium shows it: `python docs/make_page_picture.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Serve the page on the bundled debate and take its picture at the form."""
    sys.path.insert(0, str(HERE.parent))
    from tests.end_to_end.chromium import chromium
    from tests.tui.web.test_serving import serving

    with (
        tempfile.TemporaryDirectory() as home,
        tempfile.TemporaryDirectory() as profile,
        serving(Path(home)) as (_, link),
        chromium(Path(profile)) as browser,
    ):
        browser.look(width=760, height=820)
        browser.open(f"{link}#send")
        browser.choose("Which explanation it bears on", "The brain has")
        browser.type("Title", "A retina in silicon")
        browser.value("document.activeElement.blur(); document.querySelector('#send').scrollIntoView()")
        browser.picture(HERE / "pictures" / "reader-page.png", whole=False)


if __name__ == "__main__":
    main()
