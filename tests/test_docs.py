"""The documents cannot drift: they name all there is, their links lead somewhere and their examples run."""

from __future__ import annotations

import ast
import inspect
import io
import json
import pkgutil
import re
import runpy
import shlex
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from textual.binding import Binding

from hypotheses import rules
from hypotheses.debate import Mode, Status
from hypotheses.edits import InUse
from hypotheses.estimates import check_model, estimate, unit_warnings
from hypotheses.estimates.chances import CLOSED
from hypotheses.estimates.sampling import POINTS, REPLICATES
from hypotheses.estimates.scenarios import LARGEST
from hypotheses.fields import FIELDS
from hypotheses.formulas import FUNCTIONS
from hypotheses.idea import IdeaKind, IdeaStatus
from hypotheses.problems import AbduceError, Malformed, NotFound, Refused
from hypotheses.ranking import WORD_ENDS, WORDS, parse_plausibility
from hypotheses.ratios import parse_ratio
from hypotheses.values import describe, parse_value
from store import bundled, errors
from store.file import debate_schema
from store.file.debate_file import read_debate
from store.file.json_values import NotJson
from store.imports.kinds import KINDS
from store.maps.matrix import read_matrix
from store.references.reference_kinds import read_bibtex_text
from store.settings import Settings, load_settings
from tui import __main__ as entry
from tui import commands, dialogs
from tui.cli import failures
from tui.cli.root import COMMANDS, root
from tui.dialogs.dialog import Dialog
from tui.terminal import guards
from tui.widgets.line_list import LineList

HERE = Path(__file__).parents[1]
DOCUMENTS = sorted([*HERE.glob("*.md"), *HERE.glob("docs/**/*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def blocks(document: str, language: str) -> list[str]:
    return [body for kind, body in FENCE.findall(document) if kind == language]


def sections(document: str) -> dict[str, str]:
    """Heading -> what stands below it, up to the next heading."""
    _, *parts = HEADING.split(FENCE.sub("", document))
    return dict(zip(parts[::2], parts[1::2], strict=True))


def spans(text: str) -> set[str]:
    """What is set as code."""
    return {span.replace("\\|", "|") for span in re.findall(r"`([^`\n]+)`", FENCE.sub("", text))}


def rows(text: str) -> list[list[str]]:
    """The rows of all tables, their heads left out."""
    lines = text.splitlines()
    tables = [(line, lines[number + 1 : number + 2]) for number, line in enumerate(lines) if line.startswith("| ")]
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line, after in tables
        if not line.startswith("| ---") and not (after and after[0].startswith("| ---"))
    ]


GUIDE, FILES, SETTINGS = (text_of(f"docs/{name}.md") for name in ("guide", "files", "settings"))


# Commands


def every_command() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(root)
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", each) for inner, each in command.commands.items())
        else:
            yield name, command


@pytest.mark.parametrize(("name", "command"), [pytest.param(*each, id=each[0]) for each in every_command()])
def test_the_guide_has_a_section_for_every_command_that_names_its_arguments_and_options(
    name: str, command: click.Command
) -> None:
    arguments = [piece for piece in command.collect_usage_pieces(click.Context(command)) if piece != "[OPTIONS]"]
    section = sections(GUIDE)[f"`{' '.join(['abduce', name, *arguments])}`"]
    # `--rate HYPOTHESIS=RATIO` names the option `--rate`.
    named = {span.split()[0] for span in spans(section)}
    for option in (each for each in command.params if isinstance(each, click.Option)):
        assert set(option.opts) <= named, option
        if isinstance(option.type, click.Choice):
            assert all(re.search(rf"\b{word}\b", section) for word in option.type.choices), option


def test_the_guide_names_the_options_that_every_command_takes() -> None:
    named = {span.split()[0] for span in spans(sections(GUIDE)["Options of every command"])}
    for option in root.get_params(click.Context(root, help_option_names=["-h", "--help"])):
        assert set(option.opts) <= named


def test_the_guide_has_no_section_for_a_command_that_is_not_there() -> None:
    headings = [heading.strip("`") for heading in sections(GUIDE) if heading.startswith("`abduce ")]
    assert len(headings) == len(list(every_command()))


# Keys


KEY_NAMES = {
    "question_mark": "?",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "slash": "/",
    "equals_sign": "=",
    "percent_sign": "%",
    "full_stop": ".",
    "plus": "+",
    "minus": "-",
    "asterisk": "*",
    "escape": "esc",
}


KEY_ARROWS = {"shift+up": "shift+↑", "shift+down": "shift+↓", "left": "←", "right": "→"}


def keys_of(keys: str) -> set[str]:
    """Key names as the guide writes them; only single letters have a case."""
    names = (KEY_NAMES.get(key, key) for key in keys.split(","))
    return {name if len(name) == 1 else name.lower() for name in names}


def keys_in(text: str) -> set[str]:
    return {span if len(span) == 1 else span.lower() for span in spans(text)}


def every_key_command() -> dict[tuple[str, str], commands.Command]:
    groups = [value for value in vars(commands).values() if isinstance(value, tuple)]
    found = [each for group in groups for each in group if isinstance(each, commands.Command)]
    return {(each.id, each.keys): each for each in found}


@pytest.mark.parametrize("command", list(every_key_command().values()), ids=lambda command: command.id)
def test_the_guide_lists_every_key_of_a_command_beside_its_name(command: commands.Command) -> None:
    beside = [keys_in(row[0]) for row in rows(GUIDE) if len(row) == 3 and row[1] == command.name]
    assert any(keys_of(command.keys) <= keys for keys in beside), command.keys


def bindings_of(kind: type) -> Iterable[Binding]:
    return [each for each in vars(kind).get("BINDINGS", ()) if isinstance(each, Binding)]


def test_the_guide_names_every_key_of_lists_and_boxes() -> None:
    for module in pkgutil.iter_modules(dialogs.__path__, "tui.dialogs."):
        import_module(module.name)
    kinds: list[type] = [LineList, Dialog, *Dialog.__subclasses__()]
    assert len(kinds) > 6
    named = keys_in(sections(GUIDE)["Moving"] + sections(GUIDE)["Forms and boxes"])
    for kind in kinds:
        for binding in bindings_of(kind):
            assert keys_of(binding.key) <= named, (kind, binding.key)


# What is typed


def test_plausibilities_are_read_as_the_guide_says() -> None:
    for typed, means in rows(sections(GUIDE)["How a plausibility is typed"])[:4]:
        assert parse_plausibility(typed.strip("`")) == float(means)


def test_the_words_of_plausibilities_begin_where_the_guide_says() -> None:
    found = rows(sections(GUIDE)["How a plausibility is typed"])[4:]
    assert [word for _, word in found] == list(WORDS)
    assert [int(start.rstrip("%")) for start, _ in found] == [0, *(round(100 * end) for end in WORD_ENDS)]


def test_ratings_are_read_as_the_guide_says() -> None:
    found = rows(sections(GUIDE)["How a rating is typed"])
    assert len(found) == 17
    for typed, means in found:
        expected = None if means == "not applicable" else float(Fraction(means))
        assert parse_ratio(typed.strip("`")) == expected, typed


def test_values_are_read_or_refused_as_the_page_on_files_says() -> None:
    found = [(typed.strip("`"), means) for typed, means in rows(sections(FILES)["Values"])]
    assert len(found) > 25
    refused = [typed for typed, _ in found].index("1,00")
    for typed, means in found[:refused]:
        assert describe(parse_value(typed)) == means
    for typed, _ in found[refused:]:
        with pytest.raises(Malformed):
            parse_value(typed)


def test_formulas_have_the_functions_and_operators_that_the_page_on_files_names() -> None:
    assert {*FUNCTIONS, "+", "-", "*", "/", "**"} <= spans(sections(FILES)["Formulas"])


def test_figures_of_the_program_are_those_of_the_guide() -> None:
    assert f"{REPLICATES * POINTS:,} quasi-random points" in GUIDE
    assert f"up to {LARGEST} of them" in GUIDE
    assert f"within {CLOSED} OOM of zero" in GUIDE
    assert f"up to {rules.TITLE_LENGTH} characters, texts up to {rules.TEXT_LENGTH:,}" in GUIDE


# Files


SCHEMA = {
    "_debate": ("The file", "The debate"),
    "_scheme": ("A scheme",),
    "_quantity": ("A quantity",),
    "_reading": ("A reading",),
    "_correlation": ("A correlation",),
    "_gap": ("A gap",),
    "_claim": ("A claim",),
    "_hypothesis": ("A hypothesis",),
    "_assumed": ("An assumption",),
    "_stated": ("What a person states",),
    "_evidence": ("Evidence",),
    "_rated": ("An assessment",),
    "_ideas": ("An idea",),
    "_comments": ("A comment",),
}
TAKING = {"take", "text", "texts", "parsed", "record", "records", "entries", "named_records"}


def fields_of_the_schema() -> dict[str, set[str]]:
    """Function of the schema -> names of the fields it takes."""
    found: dict[str, set[str]] = {}
    for function in ast.parse(inspect.getsource(debate_schema)).body:
        for node in ast.walk(function) if isinstance(function, ast.FunctionDef) else ():
            match node:
                case ast.Call(func=ast.Attribute(attr=taking), args=[ast.Constant(value=str(name)), *_]):
                    if taking in TAKING:
                        found.setdefault(getattr(function, "name", ""), set()).add(name)
                case ast.Call(func=ast.Attribute(attr="given"), args=[ast.Name(id=kind)]):
                    table = next(each for each in FIELDS if each.__name__ == kind)
                    keys = {field.file_key for field in FIELDS[table]} - {"-"}
                    found.setdefault(getattr(function, "name", ""), set()).update(keys)
    return found


def test_the_page_on_files_lists_exactly_the_fields_of_the_schema() -> None:
    found = fields_of_the_schema()
    found["_rated"] |= found.pop("_rating")  # a cell is a rating with those of others
    found["_reading"] |= found.pop("_correlated")
    assert set(found) == set(SCHEMA)
    # A plain value is a reading among the fields of its quantity, and then the note is the quantity's.
    found["_quantity"] |= {"value"}
    found["_reading"] |= {"note", "source", "url"}
    # Beside the plain value of an assumption stand the fields of a reading.
    found["_assumed"] = found["_assumed"] - {"note"} | {"value"}
    for function, headings in SCHEMA.items():
        listed = {row[0].strip("`") for heading in headings for row in rows(sections(FILES)[heading])}
        assert listed == found[function], headings


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("The debate", Mode), ("A hypothesis", Status), ("An idea", IdeaKind), ("An idea", IdeaStatus)],
)
def test_the_page_on_files_names_the_words_a_field_can_hold(heading: str, kind: object) -> None:
    assert set(get_args(kind)) <= spans(sections(FILES)[heading])


def whole_files() -> dict[str, str]:
    """The examples that are a whole file, by the name in their first line."""
    examples = [*blocks(FILES, "yaml"), *blocks(FILES, "bibtex")]
    return {body.split()[1]: body for body in examples if body.startswith(("# ", "% "))}


def test_every_yaml_example_is_read() -> None:
    examples = blocks(FILES, "yaml")
    assert len(examples) == 6
    for example in examples:
        whole = example if "abduce: 1" in example else f"abduce: 1\ndebate: {{slug: some, title: Some}}\n{example}"
        read_debate(whole)


def test_the_problem_shown_on_the_page_on_files_is_told_so() -> None:
    broken = whole_files()["piano-tuners.debate.yaml"].replace("statement:", "statment:")
    with pytest.raises(errors.BadFile) as told:
        read_debate(broken, "piano-tuners.debate.yaml")
    assert f"    {told.value.problems[0]}\n" in FILES


def test_the_references_on_the_page_on_files_are_read_and_told_of_as_it_says() -> None:
    text = whole_files()["references.bib"]
    (found,) = read_bibtex_text(text).value.references
    assert found.source.authors == ("Bo Lee", "Ana Núñez", "The Guild of Tuners")
    assert (found.source.date, found.source.source) == ("2019-05", "Journal of Imaginary Pianos, Series B")
    read = read_bibtex_text(text.replace("= jip", "= jop") + "\n@misc{dummy,\n}\n")
    for note in read.notes:
        assert f"    {note.problem('references.bib')}\n" in FILES


def test_the_matrix_on_the_page_on_files_is_read() -> None:
    (matrix,) = blocks(FILES, "csv")
    (debate,) = read_matrix(matrix.encode(), "pier.csv").value.debates
    assert list(debate.hypotheses) == ["storm", "rot", "ship"]
    log = debate.evidence["log-shows-no-traffic"]
    assert (log.credibility, log.assessments["rot"].why) == (0.6, "a calm week")


def test_every_kind_of_file_that_can_be_taken_in_is_on_the_page_on_files() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \|", FILES, re.MULTILINE)
    for kind in KINDS:
        assert kind.name in dict(rows)
        assert all(f"`{ending}`" in dict(rows)[kind.name] for ending in kind.endings), kind.name


# What is told


KINDS_OF_ERRORS: dict[type[AbduceError], str] = {
    Malformed: "Malformed",
    NotJson: "Malformed",
    Refused: "Refused",
    NotFound: "Not found",
    InUse: "In use",
    errors.Conflict: "Conflict",
    errors.Parted: "Parted",
    errors.DatabaseProblem: "Database",
    errors.OutcomeUnknown: "Database",
    errors.LookupProblem: "Look-up",
    errors.BadFile: "Bad file",
}


def exit_codes() -> list[tuple[str, str]]:
    return [(code, when) for code, when in rows(sections(GUIDE)["Exit codes"])]


def every_subclass(kind: type[AbduceError]) -> set[type[AbduceError]]:
    return {kind for each in kind.__subclasses__() for kind in (each, *every_subclass(each))}


def test_the_guide_names_every_error_with_its_exit_code() -> None:
    assert every_subclass(AbduceError) == set(KINDS_OF_ERRORS)
    for kind, told in KINDS_OF_ERRORS.items():
        codes = [code for code, when in exit_codes() if when.startswith(told)]
        assert codes == [str(kind.exit_code)], kind


def test_the_guide_names_every_exit_code() -> None:
    named = {int(code) for codes, _ in exit_codes() for code in codes.split(", ")}
    ours = {failures.DONE, failures.REFUSED, failures.WRONG_USAGE, failures.INTERRUPTED, entry.BROKEN_PIPE}
    assert named == ours | set(guards.SIGNALS.values())


def test_the_guide_names_every_environment_variable_that_is_read() -> None:
    read = re.compile(r"""environ(?:\.get\(|\[)\s*["'](\w+)|["'](\w+)["'] (?:not )?in os\.environ|getenv\(["'](\w+)""")
    sources = [path for room in ("tui", "store", "hypotheses") for path in (HERE / room).rglob("*.py")]
    found = {name for path in sources for match in read.findall(path.read_text("utf-8")) for name in match if name}
    assert {"ABDUCE_HOME", "ABDUCE_DB", "VISUAL"} <= found
    assert found <= spans(sections(GUIDE)["Where things are kept"])


# Settings


def test_the_page_on_settings_has_every_setting_with_its_default() -> None:
    listed = {row[0].strip("`"): row[1].strip("`") for row in rows(sections(SETTINGS)["The settings"])}
    defaults = {each.name: getattr(Settings(), each.name) for each in fields(Settings)}
    assert {name: tomllib.loads(f"x = {default}")["x"] for name, default in listed.items()} == defaults


def test_the_example_on_the_page_on_settings_is_read_without_a_warning(home: Path) -> None:
    (example,) = blocks(SETTINGS, "toml")
    (home / "settings.toml").write_text(example, encoding="utf-8")
    loaded = load_settings()
    assert loaded.warnings == ()
    assert set(tomllib.loads(example)) == {each.name for each in fields(Settings)}


# Links


def anchor(heading: str) -> str:
    """The name that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def leads_somewhere(document: Path, target: str) -> bool:
    name, _, place = target.partition("#")
    path = (document.parent / name) if name else document
    return path.exists() and (not place or place in map(anchor, sections(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(HERE)))
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", document.read_text(encoding="utf-8")))
    ours = [target for target in targets if not target.startswith(("https://", "http://"))]
    assert [target for target in ours if not leads_somewhere(document, target)] == []


def test_what_shows_a_promise_is_there() -> None:
    text = (HERE / "docs" / "trust.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|benchmarks|\.ci)/[^`\s]+|Makefile)`", text)
    assert len(named) > 20
    assert [name for name in named if not (HERE / name).exists()] == []


# Examples


class Shell:
    """Runs the program in this process, in a folder that has the example files."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(folder)
        for name, example in whole_files().items():
            (folder / name).write_text(example, encoding="utf-8")

    def __call__(self, line: str) -> str:
        """Run a line that must succeed and return what it writes to standard output."""
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        program, *arguments = shlex.split(line, comments=True)
        assert program == "abduce"
        code = entry.main(arguments)
        out, err = self._capsys.readouterr()
        assert code == 0, f"{line}: {err}"
        return out


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    return Shell(capsys, monkeypatch, tmp_path)


@pytest.mark.parametrize("document", ["README.md", "docs/guide.md"])
def test_every_example_runs_in_order_on_a_fresh_database(document: str, shell: Shell) -> None:
    lines = [line for block in blocks(text_of(document), "sh") for line in block.splitlines()]
    examples = [line for line in lines if line.startswith("abduce ")]
    assert len(examples) > 5
    for example in examples:
        shell(example)


@pytest.mark.parametrize(
    ("command", "listed"),
    [
        ("show", "hypotheses"),
        ("estimate", "gaps"),
        ("quantities", "quantities"),
        ("evidence list", "evidence"),
        ("idea list", "ideas"),
        ("debates", "debates"),
        ("history", "entries"),
    ],
)
def test_the_guide_names_what_is_in_the_json(command: str, listed: str, shell: Shell) -> None:
    found: dict[str, Any] = json.loads(shell(f"abduce {command} --json"))
    fields_of_the_file = set().union(*fields_of_the_schema().values())
    told = next(spans(row[1]) for row in rows(sections(GUIDE)["JSON"]) if row[0] == f"`{command}`")
    assert set(found) <= told
    names = {name for each in found[listed] for name in each}
    assert names <= told | fields_of_the_file
    inner = {name for each in found[listed] for one in each.get("sensitivity", ()) for name in one}
    assert inner <= told


def test_the_worked_example_gives_the_published_figures() -> None:
    """Sandberg, Drexler and Ord 2018: median 0.32, P(N < 1) 52%, mean about 27 million; the toy model 21.45% empty."""
    debate = bundled.example("fermi")
    gaps = estimate(debate).gaps
    civilisations, empty = gaps["civilisations"].now, gaps["toy_empty"].now.mean
    assert civilisations.median == pytest.approx(0.32, abs=0.02)
    assert civilisations.below(1) == pytest.approx(0.52, abs=0.005)
    assert civilisations.mean.value == pytest.approx(27e6, rel=0.04)
    assert empty.value == pytest.approx(0.2145, abs=empty.error or 0)
    assert check_model(debate) == ()
    assert list(unit_warnings(debate)) == []


def test_the_tables_of_the_guide_are_those_of_now() -> None:
    with_tables = runpy.run_path(str(HERE / "docs" / "make_tables.py"))["with_tables"]
    for page in (GUIDE, SETTINGS):
        assert with_tables(page) == page, "run: python docs/make_tables.py"
    assert "<!-- table: doubts -->" in GUIDE


def test_the_page_on_settings_names_every_command_by_its_id_with_its_keys() -> None:
    listed = {row[0].strip("`"): keys_in(row[1]) for row in rows(SETTINGS) if len(row) == 4}
    assert set(listed) == {command.id for command in every_key_command().values()}
    for command in every_key_command().values():
        assert {KEY_ARROWS.get(key, key) for key in keys_of(command.keys)} == listed[command.id]
