"""Commands on what the evidence says: `matrix`, `counts`, `doubts`, `cruxes`, `timeline`, `adopt`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeVar, get_args

import click

from hypotheses import rules
from hypotheses.belief import DECIBANS_PER_NAT, difference, implied, known_before
from hypotheses.cruxes import cruxes
from hypotheses.debate import Counts, Debate, Evidence
from hypotheses.doubt_cases import Case
from hypotheses.doubted import doubted
from hypotheses.hindsight import hindsight_told
from hypotheses.margin import leave_one_out, margin
from hypotheses.matrix import ORDERS, Figures, Order, Workings, in_order
from hypotheses.problems import found
from hypotheses.progress import within
from hypotheses.ranking import format_plausibility, format_span, ranked
from hypotheses.ratios import short_ratio
from hypotheses.reports.belief_json import cruxes_shape, doubts_shape, matrix_shape, timeline_shape
from hypotheses.schemes import Scores, fragile, schemes_of, untested
from hypotheses.timeline import Stand, as_of, implied_over_time
from store.expected import ANYTHING
from tui.cli.failures import say
from tui.cli.invocation import CliCommand, Invocation, find_hypothesis, pass_invocation, read_with
from tui.cli.output import TableColumn, write, write_json, write_table
from tui.cli.plotting import plots
from tui.cli.progress import progress
from tui.widgets.crux_text import crux_sentence, eased, left_out_sentence, margin_text

Callback = TypeVar("Callback", bound=Callable[..., object])

as_of_option = click.option(
    "--as-of",
    "date",
    metavar="DATE",
    default="",
    callback=read_with(rules.day),
    help="As it stood then: evidence by its dates, the ranking by the journal. 2024, 2024-05 or 2024-05-31.",
)


class AsItStood(NamedTuple):
    """The debate as it stood on a date."""

    debate: Debate
    remark: str
    """When that was, and whether texts know of later, for readers, who need not know which; empty for now."""


def open_as_of(invocation: Invocation, date: str) -> AsItStood:
    """Load the debate as it stood on a date, empty for now; and say which texts know of later."""
    if not date:
        return AsItStood(invocation.debate(), "")
    store, debate = invocation.open()
    told = hindsight_told(debate, date)
    if told:
        say(told)
    stood = as_of(debate, date, store.stands(debate.slug), store.person(debate.slug))
    later = "; the texts are those of today, and some tell of what came later" if told else ""
    return AsItStood(stood, f"As it stood {'on' if date.count('-') == 2 else 'in'} {date}{later}.")


SORTS: Final = tuple(order for order in ORDERS if order != "rating")
"""The orders of the Matrix, but for the one by an explanation under the cursor."""


@click.command("matrix", cls=CliCommand)
@click.option("--scheme", metavar="NAME", help="Only this scheme, with its formula.")
@click.option("--sort", type=click.Choice(SORTS), default="diagnosticity", show_default=True, help="The order.")
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
@plots("matrix")
def matrix_command(invocation: Invocation, *, scheme: str | None, sort: Order, date: str, as_json: bool) -> None:
    """Show how the evidence rates everything, and what follows by scheme.

    A dot is a blank cell: nobody has rated it.
    """
    debate = open_as_of(invocation, date).debate
    schemes = schemes_of(debate)
    if scheme is not None:
        found("scheme", scheme, schemes)
    if as_json:
        write_json(matrix_shape(debate, scheme or ""))
        return
    workings = Workings().figures(debate)
    scores = workings.scores
    chosen = {scheme: scores[scheme]} if scheme else scores
    order = [h.slug for h in ranked(debate)]
    columns = [TableColumn(str(place), right=True) for place in range(1, len(order) + 1)]
    figures = [TableColumn("Date", roomy=True), TableColumn("Tells", right=True), TableColumn("Weight", right=True)]
    write_table([TableColumn("Evidence"), *figures, *columns], _rows(debate, order, workings, sort))
    write()
    write_table([TableColumn("Scheme"), *columns], [(name, *_places(name, one, order)) for name, one in chosen.items()])
    write()
    for place, slug in enumerate(order, 1):
        write(f"{place}  {debate.hypotheses[slug].title}{_marks(slug, scores, untested(debate))}")
    if scheme:
        write(f"\n{scheme}: {schemes[scheme].formula}\n{schemes[scheme].source}")


def _rows(debate: Debate, order: list[str], workings: Figures, sort: Order) -> list[tuple[str, ...]]:
    return [
        (
            f"{item.key} (retracted)" if item.retracted else item.key,
            item.date,
            f"{workings.diagnosticity[item.key]:.2f}",
            f"{workings.weights[item.key]:.2f}",
            *(_cell(item, slug) for slug in order),
        )
        for item in in_order(debate.evidence.values(), workings, sort, "")
    ]


def _cell(item: Evidence, slug: str) -> str:
    cell = item.assessments.get(slug)
    return short_ratio(cell.ratio) if cell else "·"


def _places(name: str, scores: Scores, order: list[str]) -> list[str]:
    """Write each score with its place; equal ones are marked."""
    written = format_plausibility if name == "bayes" else "{:.3g}".format
    cells = []
    for slug in order:
        figure, place = scores.scores[slug], scores.places.get(slug)
        shared = "=" if place is not None and list(scores.places.values()).count(place) > 1 else ""
        cells.append("untested" if figure is None else f"{written(figure)} ({shared}{place})")
    return cells


def _marks(slug: str, scores: Mapping[str, Scores], idle: tuple[str, ...]) -> str:
    if slug in idle:
        return ": untested"
    return ": fragile, its place depends on the scheme" if slug in fragile(scores) else ""


@click.command("cruxes", cls=CliCommand)
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=12, show_default=True, help="How many of each.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON; all of them.")
@pass_invocation
def cruxes_command(invocation: Invocation, limit: int, as_json: bool) -> None:
    """Show what would change a conclusion, the smallest change first.

    A size of 1 is two orders of magnitude of a ratio, of odds or of a quantity, or the whole of a credibility.
    """
    from hypotheses.estimates import estimate  # noqa: PLC0415 - numbers are not needed for the help page

    debate = invocation.debate()
    estimates = estimate(debate)
    if as_json:
        with progress("looking at every number") as told:
            shape = cruxes_shape(debate, estimates, told)
        write_json(shape)
        return
    with progress("looking at every number") as told:
        apart = margin(debate)
        changes = cruxes(debate, estimates, within(told, 0.0, 0.5))
        left_out = leave_one_out(debate, within(told, 0.5, 1.0))
    write(margin_text(debate, apart))
    if changes:
        write()
        write_table(
            [TableColumn("Size", right=True), TableColumn("What would change it", fold=True)],
            [(f"{crux.size:.2f}", crux_sentence(debate, eased(debate, crux, apart))) for crux in changes[:limit]],
        )
    if apart is not None and left_out:
        write("\nLeave one out:\n")
        rows = [(one.evidence, left_out_sentence(debate, apart, one)) for one in left_out[:limit]]
        write_table([TableColumn("Without"), TableColumn("The first is further ahead by", fold=True)], rows)


@click.command("counts", cls=CliCommand)
@click.argument("which", type=click.Choice(get_args(Counts)), required=False)
@pass_invocation
def counts_command(invocation: Invocation, which: Counts | None) -> None:
    """Choose whether evidence that is older than the prior it moves counts.

    Whoever held the prior knew of it. Without WHICH, the present choice is shown.
    """
    store, debate = invocation.open()
    if which is None:
        write(debate.counts)
        return
    after = store.edit_debate(debate.slug, counts=which, expected=debate).debate
    known = {e.key for h in after.hypotheses.values() for e in after.evidence.values() if known_before(e, h)}
    older = f"{len(known)} item{'' if len(known) == 1 else 's'} older than a prior {'is' if len(known) == 1 else 'are'}"
    say(f"what counts: {which}; {older} {'counted' if which == 'all' else 'left out there'}")


@click.command("doubts", cls=CliCommand)
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def doubts_command(invocation: Invocation, date: str, as_json: bool) -> None:
    """Show what the evidence implies under each stated doubt, with places.

    Below, each doubt with its formula and why one may have it. Those set apart are in no span.
    """
    debate = open_as_of(invocation, date).debate
    with progress("doubting") as told:
        says = doubted(debate, told)
    if as_json:
        write_json(doubts_shape(debate, says))
        return
    if not says.counted:
        write("There is no evidence yet that one could doubt.")
        return
    order = [h.slug for h in ranked(debate)]
    columns = [TableColumn(str(place), right=True) for place in range(1, len(order) + 1)]
    rows = [("As rated", *_said(says.rated, order))]
    for under in says.under:
        if under.cases:
            name, worst = under.worst(says.first)
            apart = "  " if under.doubt.owners else ""
            of = f" ({name}, of {len(under.cases)})" if name else ""
            rows.append((f"{apart}{under.doubt.label}{of}", *_said(worst, order)))
    rows.append(("Span", *(format_span(says.span(slug)) for slug in order)))
    write_table([TableColumn("Doubt", fold=True), *columns], rows)
    write()
    for place, slug in enumerate(order, 1):
        found = says.first_under(slug)
        write(f"{place}  {debate.hypotheses[slug].title}" + (f": first under {', '.join(found)}" if found else ""))
    write()
    for doubt in (under.doubt for under in says.under):
        write(f"{doubt.name}: {doubt.formula}. {doubt.reason}")


def _said(case: Case, order: list[str]) -> list[str]:
    """Write each plausibility with its place among those that can come first."""
    return [
        format_plausibility(case.implied[slug])
        + (f" ({case.order.index(slug) + 1})" if slug in case.contenders else "")
        for slug in order
    ]


@click.command("timeline", cls=CliCommand)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
@plots("timeline")
def timeline_command(invocation: Invocation, as_json: bool) -> None:
    """Show what the evidence implied over time, and what you stated."""
    store, debate = invocation.open()
    stands, person = store.stands(debate.slug), store.person(debate.slug)
    if as_json:
        with progress("going through the dates") as told:
            shape = timeline_shape(debate, stands, person, told)
        write_json(shape)
        return
    order = [h.slug for h in ranked(debate)]
    columns = [TableColumn(str(place), right=True) for place in range(1, len(order) + 1)]
    with progress("going through the dates") as told:
        over_time = implied_over_time(debate, told)
    write("What the evidence implied\n")
    rows = [(one.date, *(format_plausibility(one.implied[slug]) for slug in order)) for one in over_time]
    write_table([TableColumn("As of"), *columns], rows)
    write("\nWhat you stated\n")
    write_table([TableColumn("Since (UTC)"), *columns], [_stated(one, person, order) for one in stands])
    write()
    for place, slug in enumerate(order, 1):
        write(f"{place}  {debate.hypotheses[slug].title}")


def _stated(stand: Stand, person: str, order: list[str]) -> tuple[str, ...]:
    held = stand.of(person)
    cells = (format_plausibility(held[slug]) if slug in held else "" for slug in order)
    return (f"{stand.at:%Y-%m-%d %H:%M}", *cells)


@click.command("adopt", cls=CliCommand)
@click.argument("hypothesis")
@pass_invocation
def adopt_command(invocation: Invocation, hypothesis: str) -> None:
    """Take what the evidence implies as your plausibility."""
    store, debate = invocation.open()
    target = find_hypothesis(debate, hypothesis)
    change = store.adopt(debate.slug, target.slug, expected=ANYTHING, implied=ANYTHING)
    now = change.debate.hypotheses[target.slug].plausibility
    before = format_plausibility(target.plausibility)
    apart = difference(implied(debate)[target.slug], target.plausibility)
    by_how_much = f", {apart:+.1f} decibans" if abs(apart) < 1e3 * DECIBANS_PER_NAT else ""
    say(
        f"{target.slug}: {before} → {format_plausibility(now)}{by_how_much}"
        if change.entry
        else f"{target.slug}: {before}"
    )
