"""What sources claim and the figures do not give."""

from __future__ import annotations

from collections.abc import Iterator

from hypotheses.debate import Debate, Gap
from hypotheses.estimates import ClaimCheck, check_claims
from hypotheses.reports.figures import times, with_unit
from hypotheses.reports.report import Report, label
from hypotheses.reports.text import words


def claims_told(report: Report) -> Iterator[str]:
    """Yield the claims that do not follow from the figures; nothing if all do."""
    wrong = [claim for claim in check_claims(report.debate) if not claim.agrees]
    if wrong:
        yield "Claims that do not follow from these figures:"
        yield "\n".join(f"- {_claim(report, claim)}" for claim in wrong)


def claimed(debate: Debate, check: ClaimCheck) -> Gap:
    """Return the gap that a claim is of; a quantity is told as the gap whose formula is its symbol."""
    quantity = debate.quantities.get(check.symbol)
    return Gap(check.symbol, check.symbol, quantity.label, quantity.unit) if quantity else debate.gaps[check.symbol]


def _claim(report: Report, check: ClaimCheck) -> str:
    gap, claim = claimed(report.debate, check), check.claim
    ratio = times(gap, check.computed)
    computed = words(with_unit(gap, check.computed)) + (f" ({ratio})" if ratio else "")
    # In a post the quote tells more than the paragraph it is from.
    source = claim.source if report.style.form == "report" or not claim.quote else ""
    quote = f'"{words(claim.quote)}"' if claim.quote else ""
    told = ", ".join(filter(None, (words(source), quote)))
    return f"{label(gap)}: stated {words(claim.value)}{f' ({told})' if told else ''}, computed {computed}"
