"""Matrices as CSV or Markdown: heads become explanations, rows evidence, whatever the cells are written in."""

from __future__ import annotations

import pytest

from store.errors import BadFile
from store.maps.matrix import read_matrix
from tests.store.maps.maps import contents_of, debate_of, noted, ratings

LETTERS = """\
Evidence,H1 Storm,H2 Rot,H3 Ship,Credibility
Piles broken at waterline,I,CC,N,High
Log shows no traffic,C,C,II,Medium
"""
SHARED = (0, "one explanation is taken to be true, as in ACH, or none; each begins at 30.0%")


def test_letters_are_read_with_their_ratios_and_credibility() -> None:
    debate = debate_of(read_matrix, LETTERS, "who-broke_the-pier.csv")
    assert (debate.slug, debate.title, debate.mode) == ("who-broke-the-pier", "who broke the pier", "exclusive")
    assert [h.title for h in debate.hypotheses.values()] == ["H1 Storm", "H2 Rot", "H3 Ship"]
    assert ratings(debate) == {
        "piles-broken-at-waterline": {"h1-storm": "-", "h2-rot": "++", "h3-ship": "0"},
        "log-shows-no-traffic": {"h1-storm": "+", "h2-rot": "+", "h3-ship": "--"},
    }
    assert [item.credibility for item in debate.evidence.values()] == [1.0, 0.75]


def test_explanations_share_what_ach_leaves_open_and_nobody_has_said_so() -> None:
    """Nine tenths over three are 30% each; a tenth is left for none of these."""
    debate = debate_of(read_matrix, LETTERS)
    assert [(h.plausibility, h.prior, h.placeholder) for h in debate.hypotheses.values()] == [(0.3, 0.3, True)] * 3
    assert noted(read_matrix, LETTERS) == [SHARED]


def test_a_table_of_markdown_is_read_with_its_heading_and_the_text_around() -> None:
    text = """\
# Who broke the *pier*?

Found in May.

| Evidence | H1 Storm | H2 Rot |
|---|:---:|---|
| Piles **broken**, [photo](https://example.org/p) | -- | `++` |
| No \\| traffic | N/A | + |

By Ines.

| Other | Table |
|---|---|
| a | b |
"""
    debate = debate_of(read_matrix, text, "x.md")
    assert (debate.title, debate.question) == ("Who broke the *pier*?", "Found in May.\n\n\nBy Ines.")
    assert ratings(debate) == {
        "piles-broken-photo": {"h1-storm": "--", "h2-rot": "++"},
        "no-traffic": {"h1-storm": "n/a", "h2-rot": "+"},
    }
    assert [item.title for item in debate.evidence.values()] == ["Piles broken, photo", "No | traffic"]
    assert debate.evidence["piles-broken-photo"].url == "https://example.org/p"
    assert (12, "a further table was left out") in noted(read_matrix, text)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_whatever_stands_between_the_values_is_found_out(delimiter: str) -> None:
    assert ratings(debate_of(read_matrix, LETTERS.replace(",", delimiter))) == ratings(debate_of(read_matrix, LETTERS))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    debate = debate_of(read_matrix, "Evidence,Müller\nSäule,C\n".encode(encoding))
    assert ratings(debate) == {"saule": {"muller": "+"}}


def test_that_a_file_is_not_utf8_is_said_with_the_line_that_shows_it() -> None:
    notes = noted(read_matrix, "Evidence,H1\nPier,C\nSäule,C\n".encode("cp1252"))
    assert (3, "found bytes that are not UTF-8 text; the file was read as Windows-1252") in notes


def test_numbers_are_likelihood_ratios_unless_one_is_negative() -> None:
    debate = debate_of(read_matrix, "Evidence,A,B\nx,3,0.5\ny,0,1/3\nz,0.8 vs 0.1,\n")
    cells = {key: [cell.ratio for cell in item.assessments.values()] for key, item in debate.evidence.items()}
    assert cells == {"x": [3, 0.5], "y": [1, 1 / 3], "z": [8.0]}
    assert (
        1,
        "the numbers were taken for likelihood ratios: 3 is three times likelier if the explanation is true,"
        " and 0 is the sign for neither",
    ) in noted(read_matrix, "Evidence,A,B\nx,3,0.5\ny,0,1/3\n")


def test_scores_are_read_as_the_five_signs_and_said_to_be() -> None:
    text = "Evidence,A,B\nx,2,-1\ny,0,-2\nz,+1,−2\n"
    debate = debate_of(read_matrix, text)
    assert ratings(debate) == {"x": {"a": "++", "b": "-"}, "y": {"a": "0", "b": "--"}, "z": {"a": "+", "b": "--"}}
    told = "the numbers were taken for scores: 2 is ++ (10), 1 is + (3), 0 is 0 (1), -1 is - (1/3), -2 is -- (1/10)"
    assert (1, told) in noted(read_matrix, text)


def test_scores_to_three_lie_between_ten_and_a_tenth_in_proportion() -> None:
    """10 ** (3/3) = 10, 10 ** (-3/3) = 1/10, 10 ** (0/3) = 1."""
    debate = debate_of(read_matrix, "Evidence,A,B,C\nx,3,-3,0\n")
    assert [cell.ratio for cell in debate.evidence["x"].assessments.values()] == [10.0, 0.1, 1.0]


def test_a_reason_beside_a_rating_is_kept_with_it() -> None:
    (item,) = debate_of(read_matrix, "Evidence,A,B\nx,II (no ship was out),C: one would see it\n").evidence.values()
    assert [cell.why for cell in item.assessments.values()] == ["no ship was out", "one would see it"]


def test_what_is_no_rating_stands_in_the_note_and_is_told() -> None:
    text = "Evidence,A,B\nx,CC,dunno\ny,?,C\n"
    debate = debate_of(read_matrix, text)
    assert ratings(debate) == {"x": {"a": "++"}, "y": {"b": "+"}}
    assert debate.evidence["x"].note == "B: dunno"
    assert (2, "found 'dunno' under 'B', which is no rating; it is in the note") in noted(read_matrix, text)


def test_columns_that_are_known_become_fields_and_others_stand_in_the_note() -> None:
    text = (
        "Key;Evidence;A;Relevance;Date;Link;Analyst;Notes\n"
        "e-1;Piles;CC;60%;2004-03-12;http://example.org/p;Bo;seen\n"
        "e-2;Log;C;0,8;spring;;;\n"
        "e-3;Net;I;much;;;;\n"
    )
    debate = debate_of(read_matrix, text)
    piles, log, net = debate.evidence.values()
    assert (piles.key, piles.relevance, piles.date, piles.url) == ("e-1", 0.6, "2004-03-12", "http://example.org/p")
    assert piles.note == "seen\nAnalyst: Bo"
    assert (log.relevance, log.date, log.note) == (0.8, "", "Date: spring")
    assert (net.relevance, net.note) == (None, "Relevance: much")
    assert (3, "the date 'spring' is no date; it is in the note") in noted(read_matrix, text)


def test_a_column_of_numbers_beside_letters_is_no_explanation() -> None:
    debate = debate_of(read_matrix, "Evidence,A,Page\nx,CC,12\n")
    assert list(debate.hypotheses) == ["a"]
    assert debate.evidence["x"].note == "Page: 12"


def test_rows_that_add_up_and_rows_without_words_are_left_out_with_their_lines() -> None:
    text = "Evidence,A\nx,CC\n,C\nInconsistency score,0\n"
    assert list(debate_of(read_matrix, text).evidence) == ["x"]
    assert noted(read_matrix, text)[:2] == [
        (3, "a row names no evidence; it was left out"),
        (4, "the row 'Inconsistency score' was left out; scores are worked out anew"),
    ]


def test_hypotheses_may_be_the_rows() -> None:
    debate = debate_of(read_matrix, "Hypothesis,Piles broken,No traffic\nStorm,I,C\nRot,CC,\n")
    assert ratings(debate) == {"piles-broken": {"storm": "-", "rot": "++"}, "no-traffic": {"storm": "+"}}


def test_a_title_alone_before_the_table_is_that_of_the_debate() -> None:
    assert debate_of(read_matrix, f"Pier study\n\n{LETTERS}").title == "Pier study"


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    debate = debate_of(read_matrix, 'Evidence,A\n"5"" nails",C\n6" nails,CC\n"open,I\nlast,N\n')
    assert [item.title for item in debate.evidence.values()] == ['5" nails', '6" nails', '"open', "last"]


def test_a_cell_over_several_lines_is_one_title_and_lines_go_on_counting() -> None:
    text = 'Evidence,A\n"Piles\nbroken",C\nx,wrong\n'
    assert [item.title for item in debate_of(read_matrix, text).evidence.values()] == ["Piles broken", "x"]
    assert (4, "found 'wrong' under 'A', which is no rating; it is in the note") in noted(read_matrix, text)


def test_the_apostrophe_that_keeps_spreadsheets_from_reckoning_is_taken_off() -> None:
    assert ratings(debate_of(read_matrix, "Evidence,A,B\n'=1+1,'--,'+\n")) == {"1-1": {"a": "--", "b": "+"}}


def test_our_own_matrices_come_back_with_every_column_of_ratings() -> None:
    text = (
        "key,title,date,cluster,credibility,relevance,retracted,diagnosticity,storm,rot,ice\n"
        'x-1,"\'=Piles, broken",2004-03,piles,high,,,1.2,7.0,++,\nx-2,Log,,,,0.3,yes,0.0,0.25,n/a,\n'
    )
    debate = debate_of(read_matrix, text)
    assert ratings(debate) == {"x-1": {"storm": "7", "rot": "++"}, "x-2": {"storm": "0.25", "rot": "n/a"}}
    piles, log = debate.evidence.values()
    assert (piles.title, piles.cluster, piles.credibility, piles.retracted) == ("=Piles, broken", "piles", 1.0, False)
    assert (log.relevance, log.retracted) == (0.3, True)
    assert list(debate.hypotheses) == ["storm", "rot", "ice"]


def test_a_title_that_is_no_line_stands_whole_in_the_finding() -> None:
    debate = debate_of(read_matrix, f"Evidence,A\n{'word ' * 100},C\n")
    (item,) = debate.evidence.values()
    assert (len(item.title) <= 300, item.finding) == (True, ("word " * 100).strip())


def test_the_same_words_twice_are_two_pieces_of_evidence() -> None:
    assert list(debate_of(read_matrix, "Evidence,A\nx,C\nx,I\n").evidence) == ["x", "x-2"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "pier.txt: there is no table in the file; expected columns of ratings such as"),
        ("a,b\n1 of,2 of\n", "pier.txt:1: found the columns 'a', 'b'; expected columns of ratings such as"),
        ("Evidence,A\n", "pier.txt:1: found the columns 'Evidence', 'A'; expected columns of ratings"),
        ("Evidence,A\nx,C\n\0", "pier.txt:3: found the character U+0000; expected text"),
        ("Evidence," * 1_001, "pier.txt:1: there are more than 1,000 columns; expected at most that"),
    ],
)
def test_what_is_no_matrix_is_refused_in_a_sentence(text: str, told: str) -> None:
    with pytest.raises(BadFile) as refused:
        contents_of(read_matrix, text)
    assert str(refused.value).startswith(told)


def test_more_explanations_than_a_debate_has_are_left_out_and_told() -> None:
    head = ",".join(f"H{n}" for n in range(101))
    text = f"Evidence,{head}\nx{',C' * 101}\n"
    debate = debate_of(read_matrix, text)
    assert len(debate.hypotheses) == len(debate.evidence["x"].assessments) == 100
    assert (1, "there are more than 100 explanations; 'H100' was left out") in noted(read_matrix, text)


def test_what_is_too_long_for_its_field_is_told() -> None:
    link, author, cluster = f"https://example.org/{'x' * 400}", "a" * 400, "c" * 400
    text = f"Evidence,Authors,Cluster,Link,A,B\nx,{author},{cluster},https://example.org/ {link},C,I\n"
    debate = debate_of(read_matrix, text)
    (item,) = debate.evidence.values()
    assert (item.url, item.also) == ("https://example.org/", ())
    assert [len(each) for each in (*item.authors, item.cluster)] == [300, 300]
    assert [told for _, told in noted(read_matrix, text)][:3] == [
        f"the link 'https://example.org/{'x' * 37}…' has 420 characters; it was left out",
        "an author has 400 characters; the first 300 were kept",
        "the cluster has 400 characters; the first 300 were kept",
    ]
