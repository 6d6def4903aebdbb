"""Commands on people: `people`, `comment`, `settle`, `reckoning`."""

from __future__ import annotations

import sys

import click

from hypotheses import rules
from hypotheses.debate import VERDICTS, Debate, Stated
from hypotheses.edits import made_false
from hypotheses.people import (
    cell_disagreement,
    disagreement,
    named,
    people,
    plausibilities,
    pooled,
    statements,
    views,
)
from hypotheses.problems import NotFound, Refused, found
from hypotheses.ranking import format_plausibility, ranked
from hypotheses.ratios import format_rating
from hypotheses.reckoning import misleading, reckon, settled
from hypotheses.reports.belief_json import people_shape, reckoning_shape
from hypotheses.reports.debate_json import comment_shape
from store.expected import ANYTHING
from tui.cli.failures import say
from tui.cli.invocation import CliCommand, CliGroup, Invocation, find_hypothesis, pass_invocation, read_stdin, read_with
from tui.cli.output import TableColumn, write, write_json, write_table


@click.command("people", cls=CliCommand)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def people_command(invocation: Invocation, as_json: bool) -> None:
    """Show what everybody holds, together and apart.

    A starting figure that nobody has set has a question mark, and counts only where there is nothing else.
    """
    debate = invocation.debate()
    if as_json:
        write_json(people_shape(debate))
        return
    everybody = people(debate)
    together = pooled(debate)
    rows = []
    for rank, h in enumerate(ranked(debate), 1):
        said = statements(h)
        own = [_held(said[person]) if person in said else "·" for person in everybody]
        apart = f"{disagreement(h):.1f}" if len(plausibilities(h)) > 1 else ""
        rows.append((str(rank), h.title, *own, format_plausibility(together[h.slug]), apart))
    columns = [TableColumn(named(debate, person), right=True) for person in everybody]
    rank_and_title = [TableColumn("#", right=True), TableColumn("Explanation", fold=True)]
    write_table(
        [*rank_and_title, *columns, TableColumn("Together", right=True), TableColumn("Apart, dB", right=True)], rows
    )
    contested = _contested_cells(debate)
    if contested:
        write()
        write_table([TableColumn("Evidence"), TableColumn("Explanation"), TableColumn("Ratings", fold=True)], contested)


def _held(stated: Stated) -> str:
    """Write what somebody holds; a starting figure, which nobody has set, has a question mark."""
    return format_plausibility(stated.plausibility) + ("?" if stated.placeholder else "")


def _contested_cells(debate: Debate) -> list[tuple[str, str, str]]:
    cells = [
        (cell_disagreement(cell), item.key, slug, cell)
        for item in debate.evidence.values()
        for slug, cell in item.assessments.items()
        if cell.others
    ]
    cells.sort(key=lambda one: (-one[0], one[1], one[2]))
    return [
        (key, slug, ", ".join(f"{named(debate, by)} {format_rating(one)}" for by, one in views(cell).items()))
        for apart, key, slug, cell in cells
        if apart
    ]


@click.group("comment", cls=CliGroup)
def comment_command() -> None:
    """Comment on explanations, evidence, cells of the matrix and ideas."""


@comment_command.command("add")
@click.argument("text")
@click.option("--hypothesis", help="What it is about; with --evidence, the cell of both.")
@click.option("--evidence", metavar="KEY")
@click.option("--idea", type=click.IntRange(1), metavar="NUMBER")
@pass_invocation
def add(invocation: Invocation, *, text: str, hypothesis: str | None, evidence: str | None, idea: int | None) -> None:
    """Add a comment; - reads its text from standard input."""
    if (idea is None) == (hypothesis is None and evidence is None):
        raise click.UsageError("what is it about? give --hypothesis, --evidence, both (a cell) or --idea")
    store, debate = invocation.open()
    slug = find_hypothesis(debate, hypothesis).slug if hypothesis is not None else ""
    words = read_stdin() if text == "-" else text
    change = store.comment(debate.slug, words, hypothesis=slug, evidence=evidence or "", idea=idea or 0)
    say(change.entry.label if change.entry else "nothing to say")


@comment_command.command("list")
@click.option("--hypothesis", help="Only the thread of this explanation, or with --evidence of the cell of both.")
@click.option("--evidence", metavar="KEY", help="Only the thread of this evidence.")
@click.option("--idea", type=click.IntRange(1), metavar="NUMBER", help="Only the thread of this idea.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def list_(
    invocation: Invocation, *, hypothesis: str | None, evidence: str | None, idea: int | None, as_json: bool
) -> None:
    """List comments, the oldest first."""
    debate = invocation.debate()
    slug = find_hypothesis(debate, hypothesis).slug if hypothesis is not None else ""
    if evidence is not None and evidence not in debate.evidence:
        raise NotFound("evidence", evidence, debate.evidence)
    about = (slug, evidence or "", idea or 0)
    comments = [
        comment
        for comment in debate.comments.values()
        if not any(about) or (comment.hypothesis, comment.evidence, comment.idea) == about
    ]
    if as_json:
        write_json({"debate": debate.slug, "comments": [comment_shape(comment) for comment in comments]})
        return
    for comment in comments:
        names = [comment.evidence, comment.hypothesis, f"idea {comment.idea}" if comment.idea else ""]
        write(f"{comment.number}. {comment.by}, {comment.at}, on {' under '.join(filter(None, names))}")
        write("\n".join(f"   {line}" for line in comment.text.splitlines()))


@comment_command.command("edit")
@click.argument("number", type=click.IntRange(0))
@click.argument("text")
@pass_invocation
def edit(invocation: Invocation, number: int, text: str) -> None:
    """Change the text of a comment of yours; - reads it from standard input."""
    store, debate = invocation.open()
    was = found("comment", number, debate.comments)
    store.edit_comment(debate.slug, number, read_stdin() if text == "-" else text, expected=was)
    say(f"changed comment {number}")


@comment_command.command("remove")
@click.argument("number", type=click.IntRange(0))
@pass_invocation
def remove(invocation: Invocation, number: int) -> None:
    """Remove a comment of yours."""
    store, debate = invocation.open()
    store.remove_comment(debate.slug, number, expected=found("comment", number, debate.comments))
    say(f"removed comment {number}")


@click.command("settle", cls=CliCommand)
@click.argument("hypothesis")
@click.argument("verdict", type=click.Choice(list(VERDICTS)), metavar="true|false|open")
@click.option("--on", "day", metavar="DATE", callback=read_with(rules.whole_day), help="The day; otherwise today.")
@click.option("--why", default="", metavar="TEXT", help="What settled it, which the journal keeps.")
@click.option("--yes", "sure", is_flag=True, help="Do not ask whether the others are false, where at most one is true.")
@pass_invocation
def settle_command(
    invocation: Invocation, *, hypothesis: str, verdict: str, day: str | None, why: str, sure: bool
) -> None:
    """Write down how an explanation turned out, or open it again.

    Where at most one can be true, one that is true makes the others false.
    """
    if day == "":
        raise Refused("found no day; expected one such as 2024-05-31")
    store, debate = invocation.open()
    target = find_hypothesis(debate, hypothesis)
    others = made_false(debate, target.slug) if verdict == "true" else ()
    if others and not sure:
        told = f"at most one is true here, so {', '.join(others)} would be settled as false"
        if not sys.stdin.isatty():
            raise Refused(f"{told}; expected --yes if that is meant")
        click.confirm(f"{told.capitalize()}. Go on?", abort=True, err=True)
    change = store.settle(debate.slug, target.slug, VERDICTS[verdict], day, why, expected=ANYTHING)
    say(change.entry.label if change.entry else f"{target.slug} is so already")


@click.command("reckoning", cls=CliCommand)
@click.option("--json", "as_json", is_flag=True, help="Write JSON; with the scores over time.")
@pass_invocation
def reckoning_command(invocation: Invocation, as_json: bool) -> None:
    """Show how good plausibilities were, and which evidence misled.

    Brier is the mean of (plausibility - outcome)², log that of -ln of what was given to the outcome; lower is better,
    and 50% scores 0.25 and 0.69.
    """
    store, debate = invocation.open()
    stands = store.stands(debate.slug)
    if as_json:
        write_json(reckoning_shape(debate, stands))
        return
    if not settled(debate):
        write("Nothing is settled yet: abduce settle HYPOTHESIS true or false.")
        return
    for h in settled(debate):
        write(f"{h.title}: {h.settled}, {h.settled_on}")
    write()
    columns = [
        TableColumn("Who"),
        TableColumn("Brier", right=True),
        TableColumn("Log", right=True),
        TableColumn("Settled", right=True),
    ]
    rows = []
    for one in reckon(debate, stands):
        was = [f"{score.brier:.2f}" for score in one.over_time]
        figures = (f"{one.last.brier:.3f}", f"{one.last.log:.3f}", str(one.last.hypotheses)) if one.last else ("",) * 3
        rows.append((named(debate, one.person), *figures, ", ".join(one.not_held), " ".join(was[-12:])))
    later = [TableColumn("Not held then", fold=True)] if any(row[4] for row in rows) else []
    shown = rows if later else [(*row[:4], row[5]) for row in rows]
    write_table([*columns, *later, TableColumn("Brier over time", fold=True)], shown)
    wrong = misleading(debate)
    if wrong:
        write("\nEvidence that pulled the wrong way:\n")
        columns = [TableColumn("Evidence"), TableColumn("Explanation"), TableColumn("Decibans", right=True)]
        write_table(columns, [(one.evidence, one.hypothesis, f"{one.decibans:.1f}") for one in wrong])
