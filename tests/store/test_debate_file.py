"""The YAML twin: what a person writes is read, what is wrong is told with its line, and nothing is lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from hypotheses.debate import Assessment, Claim, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.idea import Idea
from hypotheses.reading import PLAIN_READING, Correlation, Reading
from hypotheses.reports.debate_json import debate_json
from store.errors import BadFile
from store.file.debate_file import line_of, read_debate, write_debate
from tests.assuming import assumed
from tests.exploring import explored
from tests.store.debates import debates

PIANOS = """\
abduce: 1
debate: {slug: piano-tuners, title: How many piano tuners?, question: "Markdown", convention: post, correlation: 0.25}
quantities:
  people: {label: People in the city, unit: person, value: "8.1M to 8.4M", source: census, note: of 2020}
  owners:
    unit: ratio
    group: Assumptions
    readings:
      post: {value: "0.2% to 1%", source: the post}
      survey: {value: "0.4%", url: "https://example.org/survey", correlated: {with: people, rank: -0.5}}
  a_year: {unit: piano, formula: people * owners}
  known: {value: {low: 50, mid: 100, high: 400}}
gaps:
  shortage:
    label: Tuners wanted over tuners known
    headline: true
    formula: a_year / known
    claim: {value: "100x", source: P4}
hypotheses:
  uncounted:
    title: Most are not listed
    short: unlisted
    statement: |
      First.

      Second.
    plausibility: 3:2
    prior: 50%
    effects: {known: known * 10 ** unlisted}
    assumes: {unlisted: {shape: normal, low: 0.5, high: 1.5}}
    rivals: [other]
  other: {title: Pianos are not tuned, plausibility: 1 in 5, status: rejected}
evidence:
  song2023:
    title: A survey
    authors: [Song, Lee]
    date: 2023-03
    credibility: medium
    relevance: 0.9
    cluster: surveys
    assessments:
      uncounted: {ratio: "++", why: asked}
      other: 1/3
  bell: {title: Bells, assessments: {uncounted: NA, other: }}
ideas:
  - {title: Ask the schools, from: a reader, received: 2023-04-05T10:00:00Z, kind: hypothesis, related: [song2023]}
  - {title: Look again, status: declined, reason: done, hypothesis: other}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(BadFile) as caught:
        read_debate(text, "f.yaml")
    return str(caught.value).splitlines()


UNLISTED = "{shape: normal, low: 0.5, high: 1.5}"


def replaced(old: str, new: str) -> list[str]:
    assert PIANOS.count(old) == 1
    return problems(PIANOS.replace(old, new))


def line(start: str) -> int:
    """Return the number of the one line of the example that starts so."""
    (found,) = [number for number, text in enumerate(PIANOS.splitlines(), 1) if text.strip().startswith(start)]
    return found


def test_a_file_as_a_person_writes_it() -> None:
    debate = read_debate(PIANOS)
    assert debate == Debate(
        slug="piano-tuners",
        title="How many piano tuners?",
        question="Markdown",
        convention="post",
        correlation=0.25,
        quantities={
            "people": Quantity(
                "people",
                "People in the city",
                "person",
                {PLAIN_READING: Reading("8.1M to 8.4M", "census")},
                note="of 2020",
            ),
            "owners": Quantity(
                "owners",
                unit="ratio",
                readings={
                    "post": Reading("0.2% to 1%", "the post"),
                    "survey": Reading("0.4%", url="https://example.org/survey", correlated=Correlation("people", -0.5)),
                },
                group="Assumptions",
            ),
            "a_year": Quantity("a_year", unit="piano", formula="people * owners"),
            "known": Quantity("known", readings={PLAIN_READING: Reading("100 (50 to 400)")}),
        },
        gaps={
            "shortage": Gap(
                "shortage",
                "a_year / known",
                "Tuners wanted over tuners known",
                headline=True,
                claim=Claim("100x", "P4"),
            )
        },
        hypotheses={
            "uncounted": Hypothesis(
                "uncounted",
                "Most are not listed",
                "First.\n\nSecond.\n",
                plausibility=0.6,  # odds of 3:2
                prior=0.5,
                position=0,
                effects={"known": "known * 10 ** unlisted"},
                assumes=assumed(unlisted="normal 0.5 to 1.5"),
                rivals=("other",),
                short="unlisted",
            ),
            "other": Hypothesis(
                "other", "Pianos are not tuned", plausibility=0.2, prior=0.2, position=1, status="rejected"
            ),
        },
        evidence={
            "song2023": Evidence(
                "song2023",
                "A survey",
                ("Song", "Lee"),
                "2023-03",
                credibility=0.75,
                relevance=0.9,
                cluster="surveys",
                assessments={"uncounted": Assessment(10, "asked"), "other": Assessment(1 / 3)},
            ),
            # A blank cell is no assessment.
            "bell": Evidence("bell", "Bells", assessments={"uncounted": Assessment(None)}),
        },
        ideas={
            1: Idea(
                1,
                "Ask the schools",
                kind="hypothesis",
                sender="a reader",
                received="2023-04-05T10:00:00Z",
                related=("song2023",),
            ),
            2: Idea(2, "Look again", status="declined", reason="done", hypothesis="other"),
        },
    )
    assert list(debate.quantities["owners"].readings) == ["post", "survey"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abduce: 1", "abduce: 2", "f.yaml:1: found a file of version '2'; expected version 1"),
        ("abduce: 1\n", "", "f.yaml:1: this is no debate file; expected it to begin with `abduce: 1`"),
        ("slug: piano-tuners, ", "", "f.yaml:2: 'slug' is missing"),
        ("correlation: 0.25", "mode: both", "f.yaml:2: found 'both'; expected independent, exclusive"),
        ("correlation: 0.25", "correlation: half", "f.yaml:2: found 'half'; expected a number"),
        ("correlation: 0.25", "correlation: 2", "f.yaml:2: found 2; expected a number from 0 to 1"),
        ("convention: post", "convention: past", "f.yaml:2: there is no convention 'past'; did you mean 'post'?"),
        ("short: unlisted", "shrot: unlisted", "f.yaml:22: there is no field 'shrot'; did you mean 'short'?"),
        (
            "short: unlisted",
            f"short: {'long ' * 5}word",
            "f.yaml:22: found 29 cells; expected at most 24: a word or two",
        ),
        ("group: Assumptions", "groups: Models", "f.yaml:7: there is no field 'groups'; did you mean 'group'?"),
        ("source: census", "sauce: census", "f.yaml:4: there is no field 'sauce'; did you mean 'source'?"),
        ("8.1M to 8.4M", "8.4M to 8.1M", "f.yaml:4: 8.4M comes before 8.1M; expected the lower value first"),
        ("8.1M to 8.4M", "8,1M", "f.yaml:4: '8,1M' has a comma that does not group thousands"),
        (
            "unit: piano, ",
            "value: 3, ",
            "f.yaml:11: found value and formula; expected one of value, readings and formula",
        ),
        ("{unit: piano, formula: people * owners}", "lots", "f.yaml:11: found the text 'lots'; expected fields"),
        (", formula: people * owners", "", "f.yaml:11: found neither a value nor a formula; expected one of them"),
        ("people * owners", "people * owner", "f.yaml:11: 'owner' is not known; did you mean 'owners'?"),
        ("with: people", "with: peoples", "f.yaml:10: there is no quantity 'peoples'; did you mean 'people'?"),
        ("rank: -0.5", "rank: -5", "f.yaml:10: found -5; expected a rank correlation from -1 to 1"),
        ("{low: 50, mid: 100, high: 400}", "[50, 400]", "f.yaml:12: found a list; expected text"),
        ("headline: true", "headline: yes", "f.yaml:16: found 'yes'; expected true or false"),
        ("    formula: a_year / known\n", "", "f.yaml:14: 'formula' is missing"),
        ("a_year / known", "a_year / shortage", "f.yaml:17: "),
        ("plausibility: 3:2", "plausibility: 130%", "f.yaml:27: '130%' is more than certain"),
        ("effects: {known:", "effects: {know:", "f.yaml:29: 'know' is no quantity; did you mean 'known'?"),
        (UNLISTED, "{readings: {}}", "f.yaml:30: found no reading; expected one or more"),
        (
            UNLISTED,
            "{shape: normal, low: 0, high: 1, source: census}",
            "f.yaml:30: found shape, low, high beside source; expected the value under `value:` there",
        ),
        (UNLISTED, "{note: as told}", "f.yaml:30: 'value' is missing"),
        (UNLISTED, "{readings: {}, chosen: post}", "f.yaml:30: found no reading; expected one or more"),
        (
            f"{{unlisted: {UNLISTED}}}",
            "\n      unlisted:\n        chosen: post\n        readings: {}",
            "f.yaml:33: found no reading; expected one or more",
        ),
        ("rivals: [other]", "rivals: [otter]", "f.yaml:31: there is no hypothesis 'otter'; did you mean 'other'?"),
        ("rivals: [other]", "rivals: other", "f.yaml:31: 'rivals' is the text 'other'; expected a list"),
        ("status: rejected", "status: reject", "f.yaml:32: found 'reject'; expected open, accepted, rejected, merged"),
        ("date: 2023-03", "date: 2023-13", "f.yaml:37: found '2023-13'; expected a date such as"),
        ("credibility: medium", "credibility: some", "f.yaml:38: 'some' is not a weight; expected low, medium, high"),
        ('ratio: "++"', 'ratio: "+++"', "f.yaml:42: '+++' is not a likelihood ratio; expected ++, +"),
        ("other: 1/3", "othre: 1/3", "f.yaml:43: there is no hypothesis 'othre'; did you mean 'other'?"),
        ("10:00:00Z", "10:00", "f.yaml:46: found '2023-04-05T10:00'; expected a time such as"),
        ("hypothesis: other", "hypothesis: othre", "f.yaml:47: there is no hypothesis 'othre'"),
        ("  song2023:", "  song 2023:", "f.yaml:34: found 'song 2023'; expected a name of letters"),
        ("title: Bells", 'title: ""', "f.yaml:44: found nothing; expected a title"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_expected(old: str, new: str, expected: str) -> None:
    (told,) = replaced(old, new)
    assert told.startswith(expected)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        PIANOS.replace("0.2% to 1%", "lots").replace("people * owners", "people *").replace("Bells", "Bells, tittle: x")
    )
    told = problems(text.replace("uncounted: NA", "uncounted: maybe"))
    assert [int(each.split(":")[1]) for each in told] == [9, 11, 44, 44]


def test_a_second_headline_is_refused() -> None:
    (told,) = replaced("gaps:\n", "gaps:\n  first: {formula: people / 2, headline: true}\n")
    assert told == f"f.yaml:{line('headline: true') + 1}: another gap is the headline; expected one"


def test_exclusive_plausibilities_cannot_exceed_certainty() -> None:
    text = PIANOS.replace("correlation: 0.25", "mode: exclusive")
    # 3:2 is 60% and 1 in 5 is 20%.
    assert sum(h.plausibility for h in read_debate(text).hypotheses.values()) == pytest.approx(0.8)
    (told,) = problems(text.replace("1 in 5", "45%"))
    assert told == "f.yaml:19: the plausibilities of an exclusive debate sum to 105%; expected at most 100%"


def test_a_file_that_would_take_too_long_is_refused() -> None:
    many = "".join(f"  h{number}: {{title: H}}\n" for number in range(101))
    (told,) = problems(f"abduce: 1\ndebate: {{slug: a, title: A}}\nhypotheses:\n{many}")
    assert told == "f.yaml:3: found 101 hypotheses; expected at most 100"


def test_everything_but_slug_and_title_can_be_left_out() -> None:
    assert read_debate("abduce: 1\ndebate: {slug: a, title: A}\ngaps:\nideas:\n") == Debate("a", "A")


def test_bytes_are_read_as_utf_8() -> None:
    data = "abduce: 1\ndebate: {slug: a, title: Café}".encode()
    assert read_debate(data).title == "Café"
    with pytest.raises(BadFile, match=r"f\.yaml:2: found bytes that are not UTF-8 text"):
        read_debate(data.replace("é".encode(), b"\xe9"), "f.yaml")


@explored(30)
@given(debate=debates())
def test_writing_and_reading_gives_the_same_debate_in_the_same_order(debate: Debate) -> None:
    written = write_debate(debate)
    read = read_debate(written)
    assert read == debate
    for field in ("quantities", "gaps", "hypotheses", "evidence"):
        assert list(getattr(read, field)) == list(getattr(debate, field))
    assert [list(q.readings) for q in read.quantities.values()] == [
        list(q.readings) for q in debate.quantities.values()
    ]
    assert write_debate(read) == written


@explored(30)
@given(debate=debates())
def test_what_is_exported_as_json_is_the_same_debate(debate: Debate) -> None:
    written = debate_json(debate)
    read = read_debate(written)
    assert read == debate
    for field in ("quantities", "gaps", "hypotheses", "evidence"):
        assert list(getattr(read, field)) == list(getattr(debate, field))
    assert debate_json(read) == written


def test_no_field_is_lost_in_json() -> None:
    debate = read_debate(PIANOS)
    people = replace(debate.quantities["people"], claim=Claim("8M", "the mayor", "eight million"))
    shortage = replace(debate.gaps["shortage"], unit="", claim=Claim("100", "P4"))
    other = replace(debate.hypotheses["other"], plausibility=5e-05, prior=1e-300)
    debate = replace(
        debate,
        quantities={**debate.quantities, "people": people},
        gaps={"shortage": shortage},
        hypotheses={**debate.hypotheses, "other": other},
    )
    assert read_debate(debate_json(debate)) == debate


@pytest.mark.parametrize("texts", ["😀", "\u202eevil\u2069", "\x1b[31m\x07\x85", "\ufeff\uffff\u2028", '\\ud83d"\\'])
def test_odd_letters_come_back_from_json_and_yaml(texts: str) -> None:
    debate = Debate("a", texts, f"{texts}\n{texts}")
    escaped = debate_json(debate)
    assert read_debate(escaped) == read_debate(write_debate(debate)) == debate
    # Other programs write letters as they are.
    assert read_debate(json.dumps(json.loads(escaped), ensure_ascii=False)) == debate


def test_the_ending_of_the_name_says_which_it_is_and_else_the_text_does() -> None:
    text = '{"abduce": 1, "debate": {"slug": "a", "title": "\\ud83d\\ude00"}}'
    for path in ("x.json", "X.JSON", "standard input", "x"):
        assert read_debate(text, path).title == "😀"
    with pytest.raises(BadFile, match=r"x\.yaml:1: this is not YAML"):
        read_debate(text, "x.yaml")
    flow = "{abduce: 1, debate: {slug: a, title: A}}"
    assert read_debate(flow, "x") == read_debate(flow, "x.yml") == Debate("a", "A")
    with pytest.raises(BadFile, match=r"x\.json:1: this is not JSON: found 'abduce:'"):
        read_debate(flow, "x.json")


def test_what_is_wrong_in_json_is_told_with_its_line() -> None:
    text = debate_json(read_debate(PIANOS)).replace('"mode": "independent"', '"mode": "sometimes",\n"colour": null')
    with pytest.raises(BadFile) as caught:
        read_debate(text, "f.json")
    assert str(caught.value).splitlines() == [
        "f.json:7: found 'sometimes'; expected independent, exclusive",
        "f.json:8: there is no field 'colour'",
    ]


def test_hypotheses_are_written_by_position_and_gaps_in_the_count_are_kept() -> None:
    debate = Debate(
        "a",
        "A",
        hypotheses={
            "late": Hypothesis("late", "Late", position=7),
            "first": Hypothesis("first", "First", position=0),
            "second": Hypothesis("second", "Second", position=1),
        },
        ideas={2: Idea(2, "Two"), 3: Idea(3, "Three"), 9: Idea(9, "Nine")},
    )
    read = read_debate(write_debate(debate))
    assert read == debate
    assert list(read.hypotheses) == ["first", "second", "late"]


def test_a_small_change_is_a_small_diff() -> None:
    before = write_debate(read_debate(PIANOS)).splitlines()
    after = write_debate(read_debate(PIANOS.replace("3:2", "61%"))).splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [("    plausibility: 60%", "    plausibility: 61%")]


def test_what_is_as_usual_is_left_out_and_amounts_are_quoted() -> None:
    debate = read_debate(
        "abduce: 1\ndebate: {slug: a, title: A}\nquantities: {x: {value: 1e6}}\nevidence: {e: {title: E}}\n"
    )
    assert write_debate(debate).split("\n\n", 2)[2] == (
        'quantities:\n  x:\n    value: "1e6"\n\nevidence:\n  e:\n    title: E\n'
    )


@explored(10)
@given(debates())
def test_a_text_to_edit_is_the_same_debate(debate: Debate) -> None:
    assert read_debate(write_debate(debate, to_edit=True)) == read_debate(write_debate(debate))


def test_a_text_to_edit_says_what_another_change_would_move() -> None:
    ideas = {number: Idea(number, f"Idea {number}") for number in (1, 2, 3)}
    debate = Debate("a", "A", hypotheses={"h": Hypothesis("h", "H", plausibility=0.5, prior=0.5)}, ideas=ideas)
    text = write_debate(debate, to_edit=True)
    assert text.count("number: ") == 3
    assert read_debate(text.replace("plausibility: 50%", "plausibility: 80%")).hypotheses["h"].prior == 0.5
    second = "  - number: 2\n    title: Idea 2\n    kind: comment\n    status: new\n\n"
    assert second in text
    assert list(read_debate(text.replace(second, "")).ideas) == [1, 3]


def test_a_place_is_found_in_a_text() -> None:
    ideas = {number: Idea(number, f"Idea {number}") for number in (2, 5)}
    debate = Debate("a", "A", hypotheses={"h": Hypothesis("h", "H")}, ideas=ideas)
    lines = (text := write_debate(debate, to_edit=True)).split("\n")
    assert lines[line_of(text, ("hypotheses", "h", "plausibility")) - 1] == "    plausibility: 50%"
    assert lines[line_of(text, ("title",)) - 1] == "  title: A"
    assert lines[line_of(text, ("ideas", 5, "title")) - 1].strip() == "title: Idea 5"
    assert lines[line_of(text, ("ideas", 3, "title")) - 1] == "ideas:"
    assert line_of(text, ()) == 0


def test_ten_thousand_items_of_evidence_come_through() -> None:
    item = Evidence(
        "key",
        "A title of an ordinary length for a paper",
        ("Somebody", "Somebody else"),
        "2023-03",
        url="https://example.org/10.1000/182",
        finding="A finding in two sentences, as long as people write them. " * 4,
        cluster="some-cluster",
        assessments={
            f"h{n}": Assessment(2, "A reason of one sentence, neither long nor short, as is usual.") for n in range(5)
        },
    )
    debate = Debate(
        "big",
        "Big",
        hypotheses={f"h{n}": Hypothesis(f"h{n}", "H", position=n) for n in range(5)},
        evidence={f"key{n}": replace(item, key=f"key{n}") for n in range(10_000)},
    )
    assert read_debate(write_debate(debate)) == debate


@pytest.mark.parametrize("begin", ["abduce: 1\n", ""])
def test_each_item_of_evidence_tells_its_lines_wherever_the_version_stands(begin: str) -> None:
    # A file that says only at its end that it is a debate is read too.
    text = f"{begin}debate: {{slug: a, title: A}}\nevidence:\n  x:\n    title: X\n    assessments:\n      nobody: 3\n"
    text += "      h: {ratio: 2, why: so}\n  y: {title: Y, size: 3}\nhypotheses:\n  h: {title: H}\n"
    line = 7 if begin else 6
    with pytest.raises(BadFile) as caught:
        read_debate(text + ("" if begin else "abduce: 1\n"), "f.yaml")
    told = str(caught.value).splitlines()
    assert told[0].startswith(f"f.yaml:{line}: ")
    assert "'nobody'" in told[0]
    assert told[1].startswith(f"f.yaml:{line + 2}: ")
    assert "'size'" in told[1]
    shape = {
        "abduce": "1",
        "debate": {"slug": "a", "title": "A"},
        "evidence": {"x": {"title": "X", "assessments": {"h": {"ratio": 2}, "nobody": {"ratio": 3}}}},
        "hypotheses": {"h": {"title": "H"}},
    }
    if not begin:
        shape["abduce"] = shape.pop("abduce")
    with pytest.raises(BadFile, match=r"f.json:\d+: .*'nobody'") as caught:
        read_debate(json.dumps(shape, indent=1), "f.json")
    (problem,) = caught.value.problems
    assert json.dumps(shape, indent=1).splitlines()[problem.line - 1].strip().startswith('"nobody"')


def test_as_many_items_of_evidence_are_read_as_stated_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.file.debate_schema.MOST_EVIDENCE", 3)
    debate = replace(Debate("a", "A"), evidence={f"e{number}": Evidence(f"e{number}", "E") for number in range(4)})
    for write in (write_debate, debate_json):
        with pytest.raises(BadFile, match="more than 3 items of evidence"):
            read_debate(write(debate))
        assert len(read_debate(write(replace(debate, evidence=dict(list(debate.evidence.items())[1:])))).evidence) == 3


def test_ratings_are_counted_in_all_evidence_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.file.debate_schema.MOST_INSIDE", 6)
    item = Evidence("x", "X", authors=("A", "B"), also=("C",), assessments={"h": Assessment(2.0)})
    debate = replace(Debate("a", "A"), hypotheses={"h": Hypothesis("h", "H")}, evidence={"x": item})
    more = replace(debate, evidence={**debate.evidence, "y": replace(item, key="y")})
    for write in (write_debate, debate_json):
        assert read_debate(write(debate)) == debate
        with pytest.raises(BadFile, match="more than 6 ratings, authors and sources"):
            read_debate(write(more))


def test_what_is_wrong_is_told_once_also_where_an_item_is_none() -> None:
    evidence = {"a": {"title": "A", "bad": 1}, "b": {"titel": "B"}, "c": 5}
    shape = {"abduce": "1", "debate": {"slug": "a", "title": "A"}, "evidence": evidence}
    for text in (json.dumps(shape, indent=1), json.dumps(shape, indent=1).replace('"', "")):
        with pytest.raises(BadFile) as caught:
            read_debate(text)
        told = [(problem.line, problem.text) for problem in caught.value.problems]
        assert len(told) == len(set(told)) == 5
