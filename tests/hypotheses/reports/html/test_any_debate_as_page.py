"""Any debate as a page: in order, with nothing in it that acts, and the same again."""

from __future__ import annotations

import json
import re
from collections import Counter
from xml.etree import ElementTree as ET

from hypothesis import given

from hypotheses.debate import Debate
from hypotheses.reports.charts.plots import PLOTS, headline_first
from hypotheses.reports.html.page import page
from tests.exploring import explored
from tests.hypotheses.reports.html.test_page import Outline
from tests.hypotheses.reports.test_any_page import hostile


@explored(12)
@given(hostile())
def test_any_debate_is_a_page_in_order_and_the_same_again(debate: Debate) -> None:
    written = page(debate)
    read = Outline(written)
    assert read.open == []
    ids = Counter(read.values("id"))
    assert [each for each, count in ids.items() if count > 1] == []
    assert {href[1:] for href in read.values("href") if href.startswith("#")} <= set(ids)
    assert all(href.startswith(("#", "https://", "http://")) for href in read.values("href"))
    assert not [key for _, attributes in read.tags for key in attributes if key.startswith("on")]
    assert len(read.all("script")) in (0, 2)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2028\u2029\ufeff\ud800-\udfff]", written)
    assert not re.search(r"(?<![\w.])(?:nan|inf|NaN|Infinity)(?![\w])", " ".join(read.values("d") + read.values("x")))
    if read.all("script"):
        json.loads(written.partition('<script type="application/json" id="model">')[2].partition("</script>")[0])
    assert page(debate) == written


@explored(12)
@given(hostile())
def test_any_debate_is_drawn(debate: Debate) -> None:
    known = headline_first(debate)
    for name in PLOTS if known else PLOTS.keys() - {"distribution"}:
        chart = PLOTS[name](debate)
        read = ET.fromstring(chart.encode())
        figures = [value for each in read.iter() for key, value in each.attrib.items() if key in ("x", "y", "cx", "d")]
        assert not re.search("nan|inf", " ".join(figures))
