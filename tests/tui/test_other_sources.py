"""Evidence with several sources: typed a line each, listed on its page, and opened by choice."""

from __future__ import annotations

import webbrowser
from dataclasses import replace

import pytest

from hypotheses.debate import Evidence
from hypotheses.reports.links import link_of, source_links
from store.bundled import bundled_debate
from store.debate_store import DebateStore
from tests.tui.running import BUNDLED, one_line, press, running
from tests.tui.test_form_choices import click
from tui.dialogs.form import Form
from tui.dialogs.picker import Picker
from tui.evidence.evidence_list import EvidenceList
from tui.evidence.view import EvidenceView

ALSO = ("doi:10.1038/nature14539", "2303.01469", "https://example.org/report", "Told at the workshop, 2023")


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("10.1038/nature14539", "https://doi.org/10.1038/nature14539"),
        ("DOI: 10.1038/nature14539", "https://doi.org/10.1038/nature14539"),
        ("https://doi.org/10.1038/nature14539", "https://doi.org/10.1038/nature14539"),
        ("arXiv:2303.01469v2", "https://arxiv.org/abs/2303.01469v2"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("javascript:alert(1)", ""),
        ("Told at the workshop, 2023", ""),
        ("", ""),
    ],
)
def test_a_source_that_can_be_looked_at_has_a_link(source: str, link: str) -> None:
    assert link_of(source) == link


def test_the_links_of_an_item_are_each_there_once_its_own_first() -> None:
    item = Evidence("a", "A", arxiv="2303.01469", url="https://example.org/report", also=ALSO)
    assert source_links(item) == (
        "https://arxiv.org/abs/2303.01469",
        "https://example.org/report",
        "https://doi.org/10.1038/nature14539",
    )
    assert source_links(Evidence("a", "A")) == ()


async def test_other_sources_are_typed_shown_and_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def browse(link: str) -> bool:
        opened.append(link)
        return True

    monkeypatch.setattr(webbrowser, "open", browse)
    debate = bundled_debate()
    item = replace(debate.evidence["felleman91"], doi="", arxiv="", url="https://example.org/own")
    with DebateStore.open(first=lambda: replace(debate, evidence={**debate.evidence, item.key: item})):
        pass
    async with running((120, 45)) as (app, pilot):
        app.screen.query_one(EvidenceList).focus()
        await press(app, pilot, "enter")
        assert isinstance(app.screen, EvidenceView)
        assert "b open example.org" in one_line(app)
        await press(app, pilot, "e")
        form = app.screen
        assert isinstance(form, Form)
        form.put("also", "\n".join(ALSO) + "\n")
        await press(app, pilot, "ctrl+s")
        with DebateStore.open() as store:
            assert store.load(BUNDLED).evidence[item.key].also == ALSO
        await press(app, pilot, "enter")
        assert "also in Told at the workshop, 2023" in one_line(app)
        await click(app, pilot, "b open one of 4 links")
        assert isinstance(app.screen, Picker)
        await press(app, pilot, "down", "down", "enter")
        assert opened == ["https://arxiv.org/abs/2303.01469"]
        assert isinstance(app.screen, EvidenceView)
