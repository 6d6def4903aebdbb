"""What comes in, and what is refused with which sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hypotheses import rules
from hypotheses.admission import admit
from hypotheses.debate import Assessment, Claim, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.idea import Idea
from hypotheses.problems import Malformed, Refused
from hypotheses.reading import Assumption, Correlation, Reading
from tests.assuming import assumed
from tests.store.conftest import small_debate


@pytest.mark.parametrize("date", ["", "2023", "2023-03", "2024-02-29", "0001-01-01"])
def test_dates_that_are(date: str) -> None:
    assert rules.day(date) == date


@pytest.mark.parametrize(
    "date", ["23", "2023-3", "2023-13", "2023-02-29", "2023-03-21T10:00", "0000", "٢٠٢٣", "yesterday"]
)
def test_dates_that_are_not(date: str) -> None:
    with pytest.raises(Malformed, match="expected a date such as 2023, 2023-03 or 2023-03-21"):
        rules.day(date)


@pytest.mark.parametrize("url", ["", "https://example.org", "http://example.org:8080/a?b=c#d", "https://[::1]/"])
def test_addresses_that_are(url: str) -> None:
    assert rules.url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "file:///etc/passwd",
        "https://a b",
        "https://[",
        "https://a\x1b",
    ],
)
def test_addresses_that_are_not(url: str) -> None:
    with pytest.raises(Malformed, match="expected an address that begins with https:// or http://"):
        rules.url(url)


@pytest.mark.parametrize("moment", ["2023-04-05T10:00:00Z", "2023-04-05T10:00:00.5Z", ""])
def test_times_that_are(moment: str) -> None:
    assert rules.moment(moment) == moment


@pytest.mark.parametrize(
    "moment", ["2023-04-05", "2023-04-05T10:00:00", "2023-04-05T25:00:00Z", "2023-04-05T10:00:00+01:00"]
)
def test_times_that_are_not(moment: str) -> None:
    with pytest.raises(Malformed, match="expected a time such as 2023-04-05T10:00:00Z"):
        rules.moment(moment)


def hypothesis(**fields: Any) -> Callable[[Debate], Debate]:
    """Return the edit that sets these fields of the hypothesis `fewer`."""

    def edit(debate: Debate) -> Debate:
        edited = replace(debate.hypotheses["fewer"], **fields)
        return replace(debate, hypotheses={**debate.hypotheses, "fewer": edited})

    return edit


def evidence(**fields: Any) -> Callable[[Debate], Debate]:
    """Return the edit that sets these fields of the evidence `ads`."""

    def edit(debate: Debate) -> Debate:
        edited = replace(debate.evidence["ads"], **fields)
        return replace(debate, evidence={**debate.evidence, "ads": edited})

    return edit


def whole(**fields: Any) -> Callable[[Debate], Debate]:
    """Return the edit that sets these fields of the debate."""
    return lambda debate: replace(debate, **fields)


def quantity(symbol: str, **fields: Any) -> Callable[[Debate], Debate]:
    """Return the edit that puts this quantity in."""
    made = Quantity(symbol, **fields)
    return lambda debate: replace(debate, quantities={**debate.quantities, symbol: made})


def idea(**fields: Any) -> Callable[[Debate], Debate]:
    """Return the edit that puts an idea in."""
    made = Idea(2, **{"title": "An idea", **fields})
    return lambda debate: replace(debate, ideas={**debate.ideas, 2: made})


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (hypothesis(title="  "), "title of hypothesis 'fewer': found nothing; expected a title"),
        (hypothesis(title="x" * 301), "title of hypothesis 'fewer': found 301 characters; expected at most 300"),
        (hypothesis(title="a\nb"), "title of hypothesis 'fewer': found several lines; expected one"),
        (
            hypothesis(statement="x" * 50_001),
            "statement of hypothesis 'fewer': found 50,001 characters; expected at most 50,000",
        ),
        (hypothesis(note="a\0b"), "note of hypothesis 'fewer': found the character U+0000; expected text"),
        (hypothesis(note="\ud800"), "note of hypothesis 'fewer': found the character U+D800; expected text"),
        (hypothesis(plausibility=1.3), "plausibility of hypothesis 'fewer': found 1.3; expected a number from 0 to 1"),
        (hypothesis(prior=float("nan")), "prior of hypothesis 'fewer': found nan; expected a number from 0 to 1"),
        (
            hypothesis(status="won"),
            "status of hypothesis 'fewer': found 'won'; expected open, accepted, rejected, merged",
        ),
        (
            hypothesis(short="a word that is far too long"),
            "short of hypothesis 'fewer': found 27 cells; expected at most 24: a word or two",
        ),
        (  # thirteen of two cells each
            hypothesis(short="説明説明説明説明説明説明説"),
            "short of hypothesis 'fewer': found 26 cells; expected at most 24: a word or two",
        ),
        (hypothesis(short="a\nb"), "short of hypothesis 'fewer': found several lines; expected one"),
        (hypothesis(slug="other"), "hypothesis 'fewer' is filed under another name than its own, 'other'"),
        (hypothesis(rivals=("moves",)), "hypothesis 'fewer': there is no hypothesis 'moves'; did you mean 'moved'?"),
        (hypothesis(effects={"knwn": "1"}), "hypothesis 'fewer': there is no quantity 'knwn'; did you mean 'known'?"),
        (
            evidence(date="2023-02-30"),
            "date of evidence 'ads': found '2023-02-30'; expected a date such as 2023, 2023-03 or 2023-03-21",
        ),
        (
            evidence(url="ftp://x"),
            "url of evidence 'ads': found 'ftp://x'; expected an address that begins with https:// or http://",
        ),
        (evidence(authors=("a\nb",)), "authors of evidence 'ads': found several lines; expected one"),
        (evidence(credibility=-0.1), "credibility of evidence 'ads': found -0.1; expected a number from 0 to 1"),
        (
            evidence(assessments={"fewer": Assessment(0.0)}),
            "ratio of the assessment of evidence 'ads' under 'fewer': "
            "found 0; expected a likelihood ratio greater than 0",
        ),
        (
            evidence(assessments={"fewer": Assessment(float("inf"))}),
            "ratio of the assessment of evidence 'ads' under 'fewer': "
            "found inf; expected a likelihood ratio greater than 0",
        ),
        (
            evidence(assessments={"nobody": Assessment(1.0)}),
            "evidence 'ads': there is no hypothesis 'nobody'; there is uncounted, fewer, moved",
        ),
        (idea(hypothesis="xyz"), "idea 2: there is no hypothesis 'xyz'; there is uncounted, fewer, moved"),
        (idea(kind="joke"), "kind of idea 2: found 'joke'; expected hypothesis, evidence, estimate, comment"),
        (idea(received="now"), "received of idea 2: found 'now'; expected a time such as 2023-04-05T10:00:00Z"),
        (
            quantity("a-b", formula="1"),
            "symbol of quantity 'a-b': found 'a-b'; expected a name of letters, digits and _, such as visual_cortex",
        ),
        (quantity("q", formula="1", group="a\nb"), "group of quantity 'q': found several lines; expected one"),
        (quantity("q"), "quantity 'q' needs either readings or a formula"),
        (
            quantity("q", formula="1", readings={"value": Reading("1")}),
            "quantity 'q' needs either readings or a formula",
        ),
        (
            quantity("q", readings={"value": Reading("1")}, chosen="x"),
            "quantity 'q': there is no reading 'x'; there is value",
        ),
        (
            quantity("q", readings={"value": Reading("1", correlated=Correlation("x", 0.5))}),
            "quantity 'q': there is no quantity 'x'; there is people, owners, pianos, known, q",
        ),
        (
            quantity("q", readings={"value": Reading("1", correlated=Correlation("people", 2.0))}),
            "rank of the correlation in reading 'value' of quantity 'q': "
            "found 2; expected a rank correlation from -1 to 1",
        ),
        (whole(title=""), "title of the debate: found nothing; expected a title"),
        (whole(mode="both"), "mode of the debate: found 'both'; expected independent, exclusive"),
        (whole(correlation=2.0), "correlation of the debate: found 2; expected a number from 0 to 1"),
        (
            whole(gaps={slug: Gap(slug, "1", headline=True) for slug in "ab"}),
            "more than one gap is marked as the headline",
        ),
        (
            whole(gaps={"a": Gap("a", "1", claim=Claim("x\ny"))}),
            "value of the claim of gap 'a': found several lines; expected one",
        ),
    ],
)
def test_what_is_refused(edit: Callable[[Debate], Debate], sentence: str) -> None:
    debate = small_debate()
    with pytest.raises(Refused) as told:
        admit(debate, edit(debate))
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    ("edit", "word"),
    [
        (quantity("q", readings={"value": Reading("many")}), "many"),
        (quantity("q", formula="people *"), "column"),
        (quantity("q", formula="peeple * 2"), "did you mean 'people'"),
        (quantity("people", formula="pianos * 2"), "pianos"),
        (whole(gaps={"a": Gap("a", "")}), "formula of gap 'a'"),
        (hypothesis(effects={"known": "known *"}, assumes={}), "column"),
        (hypothesis(assumes=assumed(x="much")), "much"),
    ],
)
def test_values_and_formulas_are_read_by_the_engine(edit: Callable[[Debate], Debate], word: str) -> None:
    debate = small_debate()
    with pytest.raises(Refused, match=word):
        admit(debate, edit(debate))


def test_the_plausibilities_of_an_exclusive_debate_fit_into_one() -> None:
    debate = small_debate()  # 60% + 30% + 10%
    admit(debate, replace(debate, mode="exclusive"))
    more = hypothesis(plausibility=0.31)(replace(debate, mode="exclusive"))
    with pytest.raises(Refused, match=r"sum to 100% at most; found 101\.0%"):
        admit(debate, more)


def test_removing_what_others_name_is_refused() -> None:
    debate = small_debate()
    without = {slug: h for slug, h in debate.hypotheses.items() if slug != "uncounted"}
    with pytest.raises(Refused, match="there is no hypothesis 'uncounted'"):
        admit(debate, replace(debate, hypotheses=without))


def test_an_edit_is_not_refused_for_what_was_wrong_before() -> None:
    debate = small_debate()
    broken = replace(debate, quantities={**debate.quantities, "bad": Quantity("bad", formula="nobody * 2")})
    admit(broken, replace(broken, title="Other"))
    admit(broken, quantity("good", formula="people * 2")(broken))


def with_readings(correlated: bool) -> Debate:
    """Return a debate of the convention `post` that has readings of `lit` too."""

    def readings(other: str) -> dict[str, Reading]:
        return {
            "post": Reading("1 to 2"),
            "lit": Reading("2 to 3", correlated=Correlation(other, 0.5) if correlated else None),
        }

    effect = Hypothesis("a", "A", effects={"n": "log(0 - n)"}, status="rejected")
    return Debate(
        "d",
        "D",
        convention="post",
        quantities={
            "n": Quantity("n", readings=readings("m")),
            "m": Quantity("m", readings=readings("n")),
        },
        gaps={"g": Gap("g", "n")},
        hypotheses={"a": effect},
    )


def test_a_convention_under_which_the_numbers_break_is_refused() -> None:
    debate = with_readings(correlated=False)
    admit(debate, replace(debate, convention="lit"))
    circle = with_readings(correlated=True)
    with pytest.raises(Refused, match="n -> m -> n is a circle"):
        admit(circle, replace(circle, convention="lit"))


def test_an_explanation_that_would_break_the_numbers_is_not_opened_again() -> None:
    debate = with_readings(correlated=False)
    opened = replace(debate, hypotheses={"a": replace(debate.hypotheses["a"], status="open")})
    with pytest.raises(Refused, match="its logarithm needs something above zero"):
        admit(debate, opened)


def test_the_convention_keeps_a_reading() -> None:
    debate = Debate("d", "D", convention="lit", hypotheses={"a": hypothesis_assuming("post", "lit")})
    lost = replace(debate, hypotheses={"a": hypothesis_assuming("post")})
    with pytest.raises(Refused, match="the debate: there is no convention 'lit'; there is post"):
        admit(debate, lost)
    admit(debate, replace(lost, convention="post"))
    # Not what this edit did.
    admit(lost, replace(lost, title="E"))


def hypothesis_assuming(*readings: str) -> Hypothesis:
    return Hypothesis("a", "A", assumes={"k": Assumption({name: Reading("1") for name in readings})})


@pytest.mark.parametrize(
    ("parts", "counts", "told"),
    [
        (("quantities",), (3000, 3001), "found 3,001 quantities; expected at most 3,000"),
        (("gaps",), (300, 301), "found 301 gaps; expected at most 300"),
        (("hypotheses",), (100, 101), "found 101 hypotheses; expected at most 100"),
        # 990 quantities, by themselves and under 100 hypotheses, are 99,990 numbers.
        (
            ("quantities", "hypotheses"),
            (990, 991),
            "found 100,091 numbers, quantities and gaps by themselves and under each hypothesis; "
            "expected at most 100,000",
        ),
    ],
)
def test_a_debate_may_have_as_many_as_its_file(parts: tuple[str, ...], counts: tuple[int, int], told: str) -> None:
    fits, too_many = (of_size(parts, count) for count in counts)
    admit(Debate("d", "D"), fits)
    with pytest.raises(Refused, match=f"the debate: {told}"):
        admit(fits, too_many)
    # One that has too many already may become smaller.
    admit(too_many, fits)
    admit(too_many, replace(too_many, title="E"))


def of_size(parts: tuple[str, ...], count: int) -> Debate:
    names = [f"x{number}" for number in range(count)]
    some: dict[str, Any] = {
        "quantities": {name: Quantity(name, readings={"value": Reading("1")}) for name in names},
        "gaps": {name: Gap(name, "1", unit="yr") for name in names},
        "hypotheses": {name: Hypothesis(name, "H") for name in (names[:100] if len(parts) > 1 else names)},
    }
    return Debate("d", "D", **{part: some[part] for part in parts})


def test_text_of_readers_is_kept_as_sent() -> None:
    debate = small_debate()
    admit(debate, evidence(finding="\x1b]52;c;x\x07 [/foo] \u202e <script> \r\n 😀")(debate))
    assert isinstance(debate.evidence["ads"], Evidence)
    assert isinstance(debate.hypotheses["fewer"], Hypothesis)
