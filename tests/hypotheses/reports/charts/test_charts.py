"""Every chart: well-formed SVG that says in words what it shows, with the marks where arithmetic puts them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.doubted import doubted
from hypotheses.estimates import estimate
from hypotheses.problems import Malformed
from hypotheses.reading import Reading
from hypotheses.reports.charts.colours import COLOURS
from hypotheses.reports.charts.distribution_chart import distribution_chart
from hypotheses.reports.charts.gap_chart import chance_bar, gap_chart
from hypotheses.reports.charts.matrix_chart import MOST_ROWS, matrix_chart
from hypotheses.reports.charts.plots import PLOTS, headline_first
from hypotheses.reports.charts.ranking_chart import ranking_chart
from hypotheses.reports.charts.scales import Scale, scale_over
from hypotheses.reports.charts.svg import MARGIN, NARROW, WIDE, cut, standalone, wrapped
from hypotheses.reports.charts.timeline_chart import timeline_chart
from hypotheses.steps import steps
from store.bundled import bundled_debate
from tests.hypotheses.reports.pages import EVIL, debate_of

SVG = "{http://www.w3.org/2000/svg}"


def read(chart: str) -> ET.Element:
    return ET.fromstring(chart.removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n'))


def words_in(chart: ET.Element) -> list[str]:
    return [each.text or "" for each in chart.iter(f"{SVG}text")]


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("debate", [bundled_debate(), debate_of()], ids=["bundled", "small"])
def test_every_chart_is_a_file_of_its_own_that_says_what_it_shows(name: str, debate: Debate) -> None:
    chart = read(PLOTS[name](debate))
    named, told = chart.attrib["aria-labelledby"].split()
    by_id = {each.attrib["id"]: each.text for each in chart.iter() if "id" in each.attrib}
    assert by_id[named]
    assert by_id[told]
    assert chart.attrib["role"] == "img"
    style = chart.find(f"{SVG}style")
    assert style is not None
    assert "prefers-color-scheme:dark" in (style.text or "")
    # Colours that a reader without CSS variables has, too; and every class is one that the style knows.
    assert "var(" not in (style.text or "")
    for each in chart.iter():
        assert "style" not in each.attrib
        if (kind := each.attrib.get("class")) and each is not chart:
            assert f".{kind}{{" in (style.text or ""), kind


@pytest.mark.parametrize("name", PLOTS)
def test_the_same_debate_is_drawn_in_the_same_bytes(name: str) -> None:
    assert PLOTS[name](debate_of()) == PLOTS[name](debate_of())


def test_a_debate_without_anything_is_drawn_too() -> None:
    empty = Debate("d", "Why?")
    assert "There are no explanations yet." in PLOTS["ranking"](empty)
    assert "There are no gaps yet." in PLOTS["gaps"](empty)
    assert "There is no evidence yet." in PLOTS["matrix"](empty)
    assert read(PLOTS["timeline"](empty)) is not None
    with pytest.raises(Malformed, match="found no gap that is known"):
        PLOTS["distribution"](empty)


def hostile() -> Debate:
    cell = Assessment(3.0, EVIL)
    return debate_of(
        title=EVIL,
        hypotheses={"h": Hypothesis("h", EVIL, short=EVIL, effects={"known": "known * 10"})},
        evidence={"k": Evidence("k", EVIL, date="2023", assessments={"h": cell})},
        gaps={"shortage": Gap("shortage", "wanted / known", EVIL, headline=True)},
    )


@pytest.mark.parametrize("name", PLOTS)
def test_hostile_words_are_words(name: str) -> None:
    elements = {each.tag for each in read(PLOTS[name](hostile())).iter()}
    assert elements <= {
        f"{SVG}{kind}"
        for kind in "svg title desc style rect text line path circle g".split()  # noqa: SIM905
    }
    assert "\x1b" not in PLOTS[name](hostile())
    assert "\u202e" not in PLOTS[name](hostile())


def test_the_ranking_puts_what_is_held_where_it_belongs() -> None:
    debate = debate_of()
    chart = read(ranking_chart(debate, doubted(debate)))
    circles = [float(each.attrib["cx"]) for each in chart.iter(f"{SVG}circle")][1:]  # the first is the legend's
    ticks = {each.text: float(each.attrib["x"]) for each in chart.iter(f"{SVG}text") if (each.text or "").endswith("%")}
    whole = ticks["100%"] - ticks["0%"]
    assert circles == [pytest.approx(ticks["0%"] + share * whole, abs=0.11) for share in (0.6, 0.2)]
    assert "1. Most are not listed: held 60%" in ranking_chart(debate, doubted(debate))


def test_a_gap_of_a_hundred_stands_at_two_orders_of_magnitude() -> None:
    # 1000 wanted, 10 known: a ratio of 100; with "uncounted" (60%) it is 10, so the median of both weighed is 1.
    chart = gap_chart(headline_first(debate_of()))
    assert "now 2.00 OOM; all weighed 1.00 OOM, 1.00 to 2.00." in chart
    assert [text for text in words_in(read(chart)) if text in ("2.00", "1.00")] == ["2.00", "1.00"]


def test_gaps_of_other_units_have_an_axis_of_their_own() -> None:
    debate = debate_of()
    gaps = {**debate.gaps, "more": Gap("more", "wanted - known", "More", unit="tuner")}
    assert {"OOM", "tuner"} <= set(words_in(read(gap_chart(headline_first(replace(debate, gaps=gaps))))))


def test_the_chances_are_parts_of_one_bar() -> None:
    (gap,) = headline_first(debate_of())
    assert gap.weighed is not None
    likely = gap.chances(gap.weighed)
    assert likely is not None
    chart = read(chance_bar(likely, width=100))
    widths = {each.attrib["class"]: float(each.attrib["width"]) for each in chart.iter(f"{SVG}rect")}
    assert widths == {"says": 0, "for": 0, "neutral": 98}  # 100% open, a unit of room at each end
    assert "open 100%" in words_in(chart)


def test_a_mass_in_a_distribution_is_told_by_its_probability() -> None:
    # Of "uncounted" only its plausibility of 60% takes part: else, with 40%, the gap stays the one number 2.
    debate = debate_of()
    known = Quantity("known", "Known", "tuner", {"value": Reading("10")})
    h = replace(debate.hypotheses["uncounted"], effects={"known": "known * more"})
    quantities = {**debate.quantities, "known": known, "more": Quantity("more", readings={"value": Reading("2 to 20")})}
    (gap,) = headline_first(replace(debate, quantities=quantities, hypotheses={h.slug: h}))
    assert "40%" in words_in(read(distribution_chart(gap)))


def test_the_timeline_names_every_line_once_and_apart() -> None:
    debate = bundled_debate()
    chart = read(timeline_chart(debate, steps(debate)))
    names = [each for each in chart.iter(f"{SVG}text") if each.attrib["class"].startswith("name")]
    assert len(names) == len(debate.hypotheses)
    heights = sorted(float(each.attrib["y"]) for each in names)
    assert all(after - before >= 15.9 for before, after in pairwise(heights))


def test_the_matrix_draws_the_most_telling_and_says_how_many_there_are() -> None:
    evidence = {
        f"e{n}": Evidence(f"e{n}", f"Item {n}", assessments={"uncounted": Assessment(1.0 + n)}) for n in range(100)
    }
    chart = matrix_chart(debate_of(evidence=evidence))
    assert f"The {MOST_ROWS} that tell the explanations apart best of 100." in chart
    shown = [text for text in words_in(read(chart)) if text.startswith("Item")]
    assert shown == [f"Item {n}" for n in range(99, 99 - MOST_ROWS, -1)]
    assert "▲×100" in words_in(read(chart))


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_nothing_is_drawn_beside_the_picture(width: int) -> None:
    debate = bundled_debate()
    gaps = list(estimate(debate).gaps.values())
    charts = (
        ranking_chart(debate, doubted(debate), width=width),
        gap_chart(gaps, width=width),
        distribution_chart(gaps[0], width=width),
        timeline_chart(debate, steps(debate), width=width),
        matrix_chart(debate, width=width),
    )
    for chart in map(read, charts):
        for each in chart.iter():
            for key in ("x", "x1", "x2", "cx"):
                if key in each.attrib and each.tag != f"{SVG}g":
                    assert -1 <= float(each.attrib[key]) <= width + 1, (each.tag, each.attrib)


def test_words_are_cut_and_broken_where_there_is_no_more_room() -> None:
    assert cut("short", 200) == "short"
    assert cut("a title that is too long", 80).endswith("…")
    assert wrapped("two lines of words", 70) == ["two lines", "of words"]
    assert wrapped("漢字漢字漢字漢字", 60, lines=1) == ["漢字漢…"]


def test_scales_have_round_figures_and_turn_to_logarithms_for_what_lies_far_apart() -> None:
    assert Scale(0.0, 1.0, 0, 100).ticks(5) == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert Scale(-2.9, 2.1, 0, 100).ticks(6) == [-2.0, -1.0, 0.0, 1.0, 2.0]
    far = scale_over([1.0, 1000.0], 0, 100)
    assert far.orders
    assert far.ticks(6) == [1.0, 10.0, 100.0, 1000.0]
    assert scale_over([5.0], 10, 100).at(5.0) == 60.0


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2: of their relative luminances, each with 0.05 added."""

    def luminance(colour: str) -> float:
        parts = [int(pair, 16) / 255 for pair in re.findall("[0-9a-f]{2}", colour)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", [name for name in COLOURS if name not in ("ground", "shade", "faint")])
def test_colours_stand_out_from_their_grounds(name: str) -> None:
    least = 3.0 if name == "line" else 4.5
    for ground in ("ground", "shade"):
        assert contrast(COLOURS[name].light, COLOURS[ground].light) >= least
        assert contrast(COLOURS[name].dark, COLOURS[ground].dark) >= least


def test_a_chart_of_its_own_has_the_marks_of_the_one_in_a_page() -> None:
    chart = matrix_chart(debate_of())
    own = standalone(chart)
    inside, around = ({name: float(read(text).attrib[name]) for name in ("width", "height")} for text in (chart, own))
    assert around == {name: length + 2 * MARGIN for name, length in inside.items()}
    assert words_in(read(own)) == words_in(read(chart))
