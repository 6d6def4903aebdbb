"""Commands on evidence: `evidence add|list|show|edit|assess|retract|remove`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Unpack, cast

import click

from hypotheses.debate import Debate, Evidence
from hypotheses.edits import EvidenceFields
from hypotheses.problems import NotFound, Refused
from hypotheses.ratios import format_rating, rated, told_weight, zero_means
from hypotheses.reports.debate_json import evidence_shape
from hypotheses.reports.links import evidence_link
from store.expected import ANYTHING
from store.lookup.source import suggest_key
from tui.cli.failures import say
from tui.cli.invocation import (
    Callback,
    CliCommand,
    CliGroup,
    Invocation,
    field_option,
    find_hypothesis,
    pass_invocation,
    text_or_stdin,
    with_option,
)
from tui.cli.look_up import look_up_source
from tui.cli.output import TableColumn, write, write_json, write_table

NAMES: Final = [name for name in EvidenceFields.__annotations__ if name not in ("title", "assessments")]
"""What can be given of an item beside its title."""
VERY_INCONSISTENT: Final = "II"
"""The letters for `--`, which click keeps for itself."""


@click.group("evidence", cls=CliGroup)
def evidence_command() -> None:
    """Log evidence, and rate how it bears on explanations."""


def _form_options(command: Callback) -> Callback:
    """Add the options for the fields of an item, so that adding and editing have the same."""
    for name in reversed(NAMES):
        command = field_option(Evidence, name)(command)
    return command


def _given(fields: EvidenceFields) -> EvidenceFields:
    """Return the fields that were given."""
    return cast("EvidenceFields", {name: value for name, value in fields.items() if value not in (None, ())})


@evidence_command.command("add")
@click.argument("title", required=False)
@click.option("--from", "origin", metavar="DOI|ARXIV|URL", help="Look it up; fills in what is not given here.")
@click.option("--offline", is_flag=True, help="Reach for no network, whatever the settings say.")
@click.option("--key", help="Its short name; otherwise made from the first author and the year.")
@_form_options
@click.option("--rate", "ratings", multiple=True, metavar="HYPOTHESIS=RATIO", help="Its ratio, e.g. --rate 2=++.")
@click.option("--why", "reasons", multiple=True, metavar="HYPOTHESIS=TEXT", help="The reason for a rating.")
@pass_invocation
def add(
    invocation: Invocation,
    *,
    origin: str | None,
    offline: bool,
    key: str | None,
    ratings: tuple[str, ...],
    reasons: tuple[str, ...],
    **fields: Unpack[EvidenceFields],
) -> None:
    """Log a new item of evidence, by hand or looked up."""
    fields = _given(fields)
    if origin is None and "title" not in fields:
        raise click.UsageError("which evidence? give a title, or --from with a DOI, an arXiv id or an address")
    store, debate = invocation.open()
    if origin is not None:
        fields = {**look_up_source(store, debate, origin, offline=offline).fields(), **fields}
    whys = dict(_by_hypothesis(debate, reasons, "--why"))
    cells = {slug: rated(ratio, whys.pop(slug, "")) for slug, ratio in _by_hypothesis(debate, ratings, "--rate")}
    if whys:
        raise Refused(f"there is a reason for {next(iter(whys))} but no rating; give --rate as well")
    own_key = key or suggest_key(fields.get("authors", ()), fields.get("date", ""), fields["title"], debate.evidence)
    evidence = replace(Evidence(own_key, fields["title"], assessments=cells), **fields)
    store.add_evidence(debate.slug, evidence)
    say(f"logged {evidence.key}: {evidence.title}")


def _by_hypothesis(debate: Debate, options: Iterable[str], name: str) -> Iterable[tuple[str, str]]:
    for option in options:
        hypothesis, equals, text = option.partition("=")
        if not equals:
            raise click.UsageError(f"{name} {option!r} has no =; expected {name} HYPOTHESIS=…")
        yield find_hypothesis(debate, hypothesis).slug, text


@evidence_command.command("list")
@click.option("--hypothesis", help="Only what rates this explanation.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def list_(invocation: Invocation, hypothesis: str | None, as_json: bool) -> None:
    """List the evidence, with how it rates each explanation."""
    debate = invocation.debate()
    slug = find_hypothesis(debate, hypothesis).slug if hypothesis is not None else None
    chosen = [e for e in debate.evidence.values() if slug is None or slug in e.assessments]
    if as_json:
        write_json({"debate": debate.slug, "evidence": [{"key": e.key, **evidence_shape(e)} for e in chosen]})
        return
    write_table(
        [
            TableColumn("Evidence"),
            TableColumn("Date", roomy=True),
            TableColumn("Title", fold=True),
            TableColumn("Ratings", fold=True),
        ],
        [(e.key, e.date, e.title, "retracted" if e.retracted else _ratings(e)) for e in chosen],
    )


def _ratings(evidence: Evidence) -> str:
    return " ".join(f"{slug}:{format_rating(cell)}" for slug, cell in evidence.assessments.items())


@evidence_command.command("show")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@pass_invocation
def show(invocation: Invocation, key: str, as_json: bool) -> None:
    """Show one item of evidence."""
    debate = invocation.debate()
    e = _find(debate, key)
    if as_json:
        write_json({"key": e.key, **evidence_shape(e)})
        return
    write(f"{e.title} [{e.key}]{' RETRACTED' if e.retracted else ''}\n")
    lines = {
        "authors": ", ".join(e.authors),
        "date": e.date,
        "source": e.source,
        "link": evidence_link(e),
        "also in": "; ".join(e.also),
        "credibility": told_weight(e.credibility),
        "relevance": told_weight(e.relevance),
        "cluster": e.cluster,
        "note": e.note,
    }
    for name, text in lines.items():
        if text:
            write(f"{name:<12} {text}")
    if e.finding:
        write(f"\n{e.finding.rstrip()}")
    if e.assessments:
        write()
        write_table(
            [TableColumn("Explanation"), TableColumn("Ratio"), TableColumn("Why", fold=True)],
            [(slug, format_rating(cell), cell.why) for slug, cell in e.assessments.items()],
        )


@evidence_command.command("edit")
@click.argument("key")
@click.option("--key", "new", metavar="NAME", help="What commands call it, from now on.")
@click.option("--title")
@_form_options
@click.option("--why", default="", metavar="TEXT", help="The reason, which the journal keeps.")
@pass_invocation
def edit(invocation: Invocation, key: str, new: str | None, why: str, **fields: Unpack[EvidenceFields]) -> None:
    """Change the fields of an item; those not given stay."""
    given = _given(fields)
    if not given and new is None:
        raise click.UsageError("nothing to change; give at least one field, such as --title")
    if why and not given:
        raise click.UsageError("--why is the reason for another field; give one, such as --title")
    store, debate = invocation.open()
    was = _find(debate, key)
    with store.together():
        if given:
            store.edit_evidence(debate.slug, key, why, expected=was, **given)
        if new is not None:
            store.rename_evidence(debate.slug, key, new, expected=ANYTHING)
    say(f"changed {key}: {', '.join(given) or f'it is called {new} now'}")


class _Assess(CliCommand):
    """Lets the ratio `--` through, which click takes for the end of the options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write a `--` that nothing or an option follows as the letters that mean the same."""
        followers = [*args[1:], "--end"]
        meant = [
            VERY_INCONSISTENT if arg == "--" and re.match("--[a-z]", after) else arg
            for arg, after in zip(args, followers, strict=True)
        ]
        return super().parse_args(ctx, meant)


@evidence_command.command("assess", cls=_Assess, context_settings={"ignore_unknown_options": True})
@click.argument("key")
@click.argument("hypothesis")
@click.argument("ratio", required=False)
@click.option("--ratio", "ratio_option", metavar="RATIO", help="The same as the argument, e.g. --ratio=--.")
@click.option("--why", callback=text_or_stdin, help="The reason; - reads standard input.")
@click.option("--clear", is_flag=True, help="Take the rating away.")
@pass_invocation
def assess(
    invocation: Invocation,
    *,
    key: str,
    hypothesis: str,
    ratio: str | None,
    ratio_option: str | None,
    why: str | None,
    clear: bool,
) -> None:
    """Rate how much likelier this evidence is if the explanation is true than if it is not.

    RATIO is ++ (10), + (3), 0 (1), - (1/3), -- (1/10), a positive number such as 3 or 1/3, an ACH letter
    (CC C N I II), n/a, or the probabilities of the evidence if the explanation is true and if not: "0.8 vs 0.1".
    """
    ratios = [text for text in (ratio, ratio_option) if text is not None]
    if len(ratios) + clear > 1:
        raise click.UsageError("give one of RATIO, --ratio and --clear")
    if not ratios and not clear and why is None:
        raise click.UsageError("which ratio? give ++, +, 0, -, --, a number such as 3 or 1/3, or n/a")
    store, debate = invocation.open()
    item, slug = _find(debate, key), find_hypothesis(debate, hypothesis).slug
    before = item.assessments.get(slug)
    if clear:
        cell = None
    elif ratios:
        cell = rated(ratios[0], (before.why if before else "") if why is None else why)
    elif before is None:
        raise Refused(f"{key} does not rate {slug} yet; give a ratio as well")
    else:
        cell = replace(before, why=why or "")
    store.assess(debate.slug, key, slug, cell, expected=before)
    zero = f"; {zero_means(cell)}" if cell and zero_means(cell) else ""
    say(f"{key} now rates {slug} {format_rating(cell)}{zero}" if cell else f"{key} no longer rates {slug}")


@evidence_command.command("retract")
@click.argument("key")
@click.option("--note", default="", help="Why.")
@click.option("--restore", is_flag=True, help="Let it count again.")
@pass_invocation
def retract(invocation: Invocation, key: str, note: str, restore: bool) -> None:
    """Let an item count nothing from now on; it stays visible."""
    store, debate = invocation.open()
    _find(debate, key)
    store.retract_evidence(debate.slug, key, retracted=not restore, note=note, expected=ANYTHING)
    say(f"{key} counts again" if restore else f"{key} is retracted")


@evidence_command.command("remove")
@click.argument("key")
@with_option
@pass_invocation
def remove(invocation: Invocation, key: str, along: bool) -> None:
    """Remove an item with your ratings. What others said of it is named, and refused without --with."""
    store, debate = invocation.open()
    was = _find(debate, key)
    store.remove_evidence(debate.slug, key, expected=was, along=along)
    say(f"removed {key}: {was.title}")


def _find(debate: Debate, key: str) -> Evidence:
    if key not in debate.evidence:
        raise NotFound("evidence", key, debate.evidence)
    return debate.evidence[key]
