"""`debates`, `new`, `show`, `export`, `import`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hypotheses.problems import NotFound
from tests.tui.cli.conftest import Abduce

SMALL = """abduce: 1
debate: {slug: piano-tuners, title: How many piano tuners?}
hypotheses:
  uncounted: {title: Most are not listed, plausibility: 60%}
  moved: {title: Most have moved away, plausibility: 30%}
evidence:
  song2023: {title: A survey, assessments: {uncounted: "++", moved: "-"}}
"""


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "small.debate.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return str(path)


def test_show_json_has_exactly_the_fixed_names(abduce: Abduce) -> None:
    shown = abduce.done("show", "--json").json
    assert list(shown) == ["debate", "mode", "hypotheses"]
    assert (shown["debate"], shown["mode"]) == ("vision-efficiency", "independent")
    assert list(shown["hypotheses"][0]) == [
        *["rank", "slug", "title", "status", "settled", "plausibility", "word", "prior", "prior_on"],
        *["implied", "implied_low", "implied_high", "first_under", "evidence_for", "evidence_against"],
    ]
    assert [(h["rank"], h["plausibility"], h["word"]) for h in shown["hypotheses"]] == [
        (1, 0.6, "likely"),
        (2, 0.45, "roughly even chance"),
        (3, 0.4, "unlikely"),
        (4, 0.1, "very unlikely"),
        (5, 0.08, "very unlikely"),
    ]


def test_the_implied_plausibility_of_a_small_debate(abduce: Abduce, small: str) -> None:
    # Odds 60:40 times 10 are 15:1, so 15/16; odds 30:70 times 1/3 are 1:7, so 1/8.
    abduce.done("new", small)
    shown = abduce.done("show", "--json").json["hypotheses"]
    assert [h["implied"] for h in shown] == pytest.approx([15 / 16, 1 / 8])
    assert [(h["evidence_for"], h["evidence_against"]) for h in shown] == [(1, 0), (0, 1)]


ORDER = ("unfair-comparison", "copied-filters", "diffusion-steps", "superhuman-llms", "wasteful-llms")


def test_show_for_people_has_the_ranking(abduce: Abduce) -> None:
    lines = abduce.done("show").out.splitlines()
    assert lines[0] == "Why are vision models so parameter-efficient?"
    # The question, in paragraphs as wide as the terminal.
    assert lines[2].startswith("An image generator of less than a billion parameters")
    table = lines[next(n for n, line in enumerate(lines) if line.startswith("#")) + 1 :]
    assert [line.split()[:2] for line in table[:5]] == [[str(rank), slug] for rank, slug in enumerate(ORDER, 1)]
    assert "60%?" in table[0]
    assert "likely" in table[0]
    assert table[6] == "The evidence puts unfair-comparison first under 4 of 6 doubts: not firm"
    assert table[7] == "? a starting figure that nobody has set"


@pytest.mark.parametrize("name", ["copied-filters", "copied", "2"])
def test_a_hypothesis_is_named_by_slug_prefix_or_rank(abduce: Abduce, name: str) -> None:
    assert abduce.done("show", name).out.startswith("2. The brain has to copy its filters [copied-filters, open]")
    assert [h["slug"] for h in abduce.done("show", name, "--json").json["hypotheses"]] == ["copied-filters"]


def test_an_unknown_hypothesis_is_refused_with_the_nearest(abduce: Abduce) -> None:
    assert "did you mean 'copied-filters'?" in abduce.refused("show", "copied-filtres")
    assert "expected 1 to 5" in abduce.refused("show", "6")
    assert "there is no hypothesis ''" in abduce.refused("show", "")


def test_an_ambiguous_prefix_is_refused_with_the_choices(abduce: Abduce) -> None:
    abduce.done("hypothesis", "add", "Copied wires")
    assert "copied-filters or copied-wires" in abduce.refused("show", "copied")


def test_debates_lists_every_debate_the_last_opened_first(abduce: Abduce, small: str) -> None:
    abduce.done("new", small)
    debates = abduce.done("debates", "--json").json["debates"]
    assert debates[0] == {
        "slug": "piano-tuners",
        "title": "How many piano tuners?",
        "hypotheses": 2,
        "evidence": 1,
        "new_ideas": 0,
        "shelf": "",
    }
    assert debates[1]["slug"] == "vision-efficiency"
    assert (debates[1]["evidence"], debates[1]["new_ideas"]) == (85, 10)
    assert "piano-tuners" in abduce.done("debates").out


def test_a_new_debate_is_the_one_the_next_command_is_about(abduce: Abduce) -> None:
    assert (
        abduce.done("new", "Why is the sky dark?").err == "abduce: started why-is-the-sky-dark: Why is the sky dark?\n"
    )
    assert abduce.done("show", "--json").json == {
        "debate": "why-is-the-sky-dark",
        "mode": "independent",
        "hypotheses": [],
    }
    assert abduce.done("--debate", "vision-efficiency", "show", "--json").json["debate"] == "vision-efficiency"


def test_the_debate_option_is_taken_before_and_after_the_command(abduce: Abduce, small: str) -> None:
    abduce.done("import", small)
    for arguments in (["--debate", "piano-tuners", "idea", "list"], ["idea", "list", "--debate", "piano-tuners"]):
        assert abduce.done(*arguments, "--json").json["debate"] == "piano-tuners"
    assert abduce.done("idea", "--debate", "piano-tuners", "list", "--json").json["debate"] == "piano-tuners"
    assert "did you mean 'piano-tuners'?" in abduce.refused("show", "--debate", "piano-tuner")


def test_the_db_option_names_another_database(abduce: Abduce, tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    abduce.done("--db", other, "plausibility", "1", "90%")
    assert abduce.done("show", "--db", other, "--json").json["hypotheses"][0]["plausibility"] == 0.9
    assert abduce.done("show", "--json").json["hypotheses"][0]["plausibility"] == 0.6


def test_a_database_that_is_not_ours_is_refused(abduce: Abduce, tmp_path: Path) -> None:
    (tmp_path / "junk.db").write_bytes(b"this is no database at all, but it is long enough to look like a file" * 20)
    assert "junk.db" in abduce.refused("--db", str(tmp_path / "junk.db"), "show")


def test_yaml_export_and_import_give_the_same_debate_back(abduce: Abduce, tmp_path: Path) -> None:
    path, other = str(tmp_path / "out.yaml"), str(tmp_path / "other.db")
    abduce.done("export", "-o", path)
    abduce.done("--db", other, "import", "--replace", path)
    assert abduce.done("export", "--format", "yaml").out == Path(path).read_text(encoding="utf-8")
    assert abduce.done("--db", other, "export", "--format", "yaml").out == Path(path).read_text(encoding="utf-8")


def test_an_import_does_not_replace_unasked(abduce: Abduce, small: str) -> None:
    abduce.done("import", small)
    assert "--replace" in abduce.refused("import", small)
    abduce.done("import", "--replace", small)


def test_a_bad_file_is_refused_with_its_lines_and_nothing_is_taken_in(
    abduce: Abduce, small: str, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(SMALL.replace("60%", "130%").replace('"++"', "maybe"), encoding="utf-8")
    result = abduce("import", small, str(bad))
    assert result.code == 1
    first, second = result.err.splitlines()
    assert f" {bad}:4: " in first
    assert f" {bad}:7: " in second
    assert "piano-tuners" not in abduce.done("debates").out


def test_files_are_taken_in_together_or_not_at_all(abduce: Abduce, small: str, tmp_path: Path) -> None:
    abduce.done("new", "Second", "--slug", "second")
    second, third = tmp_path / "second.yaml", tmp_path / "third.yaml"
    second.write_text("abduce: 1\ndebate: {slug: second, title: Second}", encoding="utf-8")
    third.write_text("abduce: 1\ndebate: {slug: third, title: Third}", encoding="utf-8")
    before = abduce.done("debates").out
    for order in ((small, second, third), (second, small, third), (small, third, second)):
        refused = abduce.refused("import", *map(str, order))
        assert f"{second}: there is a debate 'second' already; `import --replace`" in refused
        assert refused.endswith("nothing was taken in\n")
        assert "nothing" in abduce.refused("import", "--dry-run", *map(str, order))
        assert abduce.done("debates").out == before
    abduce.done("import", "--dry-run", "--replace", small, str(second), str(third))
    assert abduce.done("debates").out == before
    abduce.done("import", "--replace", small, str(second), str(third))
    assert {line.split()[0] for line in abduce.done("debates").out.splitlines()} >= {"piano-tuners", "second", "third"}


def test_a_debate_that_cannot_be_started_leaves_nothing(abduce: Abduce, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise NotFound("debate", "x")

    monkeypatch.setattr("store.debate_store.DebateStore.open_debate", fail)
    abduce.refused("new", "Why is the sky dark?")
    assert "sky" not in abduce.done("debates").out


@pytest.mark.parametrize("arguments", [["show"], ["export", "--format", "md"], ["undo"], ["plausibility", "1", "50%"]])
def test_a_command_on_another_debate_leaves_the_next_where_it_was(
    abduce: Abduce, small: str, arguments: list[str]
) -> None:
    abduce.done("import", small)
    assert abduce.done("show", "--json").json["debate"] == "vision-efficiency"
    abduce("--debate", "piano-tuners", *arguments)
    assert abduce.done("show", "--json").json["debate"] == "vision-efficiency"
    assert [line["slug"] for line in abduce.done("debates", "--json").json["debates"]] == [
        "vision-efficiency",
        "piano-tuners",
    ]


def test_no_debate_is_named_by_nothing(abduce: Abduce) -> None:
    # As of a script whose variable is not set: an edit would go to whatever was opened last.
    assert "there is no debate ''" in abduce.refused("--debate", "", "plausibility", "1", "50%")


def test_a_file_that_is_not_there_is_refused(abduce: Abduce) -> None:
    assert "no-such.yaml cannot be read: No such file or directory" in abduce.refused("import", "no-such.yaml")
    assert "no-such.yaml cannot be read" in abduce.refused("new", "no-such.yaml")


def test_a_file_comes_from_standard_input_as_well(abduce: Abduce) -> None:
    abduce.done("import", "-", stdin=SMALL.encode())
    assert "piano-tuners" in abduce.done("debates").out
    assert "standard input:4:" in abduce.refused("import", "-", stdin=SMALL.replace("60%", "6%%").encode())


def test_a_debate_exported_as_json_comes_back_with_its_emoji(abduce: Abduce, tmp_path: Path) -> None:
    abduce.done("new", "Why is it 😀 \u202e?", "--slug", "emoji")
    abduce.done("hypothesis", "add", "It is 🎹", "--plausibility", "0.001%")
    text = abduce.done("export", "--format", "json").out
    yaml = abduce.done("export", "--format", "yaml").out
    assert text.isascii()
    path, other = tmp_path / "x.json", str(tmp_path / "other.db")
    path.write_text(text, encoding="utf-8")
    abduce.done("--db", other, "new", str(path))
    assert abduce.done("--db", other, "export", "--format", "yaml").out == yaml
    # Sorted by another program, and from standard input.
    turned = json.dumps(dict(reversed(json.loads(text).items())), ensure_ascii=False)
    path.write_text(turned, encoding="utf-8")
    abduce.done("import", "--replace", str(path))
    abduce.done("import", "--replace", "-", stdin=turned.encode())
    assert abduce.done("export", "--format", "yaml").out == yaml
    broken = text.replace('"abduce": 1,', '"abduce": 1,\n"abduce": 1,')
    assert "standard input:3: 'abduce' stands here again" in abduce.refused("import", "-", stdin=broken.encode())


def test_markdown_goes_to_standard_output_or_a_file(abduce: Abduce, tmp_path: Path) -> None:
    text = abduce.done("export", "--format", "md").out
    assert text.startswith("# Why are vision models so parameter-efficient?\n")
    assert abduce.done("export", "-o", "out.md").out == ""
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == text


def test_markdown_is_a_post_a_report_or_a_list(abduce: Abduce, tmp_path: Path) -> None:
    post = abduce.done("export", "--format", "md").out
    report = abduce.done("export", "--format", "md", "--form", "report").out
    ranking = abduce.done("export", "--format", "md", "--form", "list").out
    assert "\n1.) **The comparison is not fair.** " in post
    assert "\n### 1. The comparison is not fair\n" in report
    assert "\n1. **The comparison is not fair**: 60%" in ranking
    assert len(ranking) < len(post) < len(report)
    # The name of the file can say it too, and the option comes first.
    abduce.done("export", "-o", "out.report.md")
    assert (tmp_path / "out.report.md").read_text(encoding="utf-8") == report
    abduce.done("export", "--form", "list", "-o", "other.report.md")
    assert (tmp_path / "other.report.md").read_text(encoding="utf-8") == ranking


def test_front_matter_makes_a_jekyll_post(abduce: Abduce) -> None:
    header = ("--front-matter", "--date", "2024-05-31", "--layout", "page", "--tag", "ai", "--tag", "vision")
    text = abduce.done("export", "--format", "md", *header).out
    assert text.startswith('---\ntitle: "Why are vision models so parameter-efficient?"\n')
    assert '\ndate: "2024-05-31"\nlayout: "page"\ntags: ["ai", "vision"]\n---\n' in text
    assert "goes with --front-matter" in abduce.refused("export", "--format", "md", "--tag", "ai", code=2)
    assert "--date" in abduce.refused("export", "--format", "md", "--front-matter", "--date", "2024")


@pytest.mark.parametrize(
    "option",
    [("--front-matter",), ("--form", "list"), ("--top", "1"), ("--sources", "none"), ("--conventions", "all")],
)
def test_what_is_of_markdown_goes_with_no_other_format(abduce: Abduce, option: tuple[str, ...]) -> None:
    assert f"{option[0]} goes with Post" in abduce.refused("export", "--format", "yaml", *option, code=2)


def test_a_list_has_no_sources(abduce: Abduce) -> None:
    refused = abduce.refused("export", "--format", "md", "--form", "list", "--sources", "inline", code=2)
    assert "--sources goes with Post, Report" in refused


def test_a_post_can_be_cut_and_written_for_another_reader(abduce: Abduce) -> None:
    text = abduce.done("export", "--format", "md", "--top", "3", "--flavour", "commonmark").out
    assert "3.) **Diffusion" in text
    assert "4.) " not in text
    assert "\n|" not in text
    assert "http" not in abduce.done("export", "--format", "md", "--sources", "none").out
    assert "author-2022" not in abduce.done("export", "--format", "md", "--conventions", "current").out


def test_json_export_is_the_whole_debate(abduce: Abduce) -> None:
    debate = json.loads(abduce.done("export", "--format", "json").out)
    assert (debate["abduce"], debate["debate"]["slug"]) == (1, "vision-efficiency")
    assert [len(debate[part]) for part in ("hypotheses", "evidence", "ideas", "gaps")] == [5, 85, 10, 8]


def test_an_existing_file_is_replaced_only_with_force(abduce: Abduce, tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    path.write_text("mine", encoding="utf-8")
    assert "--force" in abduce.refused("export", "-o", str(path))
    assert path.read_text(encoding="utf-8") == "mine"
    abduce.done("export", "-o", str(path), "--force")
    assert path.read_text(encoding="utf-8").startswith("# Why")


def test_html_is_one_page_with_the_reasons_and_as_of_a_date(abduce: Abduce) -> None:
    abduce.done("plausibility", "wasteful-llms", "30%", "--why", "I counted <again>.")
    abduce.done("export", "-o", "page.html")
    page = Path("page.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "I counted &lt;again&gt;." in page
    assert abduce.done("export", "--format", "html").out == page
    assert "As it stood in 2010" in abduce.done("export", "--format", "html", "--as-of", "2010").out
    assert "--form goes with" in abduce.refused("export", "--form", "post", "-o", "x.html", code=2)


def test_an_export_that_cannot_be_written_is_refused(abduce: Abduce) -> None:
    assert "cannot be written" in abduce.refused("export", "-o", "no/such/folder/out.md")
    assert "which format" in abduce.refused("export", "-o", "out.txt", code=2)


def test_without_a_format_it_is_markdown_where_nothing_says_otherwise(abduce: Abduce) -> None:
    post = abduce.done("export", "--format", "md").out
    assert abduce.done("export").out == abduce.done("export", "-o", "-").out == post
    assert abduce.done("export", "--form", "post").out == post
    abduce.done("export", "--form", "list", "-o", "ranking.txt")
    assert "Each comes with" in Path("ranking.txt").read_text(encoding="utf-8")
    assert "--form goes with Post, Report, List" in abduce.refused("export", "--form", "list", "-o", "x.json", code=2)


@pytest.mark.parametrize("name", ["abduce.db", "abduce.db-wal", "abduce.db-shm", "abduce.db-journal", "settings.toml"])
def test_an_export_never_replaces_a_file_of_abduce(abduce: Abduce, name: str) -> None:
    (abduce.home / "settings.toml").touch()
    assert "is a file that Abduce works with" in abduce.refused(
        "export", "--format", "json", "--force", "-o", str(abduce.home / name)
    )
    assert abduce.done("show", "--json").json["debate"] == "vision-efficiency"


def test_an_export_replaces_no_database_by_another_name_nor_another_one(abduce: Abduce, tmp_path: Path) -> None:
    database, other = abduce.home / "abduce.db", str(tmp_path / "other.db")
    (tmp_path / "hard.json").hardlink_to(database)
    (tmp_path / "soft.json").symlink_to(database)
    (tmp_path / "folder").symlink_to(abduce.home)
    abduce.done("--db", other, "show")
    for path in ("hard.json", "soft.json", "folder/abduce.db", str(database)):
        abduce.refused("export", "--format", "json", "--force", "-o", path)
        abduce.refused("--db", other, "export", "--format", "json", "--force", "-o", path)
    assert database.read_bytes().startswith(b"SQLite format 3")
    assert abduce.done("show", "--json").json["debate"] == "vision-efficiency"


def test_a_debate_begins_with_a_template_or_is_an_example(abduce: Abduce) -> None:
    abduce.done("new", "Where did the bees go?", "--template", "rivals", "--slug", "bees")
    assert len(abduce.done("show", "--json").json["hypotheses"]) == 3
    assert abduce.done("new", "--example", "piano-tuners").err.startswith(
        "abduce: started piano-tuners: How many piano"
    )
    assert "one of them" in abduce.refused("new", code=2)
    assert "one of them" in abduce.refused("new", "A title", "--example", "fermi", code=2)
    assert "go with a title" in abduce.refused("new", "--example", "fermi", "--slug", "other", code=2)
    assert "there is a debate 'piano-tuners' already" in abduce.refused("new", "--example", "piano-tuners")
