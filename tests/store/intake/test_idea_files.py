"""Files of ideas, and folders of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hypotheses.idea import Idea
from store.intake.arriving import Rejected, news
from store.intake.idea_files import arrivals, ideas_in

WHOLE = b"""\
ideas:
  - title: Fact stores
    text: They store facts.
    kind: hypothesis
    from: Ana R.
    url: https://example.org/facts
    contact: ana@example.org
    unnamed: true
    hypothesis: waste
  - {title: Another}
"""


def test_a_file_has_one_idea_or_several() -> None:
    first, second = ideas_in(WHOLE, "ideas.yaml")
    assert first == Idea(
        0,
        "Fact stores",
        "They store facts.",
        "hypothesis",
        "Ana R.",
        url="https://example.org/facts",
        contact="ana@example.org",
        unnamed=True,
        hypothesis="waste",
        via="file",
    )
    assert second == Idea(0, "Another", via="file")
    assert list(ideas_in(b'{"title": "Another"}', "x.json")) == [second]
    assert list(ideas_in(b'[{"title": "Another"}]', "x.json")) == [second]


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("title: A\nstatus: accepted", "x.yaml:2", "there is no field 'status'"),
        ("title: A\nnumber: 7", "x.yaml:2", "there is no field 'number'"),
        ("title: A\nreceived: 2020-01-01T00:00:00Z", "x.yaml:2", "there is no field 'received'"),
        ("text: no title", "x.yaml:1", "'title' is missing"),
        ("title: A\nkind: order", "x.yaml:2", "expected"),
        ("title: A\nurl: javascript:alert(1)", "x.yaml:2", "expected an address"),
        ("just words", "x.yaml:1", "expected fields"),
        ("a: &x [*x]", "x.yaml", "1"),
    ],
)
def test_what_a_reader_may_not_say_is_refused_with_its_line(text: str, where: str, reason: str) -> None:
    (rejected,) = ideas_in(text.encode(), "x.yaml")
    assert isinstance(rejected, Rejected)
    assert rejected.where == where
    assert reason in rejected.reason


def test_a_bad_one_does_not_stop_the_rest() -> None:
    kinds = [type(one) for one in ideas_in(b"- {title: A}\n- {titel: B}\n- {title: C}", "x.yaml")]
    assert kinds == [Idea, Rejected, Idea]


def test_a_folder_is_gone_through_and_what_is_none_is_told(tmp_path: Path) -> None:
    tmp_path = tmp_path / "sent"
    tmp_path.mkdir()
    (tmp_path / "a.yaml").write_text("title: A")
    (tmp_path / "b.eml").write_text("Subject: B\n\nb")
    (tmp_path / "c.txt").write_text("C")
    (tmp_path / ".hidden.yaml").write_text("title: H")
    os.mkfifo(tmp_path / "d.yaml")
    found = list(arrivals([tmp_path, tmp_path / "none.yaml"]))
    assert [one.title for one in found if isinstance(one, Idea)] == ["A", "B"]
    reasons = [one.reason for one in found if isinstance(one, Rejected)]
    assert len(reasons) == 3
    assert "expected a name ending in .yaml" in reasons[0]
    assert reasons[1] == "it is no file"
    assert "No such file" in reasons[2]


def test_the_same_words_of_the_same_sender_are_one_idea() -> None:
    here = Idea(0, "Fact  stores", "They store facts.", sender="ana")
    assert list(news([here, here], [])) == [here]
    assert list(news([here], [Idea(1, "fact stores", "They  store facts.", sender="Ana", status="declined")])) == []
    assert list(news([here], [Idea(1, "fact stores", "They store facts.", sender="ben")])) == [here]
