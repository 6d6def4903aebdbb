"""What is decided of readers' ideas by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.debate_store import DebateStore
from tests.store.conftest import small_debate
from tests.tui.cli.conftest import Abduce


@pytest.fixture
def tuners(abduce: Abduce) -> Abduce:
    """The program, on a debate of its own."""
    with DebateStore.open() as store:
        store.add_debate(small_debate())
        store.open_debate("piano-tuners")
    return abduce


def submitted(abduce: Abduce, title: str, *options: str) -> tuple[str, str]:
    """Send an idea in; return its number and its reference."""
    said = abduce.done("idea", "submit", title, "--text", "What it says.", *options).err
    return said.split()[2], said.split()[-1]


def shown(abduce: Abduce, idea: str) -> dict[str, object]:
    found: dict[str, object] = abduce.done("idea", "show", idea, "--json").json
    return found


def test_a_sender_is_given_a_reference_and_asks_by_it(tuners: Abduce) -> None:
    number, reference = submitted(tuners, "They share", "--from", "Ana R.", "--contact", "ana@example.org")
    assert shown(tuners, reference) == shown(tuners, number)
    assert (shown(tuners, number)["from"], shown(tuners, number)["via"]) == ("Ana R.", "command line")
    for form in ("json", "md"):
        published = tuners.done("export", "--format", form).out
        assert reference not in published
        assert "ana@example.org" not in published
    tuners.done("idea", "decline", reference, "--reason", "Said already.")
    assert "reason    Said already." in tuners.done("idea", "show", reference).out
    assert "there is no idea 'nowhere'" in tuners.refused("idea", "show", "nowhere")


def test_one_becomes_an_explanation_and_its_sender_is_thanked_and_undo_brings_it_back(tuners: Abduce) -> None:
    number, _ = submitted(tuners, "They share", "--kind", "hypothesis", "--from", "Ana R.")
    said = tuners.done("idea", "accept", number, "--plausibility", "20%", "--name", "shared").err
    assert f"idea {number} is the explanation 'shared'" in said
    assert "thanks to      Ana R." in tuners.done("show", "shared").out
    assert "They share (from Ana R" in tuners.done("export", "--form", "post").out
    assert "is accepted already" in tuners.refused("idea", "decline", number, "--reason", "No.")
    tuners.done("undo")
    assert shown(tuners, number)["status"] == "new"
    assert "no hypothesis 'shared'" in tuners.refused("show", "shared")


def test_a_sender_who_asked_not_to_be_named_is_not(tuners: Abduce) -> None:
    number, _ = submitted(tuners, "They share", "--kind", "hypothesis", "--from", "Ana R.", "--unnamed")
    tuners.done("idea", "accept", number)
    assert "Ana" not in tuners.done("export", "--form", "report").out
    assert "Ana" not in tuners.done("show", "they-share").out
    assert "not to be named" in tuners.done("idea", "show", number).out


def test_one_becomes_evidence_a_reading_or_a_comment(tuners: Abduce) -> None:
    evidence, _ = submitted(tuners, "A count", "--kind", "evidence", "--url", "https://example.org/count")
    tuners.done("idea", "accept", evidence, "--rate", "uncounted=++", "--name", "count24")
    assert "uncounted:++" in tuners.done("evidence", "list").out
    reading, _ = submitted(tuners, "More own one", "--kind", "estimate", "--from", "Ben")
    assert "a reading needs --of" in tuners.refused("idea", "accept", reading, code=2)
    said = tuners.done("idea", "accept", reading, "--of", "owners", "--value", "2%", "--use").err
    assert f"idea {reading} is the reading 'ben' of owners" in said
    comment, _ = submitted(tuners, "Well said")
    assert "is about no explanation" in tuners.refused("idea", "accept", comment)
    tuners.done("idea", "accept", comment, "--on", "count24")
    assert f"(idea {comment})" in tuners.done("comment", "list", "--evidence", "count24").out


def test_several_are_decided_as_one_change(tuners: Abduce) -> None:
    numbers = [submitted(tuners, f"Idea {each}", "--kind", "hypothesis")[0] for each in "abc"]
    tuners.done("idea", "accept", *numbers[:2])
    tuners.done("undo")
    assert [shown(tuners, each)["status"] for each in numbers] == ["new"] * 3
    tuners.done("idea", "mark", "later", *numbers)
    assert all(each in tuners.done("idea", "list", "--open").out for each in ("Idea a", "Idea b", "Idea c"))
    told = tuners.refused("idea", "accept", *numbers, "--plausibility", "1%", code=2)
    assert "--plausibility is for one idea" in told


def test_one_is_merged_a_duplicate_or_parted(tuners: Abduce) -> None:
    first, reference = submitted(tuners, "They share", "--from", "Ana R.")
    second, _ = submitted(tuners, "They share pianos")
    tuners.done("idea", "mark", "duplicate", second, "--of", reference)
    assert shown(tuners, second)["became"] == [f"idea:{first}"]
    tuners.done("idea", "merge", first, "uncounted", "--reason", "The same.")
    assert "thanks to      Ana R." in tuners.done("show", "uncounted").out
    third, _ = submitted(tuners, "Two things")
    said = tuners.done("idea", "split", third, "--text", "One\nIt is.\n---\nAnother").err
    assert "One" in said
    assert "Another" in said
    assert shown(tuners, third)["became"] == ["idea:5", "idea:6"]
    fourth, _ = submitted(tuners, "One thing")
    assert "expected two or more" in tuners.refused("idea", "split", fourth, "--text", "One")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--kind", "comment", "--rate", "fewer=2"), "--rate does not go with --kind comment"),
        (("--kind", "explanation", "--value", "2"), "--value does not go with --kind explanation"),
        (("--kind", "evidence", "--rate", "fewer"), "has no =; expected --rate HYPOTHESIS=RATIO"),
    ],
)
def test_options_of_something_else_are_refused(tuners: Abduce, options: tuple[str, ...], told: str) -> None:
    number, _ = submitted(tuners, "They share")
    assert told in tuners.refused("idea", "accept", number, *options, code=2)
    assert shown(tuners, number)["status"] == "new"


def test_what_readers_sent_is_taken_in_once_and_what_is_none_is_kept_aside(tuners: Abduce, tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / "a.yaml").write_text("- {title: They share, kind: hypothesis, from: Ana R.}\n- {titel: No}\n")
    (sent / "b.mbox").write_text(
        "From x@example.org Mon Jan  1 10:00:00 2024\n\n\n\n"
        "From x@example.org Mon Jan  1 10:00:00 2024\nFrom: Ben <x@example.org>\nSubject: By mail\n\nWords.\n"
    )
    (sent / "c.yaml").write_text("title: About nothing\nhypothesis: gone\n")
    dry = tuners.done("inbox", "pull", str(sent), "--dry-run").err
    assert "would take in: By mail, from Ben" in dry
    assert "2 would be taken in, 3 not taken in" in dry
    said = tuners.done("inbox", "pull", str(sent)).err
    assert "its reference is" in said
    assert "a.yaml:2: 'title' is missing" in said
    assert "there is no hypothesis 'gone'" in said
    assert "2 taken in, 3 not taken in" in said
    (aside,) = (tuners.home / "aside").glob("*.eml")
    assert "found neither a subject nor a text" in aside.with_suffix(".txt").read_text()
    assert "0 taken in, 2 there already" in tuners.done("inbox", "pull", str(sent / "a.yaml"), str(sent / "b.mbox")).err
    tuners.done("undo")
    assert "By mail" not in tuners.done("idea", "list").out
    assert "nothing could be taken in" in tuners("inbox", "pull", str(sent / "c.yaml")).err


def test_mail_and_files_of_ideas_are_imported_into_the_inbox(tuners: Abduce, tmp_path: Path) -> None:
    (tmp_path / "box.mbox").write_text(
        "From x@example.org Mon Jan  1 10:00:00 2024\nFrom: Ben <x@example.org>\nSubject: By mail\n\nWords.\n\n"
        "From x@example.org Mon Jan  1 10:00:00 2024\n\n\n\n"
    )
    (tmp_path / "one.EML").write_text("From: Ana <a@example.org>\nSubject: Re: One\n\nWords.\n")
    (tmp_path / "ideas.yaml").write_text("# sent in May\n- title: In YAML\n  text: |\n    debate: none\n")
    (tmp_path / "ideas.json").write_text('{"ideas": [{"title": "In JSON"}]}')
    folder = tmp_path / "folder"
    folder.mkdir()
    tuners.done("export", "-o", "folder/whole.yaml")
    (folder / "again.eml").write_bytes((tmp_path / "one.EML").read_bytes())
    files = ("box.mbox", "one.EML", "ideas.yaml", "ideas.json", "folder")
    dry = tuners.done("import", "--dry-run", *files).err
    assert "would take in: By mail, from Ben" in dry
    assert not (tuners.home / "aside").exists()
    assert "By mail" not in tuners.done("idea", "list").out
    said = tuners.done("import", *files).err
    assert "imported box.mbox into piano-tuners: 1 taken in, 1 not taken in" in said
    assert "folder/whole.yaml: this is a debate; `abduce import` takes it in" in said
    assert "imported folder into piano-tuners: 0 taken in, 1 there already, 1 not taken in" in said
    listed = tuners.done("idea", "list").out
    assert all(title in listed for title in ("By mail", "One", "In YAML", "In JSON"))
    (aside,) = (tuners.home / "aside").glob("*.eml")
    assert aside.with_suffix(".txt").read_text().startswith("box.mbox, message 2: ")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.eml", "\n\n", "a.eml: found neither a subject nor a text; expected one of the two"),
        ("a.mbox", "what?", "a.mbox: found no mailbox; expected it to begin with `From `"),
        ("none.eml", None, "none.eml cannot be read: No such file or directory"),
        ("a.yaml", "- titel: No\n", "a.yaml:1: 'title' is missing"),
        ("a.yaml", "hello: 1\n", "a.yaml:1: this is no debate file; expected it to begin with `abduce: 1`"),
        ("a.json", '[{"id": "x"}]', "a.json:1: x: it has no title; left out"),
    ],
)
def test_what_is_no_idea_is_not_imported(
    tuners: Abduce, tmp_path: Path, name: str, text: str | None, sentence: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    (tmp_path / "good.eml").write_text("Subject: Good\n\nWords.\n")
    assert sentence in tuners("import", "good.eml", name).err
    assert "Good" not in tuners.done("idea", "list").out


def test_the_reading_of_a_sender_who_asked_not_to_be_named_bears_no_name(tuners: Abduce) -> None:
    number, _ = submitted(tuners, "Fewer", "--kind", "estimate", "--from", "Ana R.", "--unnamed")
    with DebateStore.open() as store:
        of = next(one.symbol for one in store.load("piano-tuners").quantities.values() if not one.formula)
    tuners.done("idea", "accept", number, "--of", of, "--value", "10")
    with DebateStore.open() as store:
        made = store.load("piano-tuners").quantities[of].readings
    assert f"idea-{number}" in made
    assert "ana" not in repr(made).casefold()


def test_several_are_taken_up_once_each_for_one_reason(tuners: Abduce) -> None:
    one, _ = submitted(tuners, "They share", "--kind", "hypothesis")
    other, _ = submitted(tuners, "A count", "--kind", "evidence")
    tuners.done("idea", "accept", one, other, one, "--why", "Both were asked for.")
    assert {shown(tuners, number)["status"] for number in (one, other)} == {"accepted"}
    with DebateStore.open() as store:
        assert store.history("piano-tuners")[0].why == "Both were asked for."
