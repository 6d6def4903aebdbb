"""`abduce merge`: two versions of a file, by hand and as a driver of git."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from store.file.debate_file import debate_at
from tests.tui.cli.conftest import Abduce

ROOT = Path(__file__).parents[3]
HEAD = "abduce: 1\ndebate: {slug: tuners, title: Where are the tuners?}\n"


def text_of(unlisted: str, untuned: str = "30%", more: str = "") -> str:
    return (
        f"{HEAD}hypotheses:\n  unlisted: {{title: Not listed, plausibility: {unlisted}, prior: 50%}}\n"
        f"  untuned: {{title: Never tuned, plausibility: {untuned}, prior: 50%}}\nevidence:\n"
        f"  guild: {{title: The guild}}\n{more}"
    )


def written(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_what_fits_together_is_written_to_ours(abduce: Abduce) -> None:
    base = written("base.yaml", text_of("60%"))
    ours = written("ours.yaml", text_of("70%", more="  ana: {title: Of Ana}\n"))
    theirs = written("theirs.yaml", text_of("60%", "40%", "  bob: {title: Of Bob}\n"))
    assert abduce.done("merge", base, ours, theirs).err == ""
    debate = debate_at(Path(ours))
    assert [h.plausibility for h in debate.hypotheses.values()] == [0.7, 0.4]
    assert list(debate.evidence) == ["guild", "ana", "bob"]


def test_a_conflict_ends_with_1_is_told_and_found_by_check_once_it_is_imported(abduce: Abduce) -> None:
    base, ours, theirs = (written(f"{p}.yaml", text_of(f"{p}%")) for p in (60, 70, 80))
    result = abduce("merge", base, ours, theirs, "-o", "-")
    told = "plausibility of the explanation 'unlisted': 70% here, 80% on the other side"
    assert (result.code, result.err) == (1, f"abduce: conflict: {told}\n")
    assert Path(ours).read_text(encoding="utf-8") == text_of("70%")
    written("both.yaml", result.out)
    abduce.done("import", "both.yaml")
    problems = abduce.done("--debate", "tuners", "check", "--json").json["problems"]
    assert [each["place"] for each in problems if each["code"] == "merge"] == ["hypotheses.unlisted.note"]


def test_json_stays_json_and_an_empty_base_is_no_debate_at_all(abduce: Abduce) -> None:
    abduce.done("import", written("t.yaml", text_of("60%")))
    text = abduce.done("--debate", "tuners", "export", "--format", "json").out
    base, ours, theirs = written("empty", ""), written("ours", text), written("theirs", text)
    abduce.done("merge", base, ours, theirs)
    assert json.loads(Path(ours).read_text(encoding="utf-8")) == json.loads(text)


def test_what_cannot_be_merged_is_told_and_changes_nothing(abduce: Abduce) -> None:
    good, bad = written("good.yaml", text_of("60%")), written("bad.yaml", "abduce: 1\nnothing: here\n")
    assert "bad.yaml:1: 'debate' is missing" in abduce("merge", good, good, bad).err
    assert "no.yaml cannot be read" in abduce.refused("merge", good, good, "no.yaml")
    assert "exists already" in abduce.refused("merge", good, good, good, "-o", bad)
    Path("link.yaml").symlink_to("good.yaml")
    assert "is a link" in abduce.refused("merge", good, "link.yaml", good)
    assert Path("good.yaml").read_text(encoding="utf-8") == text_of("60%")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_merges_with_it(tmp_path: Path, home: Path) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    names = {f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **names, "HOME": str(home), "PYTHONPATH": str(ROOT), "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=repository, env=environment, capture_output=True, check=False, timeout=60
        )
        assert done.returncode == code, done
        return done.stdout.decode()

    def commit(text: str) -> None:
        (repository / "t.debate.yaml").write_text(text, encoding="utf-8")
        git("commit", "-qam", "changed")

    git("init", "-q", "-b", "main")
    git("config", "merge.abduce.driver", f"'{sys.executable}' -m tui merge %O %A %B")
    (repository / ".gitattributes").write_text("*.debate.yaml merge=abduce\n", encoding="utf-8")
    (repository / "t.debate.yaml").write_text(text_of("60%"), encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "begun")
    git("branch", "other")
    commit(text_of("70%", more="  ana: {title: Of Ana}\n"))
    git("switch", "-q", "other")
    commit(text_of("60%", "40%", "  bob: {title: Of Bob}\n"))
    git("merge", "-q", "--no-edit", "main")
    debate = debate_at(repository / "t.debate.yaml")
    assert [h.plausibility for h in debate.hypotheses.values()] == [0.7, 0.4]
    assert sorted(debate.evidence) == ["ana", "bob", "guild"]
    git("switch", "-q", "main")
    commit(text_of("80%", more="  ana: {title: Of Ana}\n"))
    git("switch", "-q", "other")
    commit(text_of("90%", "40%", "  ana: {title: Of Ana}\n  bob: {title: Of Bob}\n"))
    git("merge", "-q", "--no-edit", "main", code=1)
    assert "UU t.debate.yaml" in git("status", "--short")
    debate = debate_at(repository / "t.debate.yaml")
    assert debate.hypotheses["unlisted"].plausibility == 0.9
    assert "[[merge: plausibility" in debate.hypotheses["unlisted"].note
