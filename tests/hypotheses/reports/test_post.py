"""The post and the ranked list."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
import yaml
from syrupy.assertion import SnapshotAssertion

from hypotheses.debate import Assessment, Claim, Debate, Evidence, Gap, Quantity
from hypotheses.reading import Reading
from hypotheses.reports.markdown import markdown
from hypotheses.reports.style import FORMS, Form, FrontMatter, MarkdownStyle
from store.bundled import bundled_debate
from tests.hypotheses.reports.pages import debate_of, render, with_readings


def words_shown(page: str) -> int:
    unfolded = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    return len(re.sub(r"<[^>]*>", " ", html.unescape(render(unfolded))).split())


def paragraph(page: str, start: str) -> str:
    """Return the paragraph that starts with some words."""
    return next(part for part in page.split("\n\n") if part.startswith(start))


def test_the_whole_post(snapshot: SnapshotAssertion) -> None:
    assert markdown(with_readings()) == snapshot


@pytest.mark.parametrize("form", FORMS)
def test_the_same_debate_gives_the_same_bytes(form: Form) -> None:
    assert markdown(bundled_debate(), MarkdownStyle(form)) == markdown(bundled_debate(), MarkdownStyle(form))


def test_an_explanation_is_a_numbered_paragraph_with_its_figures_in_one_line() -> None:
    page = markdown(debate_of())
    assert "1.) **Most are not listed.** The register is *voluntary*.\n\n60%, was 50%; the evidence says 83%" in page
    # 1000 over 10 is 2 OOM; ten times as many known leaves 1.
    assert "; leaves 1.00 of 2.00 OOM.\n" in page
    assert "2.) **Pianos go untuned.**\n\n20%\\*; the evidence says 20%; leaves 2.00 of 2.00 OOM." in page
    assert "no evidence bears on it yet; leaves" in markdown(debate_of(evidence={}))
    assert "\\* A starting figure that nobody has set yet." in page


def test_the_strongest_findings_are_told_and_linked_in_place() -> None:
    told = paragraph(markdown(debate_of()), "For: ")
    assert told == (
        "For: It counted them ([Song and Li 2023](https://doi.org/10.1000/182)). "
        "Against: [*An old census*](<https://example.org/a_(b)%20c>)."
    )


def test_of_many_findings_two_are_named_on_each_side() -> None:
    items = {
        f"e{n}": Evidence(
            f"e{n}",
            f"Study {n}",
            (f"Author {n}",),
            "2020",
            url=f"https://example.org/{n}",
            assessments={"uncounted": Assessment(float(n), f"Reason {n}.")},
        )
        for n in range(2, 6)
    }
    page = markdown(debate_of(evidence=items))
    assert paragraph(page, "For: ") == (
        "For: Reason 5 ([Author 5 2020](https://example.org/5)); also [Author 4 2020](https://example.org/4)."
    )
    assert "and the two strongest findings on each side." in page


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("", "*A* and *B*."),
        ("Seen", "Seen (*A*); also *B*."),
        ("Seen.", "Seen (*A*); also *B*."),
        ("Was it?", "Was it? (*A*); also *B*."),
        ("看见了。", "看见了 (*A*); also *B*."),
    ],
)
def test_a_finding_is_a_sentence_that_ends_once(why: str, told: str) -> None:
    a = Evidence("a", "A", assessments={"uncounted": Assessment(10.0, why)})
    b = Evidence("b", "B", assessments={"uncounted": Assessment(3.0)})
    assert paragraph(markdown(debate_of(evidence={"a": a, "b": b})), "For: ") == f"For: {told}"


def test_every_figure_of_the_puzzle_is_the_link_to_its_source() -> None:
    page = markdown(with_readings())
    told = paragraph(
        page, "**Tuners wanted over tuners known** stands at 2.00 orders of magnitude (OOM), a factor of 100."
    )
    assert "Tuners on the register, [10](https://example.org/p)" in told
    assert "Tuners a city needs, 1000." in told
    # Where a reading has no link, its source stands in words.
    other = markdown(replace(with_readings(), convention="survey"))
    assert "Tuners on the register, 100 (A survey, page 3)" in other


def test_a_source_in_words_is_told_once() -> None:
    read = {name: Quantity(name, name, "1/yr", {"value": Reading("10", "A survey")}) for name in ("known", "wanted")}
    assert "in it: known, 10 per yr (A survey); wanted, 10 per yr (the same source)." in markdown(
        debate_of(quantities=read)
    )


@pytest.mark.parametrize(
    ("value", "told"),
    [("loguniform 1 to 100", "1 to 100"), ("normal 1 to 2", "1 to 2"), ("30B to 300B", "30B to 300B"), ("2", "2")],
)
def test_a_range_is_told_without_the_name_of_its_distribution(value: str, told: str) -> None:
    known = Quantity("known", "Known", "yr", {"value": Reading(value)})
    page = markdown(debate_of(quantities={**debate_of().quantities, "known": known}))
    assert f"in it: Known, {told} yr; " in page


def test_what_is_left_with_all_weighed_is_a_sentence_without_terms_of_art() -> None:
    # Half of it is sure to be 1 OOM: 60% that the explanation is true leave 1 OOM, the others 2.
    assert (
        " Weighing each explanation by its plausibility leaves 1.00 OOM (90% interval 1.00 to 2.00): "
        "a 0% chance that the gap is closed (within 0.3 OOM of zero) and 100% that it stays open."
    ) in markdown(debate_of())


def test_without_explanations_nothing_is_weighed() -> None:
    assert "Weighing" not in markdown(debate_of(hypotheses={}, evidence={}))


def test_a_gap_in_another_unit_is_told_in_it() -> None:
    years = Gap("shortage", "wanted / known", "Wait", "yr", headline=True)
    page = markdown(debate_of(gaps={"shortage": years}))
    assert "**Wait** stands at 100 yr." in page
    assert "OOM" not in page


def test_the_gaps_stand_under_every_convention() -> None:
    # 1000 over 10 is 2 OOM, over 100 is 1.
    page = markdown(with_readings())
    assert "| Gap | **post** | survey |\n| :--- | ---: | ---: |\n" in page
    assert "| Tuners wanted over tuners known (OOM) | 2.00 | 1.00 |" in page
    assert "survey" not in markdown(with_readings(), MarkdownStyle(conventions="current"))
    assert "| Gap |" not in markdown(debate_of())


def test_without_conventions_the_other_gaps_stand_in_a_table() -> None:
    gaps = {**debate_of().gaps, "missing": Gap("missing", "wanted - known", "Tuners missing", "tuner")}
    assert (
        "| Gap | Now |\n| :--- | ---: |\n| Tuners wanted over tuners known (OOM) | 2.00 |\n| Tuners missing | 990 |"
        in (markdown(debate_of(gaps=gaps)))
    )


def test_an_order_of_magnitude_is_explained_once_wherever_it_comes_first() -> None:
    plain = Gap("shortage", "wanted / known", "Shortage", "", headline=True)
    other = {"shortage": plain, "orders": Gap("orders", "wanted / known", "Orders")}
    for debate in (debate_of(), bundled_debate(), debate_of(gaps=other)):
        page = markdown(debate)
        assert len(re.findall(r"orders? of magnitude(?: \(OOM\)|, a factor of ten)", page)) == 1


def test_claims_that_do_not_recompute_are_told_with_both_figures() -> None:
    claimed = Gap("shortage", "wanted / known", "Shortage", headline=True, claim=Claim("1000x", "P4", "a thousandfold"))
    page = markdown(debate_of(gaps={"shortage": claimed}))
    assert '- Shortage: stated 1000x ("a thousandfold"), computed 2.00 OOM (100×)' in page
    right = replace(claimed, claim=Claim("100x"))
    assert "Claims" not in markdown(debate_of(gaps={"shortage": right}))


def test_what_would_change_it_takes_a_line_for_each_way() -> None:
    page = markdown(bundled_debate())
    changes = page.partition("What would change my mind:\n\n")[2].split("\n\n")[0].splitlines()
    assert len(changes) == 3
    assert re.fullmatch(r"- Without \[.*\]\(.*\) the evidence would say \d+% instead of \d+% for \*.*\*\.", changes[0])
    assert re.fullmatch(r"- If I .* instead of .*, the evidence would put \*.*\* first\.", changes[1])
    assert re.fullmatch(r"- If \*.*\* were .* instead of .*, \*The puzzle.*\* would be closed\.", changes[2])


def test_what_changes_no_figure_is_not_said_to_change_one() -> None:
    # Of two that exclude each other, what is as likely under both moves neither.
    even = Evidence("even", "Even", assessments={"uncounted": Assessment(10.0), "idle": Assessment(10.0)})
    one = Evidence("one", "One", assessments={"uncounted": Assessment(2.0)})
    half = {slug: replace(h, prior=0.5, plausibility=0.5) for slug, h in debate_of().hypotheses.items()}
    page = markdown(debate_of(mode="exclusive", hypotheses=half, evidence={"even": even, "one": one}))
    # 0.5 times 2 against 0.5 is 67%.
    assert "- Without *One* the evidence would say 50% instead of 67% for *Most are not listed*." in page


def test_two_that_stand_level_are_said_to() -> None:
    both = {slug: replace(h, prior=0.5) for slug, h in debate_of().hypotheses.items()}
    same = Evidence("same", "Same", assessments={"uncounted": Assessment(3.0), "idle": Assessment(3.0)})
    page = markdown(debate_of(hypotheses=both, evidence={"same": same}))
    assert "By the evidence *Most are not listed* and *Pianos go untuned* stand level" in page
    assert "comes first" not in page


def test_evidence_that_a_statement_names_by_its_key_is_cited() -> None:
    debate = debate_of()
    named = replace(debate.hypotheses["uncounted"], statement="As `song2023` says, not `other`.")
    page = markdown(replace(debate, hypotheses={**debate.hypotheses, "uncounted": named}))
    assert "As [Song and Li 2023](https://doi.org/10.1000/182) says, not `other`." in page


@pytest.mark.parametrize("statement", ["- one\n- two", "# Heading", "> quoted", "a | b\n- | -", "1. one"])
def test_a_statement_that_begins_with_no_prose_stands_by_itself(statement: str) -> None:
    debate = debate_of()
    listed = replace(debate.hypotheses["uncounted"], statement=statement)
    page = markdown(replace(debate, hypotheses={**debate.hypotheses, "uncounted": listed}))
    assert f"1.) **Most are not listed.**\n\n{statement.strip()}\n\n60%" in page


def stated(statement: str) -> Debate:
    """Return the small debate with another statement of its first explanation."""
    debate = debate_of()
    return replace(
        debate,
        hypotheses={**debate.hypotheses, "uncounted": replace(debate.hypotheses["uncounted"], statement=statement)},
    )


def test_of_several_paragraphs_all_but_the_first_are_folded() -> None:
    page = markdown(stated("One\nline.\n\nTwo *is*.\n \nThree."))
    assert "1.) **Most are not listed.** One\nline.\n\n60%" in page
    assert '\n\n<details markdown="1"><summary>More</summary>\n\nTwo *is*.\n \nThree.\n\n</details>\n\n2.)' in page


@pytest.mark.parametrize(
    "rest", ["- a list\n- of it", "```\ncode\n\nmore\n```", "## Heading", "[a]: https://example.org", "1. one"]
)
def test_what_is_not_all_prose_is_not_folded(rest: str) -> None:
    assert f"listed.** One.\n\n{rest}\n\n60%" in markdown(stated(f"One.\n\n{rest}"))


def test_a_paragraph_that_announces_the_next_is_not_parted_from_it() -> None:
    assert "listed.** As follows:\n\nThis.\n\n60%" in markdown(stated("As follows:\n\nThis."))


def test_a_bar_in_a_text_makes_no_table_for_kramdown() -> None:
    text = "With P(A|B) and `a|b`.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```\na|b\n```"
    page = markdown(replace(stated(text), question=text), MarkdownStyle(flavour="kramdown"))
    assert page.count(text.replace("A|B", r"A\|B")) == 2
    assert text in markdown(stated(text))


def test_sources_can_be_notes_or_left_out() -> None:
    noted = markdown(with_readings(), MarkdownStyle(sources="footnotes"))
    assert "For: It counted them[^song2023]. Against: *An old census*[^old]." in noted
    assert "Tuners on the register, 10[^figure-1];" in noted
    assert "\n[^figure-1]: A post. <https://example.org/p>.\n" in noted
    bare = markdown(with_readings(), MarkdownStyle(sources="none"))
    assert "For: It counted them. Against: *An old census*." in bare
    assert "The question was asked by A. Person. " in bare
    assert "http" not in bare


@pytest.mark.parametrize(
    ("author", "source", "told"),
    [
        ("", "", "How far"),
        ("A. Person", "", "The question was asked by A. Person. How far"),
        ("A. B.", "", "The question was asked by A. B. How far"),
        ("", "https://example.org/q", "The question was asked in <https://example.org/q>. How far"),
        ("", "The question is old.", "Source: The question is old. How far"),
        ("A. Person", "Heuer 1999", "The question was asked by A. Person. Source: Heuer 1999. How far"),
    ],
)
def test_it_ends_with_who_asked_and_where(author: str, source: str, told: str) -> None:
    assert f"\n\n{told} a finding moves" in markdown(debate_of(author=author, source=source))


def test_commonmark_has_a_list_of_sources_instead_of_footnotes() -> None:
    page = markdown(with_readings(), MarkdownStyle(sources="footnotes", flavour="commonmark"))
    assert r"Tuners on the register, 10 \[1\];" in page
    assert "Sources:\n\n1. A post. <https://example.org/p>.\n2. Song, A., Li, B., " in page
    assert "- Tuners wanted over tuners known (OOM); **post**: 2.00; survey: 1.00" in page


@pytest.mark.parametrize("form", FORMS)
def test_only_the_most_plausible_are_told_if_asked(form: Form) -> None:
    page = markdown(bundled_debate(), MarkdownStyle(form, top=2))
    assert "The 2 most plausible of 5. " in page
    assert len(re.findall(r"^(?:\d\.\) |\d\. |### \d)", page, re.MULTILINE)) == 2


def test_the_list_is_the_ranking_alone() -> None:
    page = markdown(debate_of(), MarkdownStyle("list"))
    assert page.splitlines()[:4] == [
        "# How many piano tuners?",
        "",
        "1. **Most are not listed**: 60%, was 50%; the evidence says 83% (69–83%); leaves 1.00 of 2.00 OOM",
        "2. **Pianos go untuned**: 20%\\*; the evidence says 20%; leaves 2.00 of 2.00 OOM",
    ]


@pytest.mark.parametrize("form", FORMS)
def test_front_matter_takes_the_place_of_the_title(form: Form) -> None:
    debate = debate_of(title='The "surprising": case #1')
    page = markdown(debate, MarkdownStyle(form, FrontMatter("2024-05-31", tags=("a: b", "c"))))
    header, _, rest = page.removeprefix("---\n").partition("\n---\n\n")
    assert yaml.safe_load(header) == {
        "title": 'The "surprising": case #1',
        "date": "2024-05-31",
        "layout": "post",
        "tags": ["a: b", "c"],
    }
    assert not rest.startswith("#")


@pytest.mark.parametrize("form", FORMS)
def test_a_remark_stands_on_top(form: Form) -> None:
    page = markdown(debate_of(), MarkdownStyle(form), remark="As it stood on 2023-04.")
    assert page.startswith("# How many piano tuners?\n\n*As it stood on 2023-04.*\n\n")


def test_the_bundled_debate_is_a_post_of_about_the_length_of_the_one_it_is_from() -> None:
    page = markdown(bundled_debate())
    # Words outside of the targets of links and of what is folded. The post, which has 1,257 with its header, has 1,247
    # by this count. The question and the first paragraphs of the statements have 470 already.
    assert 1100 < words_shown(page) < 1320
    assert re.findall(r"^(\d)\.\) ", page, re.MULTILINE) == ["1", "2", "3", "4", "5"]
    assert not re.search(r"\bP\d", page)  # no paragraph that only its file explains
    assert "made-up" not in page
    assert "If you have an idea or evidence either way, send it in." in page
    # DESIGN: 2.05, 3.65 and 4.66 OOM for vision under three conventions.
    assert re.search(r"\| Vision \(OOM\) \| 2\.05 \| 3\.65 \| 4\.66 \|", page)


def test_what_the_notes_of_figures_name_is_explained() -> None:
    noted = markdown(bundled_debate(), MarkdownStyle(sources="footnotes"))
    assert re.search(r"^\[\^figure-1\]: P\d", noted, re.MULTILINE)
    assert "P1 to P11 are the paragraphs of the post." in noted


def test_a_debate_of_a_title_only_is_a_short_post() -> None:
    assert markdown(Debate("d", "Why?")).split("\n\n") == [
        "# Why?",
        "If you have an idea or evidence either way, send it in.",
        "Written with Abduce.\n",
    ]


def test_a_puzzle_that_cannot_be_computed_is_told() -> None:
    page = markdown(debate_of(gaps={"broken": Gap("broken", "wanted / nothing", "A gap", headline=True)}))
    assert "**A gap** is cannot be computed" not in page
    assert "**A gap**: cannot be computed" in page


def test_an_exclusive_debate_says_what_is_left_for_none() -> None:
    # 1 - 0.6 - 0.2
    page = markdown(debate_of(mode="exclusive"))
    assert "At most one of them is true, so the plausibilities sum to 1, with 20% for none of these." in page


def test_the_reason_of_a_plausibility_follows_it() -> None:
    page = markdown(debate_of(), reasons={"uncounted": "The *second* survey"})
    assert "; leaves 1.00 of 2.00 OOM. The \\*second\\* survey.\n" in page


@pytest.mark.parametrize(
    ("value", "told"), [("between 30B and 300B", ", between 30B and 300B"), ("lognormal 30B to 300B", ", 30B to 300B")]
)
def test_a_range_is_told_as_one_without_the_name_of_its_shape(value: str, told: str) -> None:
    debate = bundled_debate()
    brain = replace(debate.quantities["visual_cortex"], readings={"post": Reading(value, "a census")})
    page = markdown(replace(debate, quantities={**debate.quantities, "visual_cortex": brain}))
    assert told in paragraph(page, "**The puzzle")
