"""What entries have from others: over several levels, in any case, and without an end to go round in."""

from __future__ import annotations

import time

from tests.store.references.reading import notes, one, references


def test_several_levels() -> None:
    chapter, *_ = references(
        "@inbook{c, title = {Chapter}, crossref = {B}}\n"
        "@book{b, title = {Book}, crossref = {m}, doi = {10.5555/b}}\n"
        "@mvbook{m, title = {Volumes}, author = {Bo Lee}, year = 2001, url = {https://example.org}}\n"
    )
    found = chapter.source
    assert (found.title, found.source, found.authors, found.date) == ("Chapter", "Book", ("Bo Lee",), "2001")
    assert (found.doi, found.url) == ("", "")


def test_what_is_said_once_for_several() -> None:
    text = (
        "@misc{a, title = {A}, xdata = {names, places}}\n"
        "@xdata{names, author = {Bo Lee}, xdata = {more}}\n"
        "@xdata{places, publisher = {Imaginary Press}, doi = {10.5555/x}}\n"
        "@xdata{more, year = 2001, url = {https://example.org}}\n"
    )
    found = one(text)
    assert (found.authors, found.source, found.date) == (("Bo Lee",), "Imaginary Press", "2001")
    assert (found.doi, found.url) == ("", "")
    assert notes(text) == []


def test_its_own_goes_before_what_it_refers_to() -> None:
    part, _ = references(
        "@inproceedings{a, title = {Part}, year = 2002, booktitle = {Mine}, crossref = {b}}\n"
        "@proceedings{b, title = {Whole}, year = 2001}"
    )
    assert (part.source.date, part.source.source) == ("2002", "Mine")


def test_who_refers_to_itself_or_to_nobody_has_nothing_from_there() -> None:
    assert one("@misc{a, title={T}, crossref={a}}").title == "T"
    circle = (
        "@misc{a, title={A}, crossref={b}}\n@misc{b, title={B}, crossref={c}, year=2001}\n"
        "@misc{c, title={C}, xdata={a}}"
    )
    assert [each.source.title for each in references(circle)] == ["A", "B", "C"]
    assert notes("@misc{a, title={T}, crossref={gone}}") == ["1: a: there is no entry 'gone' that it refers to"]


def test_levels_that_branch_take_little_time() -> None:
    # without an end each level would ask three times as often as the one above: 3 to the 60
    levels = [f"@misc{{k{n}, title = {{T}}, xdata = {{k{n + 1}, k{n + 1}, k{n + 1}}}}}" for n in range(60)]
    start = time.process_time()
    assert len(references("\n".join(levels))) == 60
    assert time.process_time() - start < 5
