"""The report, read by a real CommonMark reader."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from hypotheses.debate import Assessment, Debate, Evidence, Gap, Hypothesis
from hypotheses.idea import Idea, IdeaStatus
from hypotheses.reports.markdown import markdown
from hypotheses.reports.style import MarkdownStyle
from tests.hypotheses.reports.pages import EVIL, debate_of, render, section


def report(debate: Debate) -> str:
    return markdown(debate, MarkdownStyle("report"))


def test_the_whole_report(snapshot: SnapshotAssertion) -> None:
    assert report(debate_of()) == snapshot


def test_the_same_debate_gives_the_same_bytes() -> None:
    assert report(debate_of()) == report(debate_of())


def test_explanations_stand_in_ranked_order_with_plausibility_and_word() -> None:
    text = report(debate_of())
    assert re.findall(r"^### (.*)$", text, re.MULTILINE) == ["1. Most are not listed", "2. Pianos go untuned"]
    # Odds 1:1 times 10 times 1/2 are 5:1, so 83%.
    assert "**60%, likely.** The evidence says 83%, from 50% before it: 1 finding for, 1 against." in text
    assert "**20%\\*, unlikely.**" in text
    assert "A starting figure that nobody has set yet." in text


def test_the_numbers_say_what_is_explained_and_what_is_left() -> None:
    # 1000 over 10 is 2 OOM; ten times as many known leaves 1 OOM, half of it.
    text = report(debate_of())
    assert "| **Tuners wanted over tuners known** | 2.00 OOM (100×) |" in text
    assert "- Tuners wanted over tuners known: 2.00 → 1.00 OOM; 50% explained" in text
    assert "**If true**, it would leave the numbers as they are." in text
    assert "No combination of these explanations closes it." in section(text, "## What is left unexplained")


def test_every_item_cited_has_one_footnote_with_its_source() -> None:
    text = report(debate_of())
    cited = set(re.findall(r"\[\^([\w-]+)\](?!:)", text))
    noted = re.findall(r"^\[\^([\w-]+)\]: ", text, re.MULTILINE)
    assert cited == set(noted) == {"song2023", "old", "gone"}
    assert len(noted) == 3
    assert "Song, A., Li, B., *A survey \\| of \\[tuners\\]*, Journal of Pianos, 2023-03." in text
    assert "<https://doi.org/10.1000/182>. Nine in ten are *not* listed." in text
    assert "<https://example.org/a_(b)%20c>" in text


def test_neutral_and_retracted_evidence_is_named_apart() -> None:
    text = section(report(debate_of()), "### 2. Pianos go untuned")
    assert "Says nothing either way: *A survey" in text
    assert "Retracted, counts nothing: *Withdrawn*[^gone]." in text
    assert "No evidence bears on it" not in text
    assert "Evidence for" not in text


def test_an_explanation_that_nothing_rates_is_untested() -> None:
    assert "No evidence bears on it yet: it is untested." in report(debate_of(evidence={}))


def test_what_would_change_the_ranking_is_worked_out() -> None:
    text = section(report(debate_of()), "## What would change this ranking")
    # Stated 60% is odds 1.5, implied 5:1: a ratio of 3.33, 5.2 decibans.
    assert "Most are not listed: stated 60% (likely), the evidence says 83% (very likely), 5 decibans more" in text
    # Without the survey the odds are 1:2.
    assert "without it, the evidence would say 33% instead of 83% for Most are not listed" in text


def test_a_certainty_is_told_apart() -> None:
    debate = debate_of()
    sure = replace(debate.hypotheses["idle"], plausibility=1.0)
    text = report(replace(debate, hypotheses={**debate.hypotheses, "idle": sure}))
    assert (
        "Pianos go untuned: stated 100% (almost certain), the evidence says 20% (unlikely), no evidence moves" in text
    )


@pytest.mark.parametrize("status", ["new", "accepted", "merged", "declined"])
def test_nothing_a_reader_sends_acts(status: IdeaStatus) -> None:
    quiet = Idea(1, "An idea", "Text", sender="Somebody", status=status)
    clean = report(debate_of(ideas={1: quiet}))
    evil = report(debate_of(ideas={1: replace(quiet, title=EVIL, text=EVIL, sender=EVIL)}))
    tags = re.compile(r"<[^>]*>")
    assert tags.findall(render(evil)) == tags.findall(render(clean))
    assert len(evil.splitlines()) == len(clean.splitlines())
    assert not re.search("[\x1b\u202e]", evil)
    assert not re.search(r"\{[%{:]", evil)


def test_a_reason_is_one_line_in_which_nothing_acts() -> None:
    debate = debate_of()
    text = markdown(
        debate, MarkdownStyle("report"), reasons={next(iter(debate.hypotheses)): "It *is*.\n\n# So\n\n- there"}
    )
    assert "\n*Last revised because:* It \\*is\\*. \\# So - there\n" in text


def test_no_html_or_template_of_the_owner_runs() -> None:
    evil = "<b onclick=x>bold</b> <!-- gone {% raw %} {{ x }}"
    debate = debate_of(
        title=evil,
        question=evil,
        author=evil,
        convention=evil,
        gaps={"shortage": Gap("shortage", "wanted / known", evil, unit=evil, note=evil)},
        hypotheses={"uncounted": Hypothesis("uncounted", evil, evil, note=evil)},
        evidence={
            "k": Evidence(
                "k", evil, (evil,), "2023", evil, finding=evil, assessments={"uncounted": Assessment(3, evil)}
            )
        },
        ideas={},
    )
    text = report(debate)
    rendered = render(text)
    assert "<b" not in rendered.replace("<blockquote", "")
    assert "<!--" not in rendered
    assert not re.search(r"\{[%{:]", text)


def test_links_that_lead_nowhere_safe_are_left_out() -> None:
    evidence = {"k": Evidence("k", "T", url="javascript:alert(1)", assessments={"uncounted": Assessment(3)})}
    text = report(debate_of(evidence=evidence, source="data:text/html,x"))
    assert "javascript" not in text
    assert "href" not in render(text)


def test_a_key_that_is_no_footnote_name_gets_one() -> None:
    evidence = {"söng:1": Evidence("söng:1", "T", assessments={"uncounted": Assessment(3)})}
    text = report(debate_of(evidence=evidence))
    assert text.count("[^evidence-1]") == 3
    assert "[^söng" not in text


def test_an_exclusive_debate_shows_what_is_left_for_none_of_these() -> None:
    # Stated 1 - 0.6 - 0.25; implied 0.5 * 5 = 2.5, 0.2 and 0.3, together 3: 0.3 / 3 = 10%.
    debate = debate_of(mode="exclusive")
    idle = replace(debate.hypotheses["idle"], plausibility=0.25)
    text = report(replace(debate, hypotheses={**debate.hypotheses, "idle": idle}))
    assert "| | *none of these* | 15% | very unlikely | 10% |" in text
    assert "At most one of them is true" in text


def test_a_debate_of_a_title_only_is_a_short_report() -> None:
    text = report(Debate("d", "Why?"))
    assert text.startswith("# Why?\n\n## The explanations, most plausible first\n")
    assert "Where the numbers stand" not in text


def test_a_rejected_explanation_says_so_and_has_no_figures() -> None:
    debate = debate_of()
    rejected = replace(debate.hypotheses["uncounted"], status="rejected")
    text = report(replace(debate, hypotheses={**debate.hypotheses, "uncounted": rejected}))
    assert "### 1. Most are not listed (rejected)" in text


def test_a_gap_that_cannot_be_computed_is_named() -> None:
    debate = debate_of()
    broken = Gap("broken", "wanted / nothing", "A broken gap")
    text = report(replace(debate, gaps={**debate.gaps, "broken": broken}))
    assert "| A broken gap | cannot be computed |" in text


def test_the_bundled_debate_is_reported_in_full() -> None:
    # Imported here: the reader of files is the store's, and only this test needs it.
    from store.bundled import bundled_debate

    debate = bundled_debate()
    text = report(debate)
    noted = set(re.findall(r"^\[\^([\w.-]+)\]: ", text, re.MULTILINE))
    assert noted == {e.key for e in debate.evidence.values() if e.assessments}
    assert len(re.findall(r"^### \d", text, re.MULTILINE)) == 5
    assert "made-up" not in text
    assert "2.05 OOM (112×)" in text
