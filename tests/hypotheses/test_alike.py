"""What an idea looks like."""

from __future__ import annotations

from hypotheses.alike import looks_like, sources_in, words_in
from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.idea import Idea

RETINA = "Retinas are dense with receptors and see more than anybody says"
DEBATE = Debate(
    "d",
    "D",
    hypotheses={"eyes": Hypothesis("eyes", "Dense retinas", RETINA)},
    evidence={
        "paper": Evidence("paper", "On sleep", doi="10.1000/A.b"),
        "preprint": Evidence("preprint", "On dreams", arxiv="2303.01469v2"),
        "page": Evidence("page", "A page", url="https://www.example.org/x/", also=("10.1000/other",)),
    },
)


def refs(idea: Idea, debate: Debate = DEBATE) -> list[str]:
    return [one.ref for one in looks_like(debate, idea)]


def test_the_same_source_comes_first_however_it_is_written() -> None:
    assert refs(Idea(1, "See https://doi.org/10.1000/a.B.")) == ["evidence:paper"]
    assert refs(Idea(1, "See", "arXiv:2303.01469v1, section 2")) == ["evidence:preprint"]
    assert refs(Idea(1, "See", url="http://example.org/x")) == ["evidence:page"]
    assert refs(Idea(1, "See", "doi:10.1000/OTHER")) == ["evidence:page"]
    assert refs(Idea(1, "See", related=("paper",))) == ["evidence:paper"]
    both = Idea(1, "Dense retinas see more", "The receptors of retinas. See doi:10.1000/a.b")
    assert refs(both) == ["evidence:paper", "hypothesis:eyes"]


def test_words_are_shared_in_any_of_their_forms_and_little_words_say_nothing() -> None:
    assert words_in("The receptors were there") == words_in("A receptor is what")
    assert refs(Idea(1, "A dense retina", "Receptors see more than is said.")) == ["hypothesis:eyes"]
    assert refs(Idea(1, "They would have been with these", "about what there will be")) == []


def test_other_ideas_are_looked_at_but_not_the_idea_itself_or_what_was_parted() -> None:
    ideas = {
        1: Idea(1, "Dense retina receptors"),
        2: Idea(2, "Receptors in a dense retina"),
        3: Idea(3, "Dense retina receptors", status="split"),
    }
    debate = Debate("d", "D", ideas=ideas)
    assert refs(ideas[1], debate) == ["idea:2"]


def test_a_source_is_named_once_however_often_it_is_written() -> None:
    assert sources_in("10.1000/x, https://doi.org/10.1000/X and (doi:10.1000/x).") == {"10.1000/x"}
    assert sources_in("https://arxiv.org/pdf/2303.01469v2.pdf 2303.01469") == {"2303.01469"}
    assert sources_in("version 2.0 of 2023") == frozenset()


def test_a_word_that_many_texts_have_says_nothing() -> None:
    others = {n: Idea(n, f"Retinas are dense receptors number{n}") for n in range(10, 211)}
    debate = Debate("d", "D", ideas={1: Idea(1, "Dense retina receptors of owls"), **others})
    assert refs(debate.ideas[1], debate) == []
    assert len(refs(debate.ideas[1], Debate("d", "D", ideas={**debate.ideas, 10: Idea(10, "Owls")}))) == 0
    fewer = {n: idea for n, idea in debate.ideas.items() if n < 209}
    assert refs(debate.ideas[1], Debate("d", "D", ideas=fewer)) == [f"idea:{n}" for n in range(10, 15)]
