"""Commands about whole debates: `open`, `debates`, `new`, `show`."""

from __future__ import annotations

from typing import Final

import click

from hypotheses.belief import evidence_for
from hypotheses.debate import Debate, Hypothesis
from hypotheses.doubted import doubted, how_firmly
from hypotheses.edits import thanked, thanks
from hypotheses.ranking import format_plausibility, format_span, none_of_these, ranked, word
from hypotheses.ratios import format_rating
from hypotheses.reading import PLAIN_READING
from hypotheses.reports.json import ranking_shape
from hypotheses.tallies import tallied
from store.bundled import EXAMPLES, TEMPLATES, example
from store.entries import DebateSummary
from tui.cli.failures import say
from tui.cli.importing import read_file, warnings_about
from tui.cli.invocation import CliCommand, Invocation, find_hypothesis, pass_invocation
from tui.cli.opening import open_app
from tui.cli.output import TableColumn, write, write_json, write_prose, write_table
from tui.cli.plotting import plots
from tui.cli.weighing import as_of_option, open_as_of

FILE_ENDINGS: Final = (".yaml", ".yml", ".json")


@click.command("open", cls=CliCommand)
@click.argument("debate", required=False)
@pass_invocation
@click.pass_context
def open_command(ctx: click.Context, invocation: Invocation, debate: str | None) -> None:
    """Open the app on a debate, or on the one opened last."""
    ctx.exit(open_app(invocation.location, debate or invocation.debate_slug, invocation.person))


@click.command("debates", cls=CliCommand)
@click.option("--all", "shelved", is_flag=True, help="Those that are archived or removed as well.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def debates_command(invocation: Invocation, shelved: bool, as_json: bool) -> None:
    """List the debates of the database, the one opened last first."""
    summaries = invocation.store().debates(shelved=shelved)
    if as_json:
        names = ("slug", "title", "hypotheses", "evidence", "new_ideas", "shelf")
        shapes = [{name: getattr(summary, name) for name in names} for summary in summaries]
        write_json({"debates": shapes})
        return
    columns = [TableColumn("Debate"), TableColumn("Title", fold=True), TableColumn("Explanations", right=True)]
    write_table(
        [*columns, TableColumn("Evidence", right=True), TableColumn("New ideas", right=True)],
        [(s.slug, _title(s), str(s.hypotheses), str(s.evidence), str(s.new_ideas)) for s in summaries],
    )


def _title(summary: DebateSummary) -> str:
    return f"{summary.title} ({summary.shelf})" if summary.shelf else summary.title


@click.command("new", cls=CliCommand)
@click.argument("what", metavar="[FILE|TITLE]", required=False)
@click.option("--slug", help="The debate's short name; otherwise made from the title.")
@click.option("--template", type=click.Choice(TEMPLATES), help="What a debate with a title begins with.")
@click.option("--example", "whole", type=click.Choice(EXAMPLES), help="A whole debate from another field.")
@pass_invocation
def new_command(
    invocation: Invocation, what: str | None, slug: str | None, template: str | None, whole: str | None
) -> None:
    """Start a debate from a file, with a title, or from an example.

    FILE is a debate file, its name ending in .yaml, .yml or .json.
    """
    from_file = what is not None and what.lower().endswith(FILE_ENDINGS)
    if (what is None) == (whole is None):
        raise click.UsageError("expected a title, a file or --example, one of them")
    if (from_file or whole) and (slug, template) != (None, None):
        raise click.UsageError("a whole debate says its own slug and parts; --slug and --template go with a title")
    debate = example(whole) if whole else read_file(what) if what and from_file else None
    store = invocation.store()
    with store.together():
        change = (
            store.add_debate(debate)
            if debate is not None
            else store.create_debate(what or "", slug, template=template or "")
        )
        store.open_debate(change.debate.slug)
    say(f"started {change.debate.slug}: {change.debate.title}")
    for warning in warnings_about(debate) if debate is not None else ():
        say(warning)


@click.command("show", cls=CliCommand)
@click.argument("hypothesis", required=False)
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
@plots("ranking")
def show_command(invocation: Invocation, hypothesis: str | None, date: str, as_json: bool) -> None:
    """Show the ranking, or one explanation with its evidence."""
    debate = open_as_of(invocation, date).debate
    target = find_hypothesis(debate, hypothesis) if hypothesis is not None else None
    if as_json:
        write_json(ranking_shape(debate, target.slug if target else ""))
    elif target:
        _show_one(debate, target)
    else:
        _show_ranking(debate)


def _show_ranking(debate: Debate) -> None:
    write(f"{debate.title}\n")
    if debate.question.strip():
        write_prose(debate.question)
        write()
    says, tallies = doubted(debate), tallied(debate)
    said = says.rated.implied
    rows = []
    for rank, h in enumerate(ranked(debate), 1):
        marks = [h.status] * (h.status != "open") + [f"turned out {h.settled}"] * bool(h.settled)
        title = f"{h.title} ({', '.join(marks)})" if marks else h.title
        evidence = format_plausibility(said[h.slug]), format_span(says.span(h.slug))
        stated = format_plausibility(h.plausibility) + ("?" if h.placeholder else "")
        figures = (stated, word(h.plausibility), *evidence)
        rows.append((str(rank), h.slug, title, *figures, *map(str, tallies[h.slug])))
    if debate.mode == "exclusive":
        rest = none_of_these(debate)
        rest_said = format_plausibility(max(0.0, 1 - sum(said.values())))
        rows.append(("", "", "none of these", format_plausibility(rest), word(rest), rest_said, "", "", ""))
    figures_columns = [
        TableColumn("You", right=True),
        TableColumn("", roomy=True),
        TableColumn("Evidence", right=True),
        TableColumn("Span", right=True),
    ]
    write_table(
        [
            TableColumn("#", right=True),
            TableColumn("Explanation", fold=True),
            TableColumn("Title", fold=True),
            *figures_columns,
            TableColumn("+", right=True),
            TableColumn("-", right=True),
        ],
        rows,
    )
    if says.first and says.counted:
        write(f"\nThe evidence puts {says.first} first{how_firmly(says, says.first)}")
    if any(h.placeholder for h in debate.hypotheses.values()):
        write("? a starting figure that nobody has set")


def _show_one(debate: Debate, h: Hypothesis) -> None:
    rank = ranked(debate).index(h) + 1
    placeholder = ", a starting figure nobody has set" if h.placeholder else ""
    write(f"{rank}. {h.title} [{h.slug}, {h.status}]\n")
    write(f"plausibility   {format_plausibility(h.plausibility)}, {word(h.plausibility)}{placeholder}")
    says = doubted(debate)
    said, span = format_plausibility(says.rated.implied[h.slug]), format_span(says.span(h.slug))
    over = f" ({span} over {len(says.counted)} doubts)" if span else ""
    held = f", held {h.prior_on}" if h.prior_on else ""
    write(f"evidence says  {said}{over}, from a prior of {format_plausibility(h.prior)}{held}")
    for symbol, formula in h.effects.items():
        write(f"if true        {symbol} = {formula}")
    for name, assumed in h.assumes.items():
        counts = assumed.reading_name(debate.convention)
        for reading in sorted(assumed.readings, key=lambda reading: reading != counts):
            said = "assuming" if reading == counts else "or"
            by = "" if reading == PLAIN_READING else f" ({reading})"
            write(f"{said:<14} {name} = {assumed.readings[reading].value}{by}")
    if names := thanks(thanked(debate, f"hypothesis:{h.slug}")):
        write(f"thanks to      {names}")
    if h.statement:
        write(f"\n{h.statement.rstrip()}")
    pulls = evidence_for(debate, h.slug)
    if pulls:
        write()
        write_table(
            [
                TableColumn("Evidence"),
                TableColumn("Ratio"),
                TableColumn("Decibans", right=True),
                TableColumn("Title", fold=True),
            ],
            [
                (
                    pull.evidence.key,
                    "retracted" if pull.evidence.retracted else format_rating(pull.assessment),
                    f"{pull.decibans:+.1f}",
                    pull.evidence.title,
                )
                for pull in pulls
            ],
        )
