"""The place on a page to try things, which its script fills and shows: what is ticked, moved and typed over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from hypotheses.debate import Debate
from hypotheses.ranking import format_plausibility, ranked
from hypotheses.reports.html.elements import Html, tag
from hypotheses.reports.html.page_report import PageReport

_COLUMNS: Final = {
    "now": "Now",
    "ticked": "Ticked",
    "weighed": "All weighed",
    "overshot": "Overshot",
    "closed": "Closed",
    "open": "Open",
}
"""What the script calls a column -> what stands over it."""
_DRAWN: Final = Html('<svg class="chart" viewBox="0 0 160 30" width="160" height="30" aria-hidden="true"></svg>')
"""Where the script draws what a gap comes to."""


def trying(page: PageReport, model: dict[str, Any]) -> Html:
    """Return the controls and the table of the gaps; nothing where there is no gap to try anything on."""
    if not model["gaps"]:
        return Html("")
    debate = page.report.debate
    return tag(
        "section",
        tag("h2", "Try it yourself", id="trying"),
        tag(
            "p",
            "Tick explanations to take them for true together, move how plausible you hold each, type over a figure: "
            "the gaps follow. The address of this page then says what you changed, so that you can send it.",
        ),
        tag("p", id="missed", class_="error"),
        tag("p", id="told", role="status"),
        tag("fieldset", tag("legend", "Taken for true, and how plausible you hold it"), *_explanations(debate, model))
        if model["explanations"]
        else Html(""),
        _conventions(model),
        tag("details", tag("summary", "Type over a figure"), *_figures(debate, model)),
        _gaps(page, model),
        tag("p", tag("button", "Back to how it was", type_="button", id="reset")),
        class_="trying",
        aria_labelledby="trying",
        data_needs_script=True,
        hidden=True,
    )


def _gaps(page: PageReport, model: dict[str, Any]) -> Html:
    heads = ["Gap", *_COLUMNS.values()]
    head = tag("tr", *(tag("th", name, scope="col", class_="figure" if name != "Gap" else "") for name in heads))
    rows = []
    for place, gap in enumerate(model["gaps"]):
        estimate = page.report.gaps[gap["symbol"]]
        results = [estimate.now, *([estimate.weighed] if estimate.weighed else [])]
        reach = " ".join(f"{end:g}" for result in results for end in (result.p5, result.p95))
        label = tag("th", gap["label"], f" ({gap['unit']})" if gap["unit"] else "", _DRAWN, scope="row")
        cells = [tag("td", class_=f"figure {kind}", data_name=name) for kind, name in _COLUMNS.items()]
        rows.append(tag("tr", label, *cells, id=f"gap-{place}", data_reach=reach))
    caption = "The gaps as you have it"
    inner = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *rows))
    return tag("div", inner, class_="wide", role="group", tabindex="0", aria_label=caption)


def _explanations(debate: Debate, model: dict[str, Any]) -> Iterator[Html]:
    places = {each["slug"]: place for place, each in enumerate(model["explanations"])}
    for place in (places[hypothesis.slug] for hypothesis in ranked(debate) if hypothesis.slug in places):
        each = model["explanations"][place]
        told = format_plausibility(each["plausibility"])
        yield tag(
            "div",
            tag("input", type_="checkbox", id=f"tick-{place}"),
            tag("label", each["title"], for_=f"tick-{place}", dir="auto"),
            tag(
                "input",
                type_="range",
                id=f"held-{place}",
                min="0",
                max="100",
                value=f"{100 * each['plausibility']:.0f}",
                aria_label=f"How plausible you hold it: {each['title']}",
            ),
            tag("output", told, id=f"held-{place}-told", for_=f"held-{place}"),
            class_="choice",
        )


def _conventions(model: dict[str, Any]) -> Html:
    names = [each["name"] or "as chosen" for each in model["conventions"]]
    if len(names) < 2:
        return Html("")
    options = [tag("option", name, value=str(place)) for place, name in enumerate(names)]
    return tag(
        "p",
        tag("label", "Whose figures count ", for_="convention"),
        tag("select", *options, id="convention"),
    )


def _figures(debate: Debate, model: dict[str, Any]) -> Iterator[Html]:
    """Yield a field for each input, those of a role and of an explanation together."""
    fields = [(place, each) for place, each in enumerate(model["inputs"]) if each]
    for group, members in groupby(fields, lambda field: _group(debate, field[1]["name"])):
        yield tag("fieldset", tag("legend", group), *(_field(debate, place, each) for place, each in members))


def _group(debate: Debate, name: str) -> str:
    slug, _, assumed = name.rpartition(".")
    return f"Assumed by: {debate.hypotheses[slug].title}" if slug else debate.quantities[assumed].group or "Figures"


def _field(debate: Debate, place: int, field: dict[str, Any]) -> Html:
    slug, _, name = field["name"].rpartition(".")
    quantity = None if slug else debate.quantities[name]
    label = (quantity.label if quantity else "") or name
    unit = f", {quantity.unit}" if quantity and quantity.unit else ""
    values = dict.fromkeys(text for _, text, _ in field["readings"])
    return tag(
        "div",
        tag("label", f"{label}{unit}", for_=f"value-{place}", dir="auto"),
        tag(
            "input",
            type_="text",
            id=f"value-{place}",
            value=field["readings"][0][1],
            autocomplete="off",
            spellcheck="false",
            list=f"readings-{place}" if len(values) > 1 else "",
            aria_describedby=f"value-{place}-wrong",
        ),
        tag("datalist", *(tag("option", value=text) for text in values), id=f"readings-{place}")
        if len(values) > 1
        else Html(""),
        tag("p", id=f"value-{place}-wrong", class_="error"),
        class_="field",
    )
