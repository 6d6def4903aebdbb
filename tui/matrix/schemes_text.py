"""What every scheme computes, and the order it gives, on a page."""

from __future__ import annotations

from textual.content import Content

from hypotheses.schemes import schemes_of
from tui.matrix.cells import Sheet
from tui.matrix.totals import place
from tui.terminal.clean import content


def schemes_text(sheet: Sheet) -> Content:
    """Write the formula, the source and the order of each scheme, and how firm the order is."""
    figures, debate = sheet.figures, sheet.debate
    lines: list[Content] = [firmness(sheet), Content("")]
    for name, scheme in schemes_of(debate).items():
        lines += [
            Content.styled(name, "bold $you"),
            Content(f"  {scheme.formula}"),
            Content.styled(f"  {scheme.source}", "$label"),
        ]
        scores = figures.scores.get(name)
        for slug in scores.places if scores else ():
            written, number = place(name, scores, slug) if scores else ("", "")
            lines.append(
                Content.assemble((f"  {number:>4} {written:>7}  ", "bold"), content(debate.hypotheses[slug].title))
            )
        lines.append(Content(""))
    lines.append(
        Content.styled(
            f"In a cluster ρ = {debate.correlation:g}: k equal pieces count as k / (1 + (k − 1) ρ).", "$label"
        )
    )
    return Content("\n").join(lines)


def firmness(sheet: Sheet) -> Content:
    """Say whether the order hangs on the scheme, and what nothing rates."""
    titles = {each.slug: each.title for each in sheet.columns}
    parts: list[Content | tuple[str, str]] = []
    if sheet.figures.fragile:
        parts.append(("≶ fragile: the schemes do not agree on the order of ", "$today"))
        parts.append(Content(", ").join(content(titles[slug], "bold") for slug in sheet.figures.fragile))
    elif sheet.figures.scores:
        parts.append(("The schemes agree on the order.", "$pro"))
    if sheet.figures.untested:
        parts.append(("\nuntested, and so in no order: ", "$today"))
        parts.append(Content(", ").join(content(titles[slug], "bold") for slug in sheet.figures.untested))
    return Content.assemble(*parts)
