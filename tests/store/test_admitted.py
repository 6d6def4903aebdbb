"""What may be kept, a file can hold: whatever is let in comes back from the debate's own export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hypotheses.admission import admit
from hypotheses.debate import Comment, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.idea import Idea
from hypotheses.problems import Refused
from hypotheses.reading import PLAIN_READING, Assumption, Correlation, Reading
from store.file.debate_file import read_debate, write_debate
from tests.exploring import explored


def is_admitted(before: Debate, after: Debate) -> bool:
    try:
        admit(before, after)
    except Refused:
        return False
    return True


VALUES = st.sampled_from(["1 to 2", "2 to 3", "3"])


def readings(correlations: list[Correlation]) -> st.SearchStrategy[dict[str, Reading]]:
    reading = st.builds(Reading, VALUES)
    correlated = st.builds(Reading, VALUES, correlated=st.sampled_from([None, *correlations]))
    sourced = st.fixed_dictionaries({"post": reading}, optional={"lit": correlated})
    return sourced | st.fixed_dictionaries({PLAIN_READING: correlated})


@st.composite
def having_readings(draw: st.DrawFn, *correlations: Correlation) -> tuple[dict[str, Reading], str]:
    """Return readings and the chosen one of them."""
    kept = draw(readings([*correlations]))
    return kept, draw(st.sampled_from(["", *kept]))


@st.composite
def debates(draw: st.DrawFn) -> Debate:
    """Return a debate whose parts may not fit together."""
    n, n_chosen = draw(having_readings(Correlation("m", 0.5)))
    m, m_chosen = draw(having_readings(Correlation("n", 0.5)))
    k, k_chosen = draw(having_readings())
    effects = draw(st.sampled_from(["n * k", "log(0 - n)"]))
    about = st.builds(
        Comment,
        st.just(1),
        st.just("So it is."),
        st.just("bob"),
        hypothesis=st.sampled_from(["", "a", "b"]),
        evidence=st.sampled_from(["", "e"]),
        idea=st.sampled_from([0, 1]),
    )
    return Debate(
        "d",
        "D",
        mode=draw(st.sampled_from(["independent", "exclusive"])),
        convention=draw(st.sampled_from(["", "post", "lit"])),
        quantities={"n": Quantity("n", readings=n, chosen=n_chosen), "m": Quantity("m", readings=m, chosen=m_chosen)},
        gaps={"g": Gap("g", draw(st.sampled_from(["n * m", "n / o"])), unit="yr")},
        hypotheses={
            "a": Hypothesis(
                "a",
                "A",
                plausibility=draw(st.sampled_from([0.4, 0.9])),
                status=draw(st.sampled_from(["open", "rejected"])),
                effects={"n": effects},
                assumes={"k": Assumption(k, k_chosen)},
            ),
            "b": Hypothesis("b", "B", plausibility=0.4, position=1),
        },
        evidence={"e": Evidence("e", "E")},
        ideas={1: Idea(1, "I")},
        comments={1: draw(about)},
    )


def edits(debate: Debate, wanted: Debate) -> Iterator[Debate]:
    """Yield the debate with one thing of another one: an edit changes no more."""
    for field in ("convention", "mode", "quantities", "gaps", "hypotheses", "comments"):
        yield replace(debate, **{field: getattr(wanted, field)})
    for name in ("status", "effects", "assumes", "plausibility") if debate.hypotheses else ():
        a = replace(debate.hypotheses["a"], **{name: getattr(wanted.hypotheses["a"], name)})
        yield replace(debate, hypotheses={**debate.hypotheses, "a": a})
    yield wanted


@explored(75)
@given(debates(), debates())
def test_what_is_let_in_comes_back_from_its_own_file(first: Debate, second: Debate) -> None:
    for before in (Debate("d", "D"), first):
        if is_admitted(Debate("d", "D"), before):
            for after in edits(before, second):
                if is_admitted(before, after):
                    assert read_debate(write_debate(after)) == after
