"""Projects of PARC's ACH: gzip of XML in UTF-16, read without entities and within a budget."""

from __future__ import annotations

import gzip

import pytest

from store.errors import BadFile
from store.maps.achz import read_achz
from tests.store.maps.maps import contents_of, debate_of, noted, ratings

PROJECT = """<?xml version="1.0" encoding="UTF-16"?>
<ACH><PROJECT-TITLE>Who broke the pier?</PROJECT-TITLE>
<MATRIX>
<HYPOTHESIS><NAME>Storm</NAME></HYPOTHESIS>
<HYPOTHESIS><NAME>Rot &amp; worms</NAME></HYPOTHESIS>
<EVIDENCE><NAME>Piles broken</NAME><NOTES>At the waterline.</NOTES><LINK>http://example.org/p</LINK><TYPE>Photo</TYPE>
<DATE>3 March 2004</DATE><CODE>E1</CODE><FLAG>true</FLAG><CREDIBILITY>HIGH</CREDIBILITY><VALUES>I I,C C</VALUES>
</EVIDENCE>
<EVIDENCE><NAME>Log</NAME><CREDIBILITY>Low</CREDIBILITY><VALUES>NA,N</VALUES></EVIDENCE>
</MATRIX></ACH>"""


def packed(text: str, encoding: str = "utf-16") -> bytes:
    return gzip.compress(text.encode(encoding), mtime=0)  # tests are named after it


def test_a_project_is_read_with_all_its_fields() -> None:
    debate = debate_of(read_achz, packed(PROJECT), "pier.achz")
    assert (debate.slug, debate.title, debate.mode) == ("who-broke-the-pier", "Who broke the pier?", "exclusive")
    assert [h.title for h in debate.hypotheses.values()] == ["Storm", "Rot & worms"]
    piles, log = debate.evidence.values()
    assert (piles.finding, piles.url, piles.date) == ("At the waterline.", "http://example.org/p", "2004-03-03")
    assert piles.note == "Type: Photo\nCode: E1\nFlagged"
    assert (piles.credibility, log.credibility) == (1.0, 0.5)
    assert ratings(debate) == {
        "piles-broken": {"storm": "--", "rot-worms": "++"},
        "log": {"storm": "n/a", "rot-worms": "0"},
    }


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8"])
def test_the_encoding_is_found_by_looking(encoding: str) -> None:
    assert debate_of(read_achz, packed(PROJECT, encoding)).title == "Who broke the pier?"
    assert debate_of(read_achz, PROJECT.encode(encoding)).title == "Who broke the pier?"


def test_what_is_not_known_is_told_with_its_line_and_the_rest_is_taken() -> None:
    text = PROJECT.replace("<VALUES>NA,N</VALUES>", "<VALUES>NA,X,C</VALUES><MOOD at='x'>grim</MOOD>")
    text = text.replace("<CREDIBILITY>Low<", "<CREDIBILITY>so-so<").replace("</MATRIX>", "<BOGUS>x</BOGUS></MATRIX>")
    debate = debate_of(read_achz, packed(text))
    assert debate.evidence["log"].note == "Values: NA,X,C\nrot-worms: X\nCredibility: so-so"
    assert noted(read_achz, packed(text))[:-1] == [
        (9, "found 3 VALUES for 2 hypotheses; expected one for each"),
        (9, "found 'X' among VALUES; expected CC, C, N, I, II or NA; it is in the note"),
        (9, "found the credibility 'so-so'; expected low, medium, high, or a number from 0 to 1; it is in the note"),
        (9, "MOOD 'grim' of EVIDENCE is not known; it was left out"),
        (10, "BOGUS in the MATRIX is not known; it was left out"),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (packed('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'), "found a declaration of types"),
        (packed('<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'), "found a declaration of types"),
        (packed("<a>&b;</a>"), "this is not XML: undefined entity"),
        (gzip.compress(bytes(50_000_000), mtime=0), "unpacked, the file has more than 4,431,100 bytes"),
        (packed(PROJECT)[:-20], "the file ends too early"),
        (b"\x1f\x8bnothing", "the file is damaged"),
        (packed(PROJECT)[:60] + b"\xff" * 40, "the file is damaged"),
        (packed("<a>" * 41 + "</a>" * 41), "elements are nested more than 40 deep"),
        (packed("<a><b></a>"), "this is not XML: mismatched tag"),
        (packed("<a/>"), "there is no MATRIX in the file"),
        (packed("<a><MATRIX/></a>"), "there is no HYPOTHESIS in the MATRIX"),
        (b"<\0a\0>\0\0\xd8", "found bytes that are not UTF-16-LE text"),
        (b"\xff\x00\x80", "found bytes that are not UTF-8 text"),
        (b"<a>\0</a>", "found the character U.0000"),
        (b"", "this is not XML: no element found"),
    ],
    ids=[
        *("external entity", "entities of entities", "unknown entity", "bomb", "cut", "nothing packed", "damaged"),
        *("deep", "mismatched", "no matrix", "no hypothesis", "half a letter", "no text", "control character", "empty"),
    ],
)
def test_what_is_no_project_or_a_dangerous_one_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(BadFile, match=told):
        contents_of(read_achz, data)
