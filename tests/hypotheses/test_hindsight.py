"""Which texts know of later than a date."""

from __future__ import annotations

import time

import pytest

from hypotheses.debate import Assessment, Claim, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.hindsight import hindsight, hindsight_told
from hypotheses.reading import Assumption, Reading


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
        ("Like post-2024 models.", "2024"),
        ("As it stood mid-2024.", "2024"),
        ("In the years 2022-2025.", "2025"),
        ("In the years 2022–2024.", "2024"),
        ("He said so (see:lee2024).", "lee2024"),
        ("lee2024's figures.", "lee2024"),
        ("Known since 2022-05, and by 2023.", ""),
        ("No-1-2024 and x2024 and 2024.5 are no dates.", ""),
        ("See old22.", ""),
        ("We add that up.", ""),  # a word, though there is evidence of that name
        ("Batches of 2048, 20,244 of them, arXiv:2024.01234.", ""),  # numbers, and later than anything here
    ],
)
def test_a_text_knows_of_later_dates_and_of_later_evidence(text: str, knows: str) -> None:
    found = hindsight(debate(text), "2023")
    assert [(each.place, each.knows) for each in found] == [("hypotheses.a.statement", knows)] * bool(knows)


@pytest.mark.parametrize("run", ["-", "a", "1.", "`", "`a", "2024-", ".a-1"])
def test_a_long_run_of_one_character_is_read_at_once(run: str) -> None:
    start = time.perf_counter()
    hindsight(debate(run * 20_000), "2023")
    assert time.perf_counter() - start < 2


def test_nothing_is_told_of_a_date_that_all_texts_can_know() -> None:
    assert hindsight_told(debate("Found in 2024, as lee2024 shows."), "2025") == ""


def test_every_text_is_looked_at() -> None:
    whole = Debate(
        "d",
        "D of 2024",
        question="Since 2024.",
        source="The post of 2024",
        note="2024",
        quantities={
            "n": Quantity("n", "Of 2024", readings={"r2024": Reading("3")}, claim=Claim("3", "Lee 2024", "as of 2024"))
        },
        gaps={"g": Gap("g", "n", "In 2024", note="2024.", claim=Claim("2024", "Lee", "3"))},
        hypotheses={"a": Hypothesis("a", "A", source="Lee, 2024")},
        evidence={
            "old": Evidence("old", "Old", date="2020", source="Proc. 2024", doi="10.1/2024"),
            "new": Evidence("new", "New", date="2025", source="Of 2024"),
        },
    )
    assert [each.place for each in hindsight(whole, "2023")] == [
        "hypotheses.a.source",
        "debate.title",
        "debate.question",
        "debate.source",
        "debate.note",
        "gaps.g.label",
        "gaps.g.note",
        "gaps.g.claim.value",
        "quantities.n.label",
        "quantities.n.claim.source",
        "quantities.n.claim.quote",
        "evidence.old.source",
    ]


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
