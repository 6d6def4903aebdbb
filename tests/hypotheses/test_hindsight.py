"""Which texts know of later than a date."""

from __future__ import annotations

import pytest

from hypotheses.debate import Assessment, Assumption, Debate, Evidence, Hypothesis, Quantity, Reading
from hypotheses.hindsight import hindsight, hindsight_told


def debate(text: str) -> Debate:
    """Build a debate with one text, and with evidence of 2022, 2024 and 2025."""
    return Debate(
        "d",
        "D",
        hypotheses={"a": Hypothesis("a", "A", text)},
        evidence={
            "old22": Evidence("old22", "Old", date="2022-05"),
            "lee2024": Evidence("lee2024", "Lee", date="2024-02-03", finding="What 2025 will show."),
            "add": Evidence("add", "Sums", date="2025"),
        },
    )


@pytest.mark.parametrize(
    ("text", "knows"),
    [
        ("Found in 2024.", "2024"),
        ("He came round on 2024-03-24, as said.", "2024-03-24"),
        ("As lee2024 shows.", "lee2024"),
        ("See `add` for that.", "add"),
        ("Known since 2022-05, and by 2023.", ""),
        ("See old22.", ""),
        ("We add that up.", ""),  # a word, though there is evidence of that name
        ("Batches of 2048, 20,244 of them, arXiv:2024.01234.", ""),  # numbers, and later than anything here
    ],
)
def test_a_text_knows_of_later_dates_and_of_later_evidence(text: str, knows: str) -> None:
    found = hindsight(debate(text), "2023")
    assert [(each.place, each.knows) for each in found] == [("hypotheses.a.statement", knows)] * bool(knows)


def test_nothing_is_told_of_a_date_that_all_texts_can_know() -> None:
    assert hindsight_told(debate("Found in 2024, as lee2024 shows."), "2025") == ""


def test_what_is_cut_itself_is_not_told_and_a_long_list_is_counted() -> None:
    whole = debate("")
    reading = Reading("1", source="Lee 2024")
    quantities = {f"q{n}": Quantity(f"q{n}", readings={"post": reading}) for n in range(4)}
    hypotheses = {
        "a": Hypothesis("a", "A", note="Since 2024.", assumes={"x": Assumption({"post": reading})}),
    }
    why = {"a": Assessment(2.0, "As of 2025.")}
    evidence = {**whole.evidence, "old22": Evidence("old22", "Old", date="2022", assessments=why)}
    told = hindsight_told(Debate("d", "D", quantities=quantities, hypotheses=hypotheses, evidence=evidence), "2023")
    assert told == (
        "texts are those of today; of what came after 2023 know hypotheses.a.note (2024), "
        "hypotheses.a.assumes.x.readings.post.source (2024), quantities.q0.readings.post.source (2024), "
        "quantities.q1.readings.post.source (2024), quantities.q2.readings.post.source (2024) and 2 more"
    )
