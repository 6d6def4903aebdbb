"""A collection of Zotero by command: `import --zotero`."""

from __future__ import annotations

import pytest

from store.zotero import asking
from tests.store.zotero.conftest import Zotero, collection, item, zotero
from tests.tui.cli.conftest import Abduce

__all__ = ["zotero"]


@pytest.fixture
def tides(zotero: Zotero, monkeypatch: pytest.MonkeyPatch) -> Zotero:
    monkeypatch.setattr(asking, "LOCAL", zotero.server.services())
    zotero.list("users/0/collections", [collection("TIDES222", "Tides")])
    zotero.items("TIDES222", item("AAAA2222", "Tide curves"), item("BBBB2222", "Waves", date="1999"))
    return zotero


def said(abduce: Abduce, *options: str) -> list[str]:
    told = abduce.done("import", "--zotero", "Tides", *options).err.splitlines()
    return [line.removeprefix("abduce: ") for line in told]


def test_a_collection_comes_in_once_and_then_only_what_is_new(abduce: Abduce, tides: Zotero) -> None:
    assert said(abduce)[-1] == "imported Zotero's Tides into vision-efficiency: 2 items of evidence, 0 skipped"
    shown = abduce.done("evidence", "show", "marlow2016").out
    assert "zotero://select/library/items/AAAA2222" in shown
    assert said(abduce)[-1] == "imported Zotero's Tides into vision-efficiency: 0 items of evidence, 0 skipped"
    tides.items("TIDES222", item("AAAA2222", "Tide curves"), item("CCCC2222", "Currents", date="2001"))
    assert said(abduce, "--dry-run")[-1].startswith("would import Zotero's Tides into vision-efficiency: 1 item")
    assert said(abduce)[-1].endswith("1 item of evidence, 0 skipped")


def test_what_has_changed_in_zotero_is_told_and_taken_over_on_purpose_as_one_change(
    abduce: Abduce, tides: Zotero
) -> None:
    said(abduce)
    abduce.done("evidence", "edit", "marlow1999", "--title", "My waves")
    tides.items(
        "TIDES222", item("AAAA2222", "Tide curves II", version=9), item("BBBB2222", "Big waves", version=9, date="1999")
    )
    assert said(abduce)[-3:] == [
        "changed  the title of 'marlow2016': 'Tide curves II' in Zotero; 'Tide curves' stays",
        "conflicting the title of 'marlow1999': 'Big waves' in Zotero; 'My waves' stays, which was changed here too",
        "imported Zotero's Tides into vision-efficiency: 0 items of evidence, 0 skipped, 2 changed there,"
        " which `--replace` takes over",
    ]
    lines = abduce.done("import", "--zotero", "Tides", "--replace", "--json").json["files"][0]["changes"]
    assert [line.split()[0] for line in lines] == ["changed", "conflicting"]
    assert "Big waves" in abduce.done("evidence", "show", "marlow1999").out
    abduce.done("undo")
    assert "My waves" in abduce.done("evidence", "show", "marlow1999").out
    assert "Tide curves [marlow2016]" in abduce.done("evidence", "show", "marlow2016").out


def test_what_was_removed_here_does_not_come_back_by_itself(abduce: Abduce, tides: Zotero) -> None:
    said(abduce)
    abduce.done("evidence", "remove", "marlow1999")
    assert said(abduce)[-1].endswith(
        "0 items of evidence, 0 skipped, 1 that were removed here, which `--replace` takes in again"
    )
    assert said(abduce, "--replace")[-1].endswith("1 item of evidence, 0 skipped")


def test_that_collections_in_it_are_not_gone_into_is_said(abduce: Abduce, tides: Zotero) -> None:
    inner = [collection("NEAP2222", "Neap", "TIDES222"), collection("DEEP2222", "Deep", "NEAP2222")]
    tides.list("users/0/collections", [collection("TIDES222", "Tides"), *inner])
    assert said(abduce)[0] == "Zotero's Tides: the collections in it are not gone into: Neap"


def test_what_collections_there_are_is_said_where_none_is_called_so(abduce: Abduce, tides: Zotero) -> None:
    result = abduce("import", "--zotero", "Tide")
    assert (result.code, result.err.splitlines()) == (
        1,
        ["abduce: Zotero has no collection 'Tide'; it has", "abduce: My Library", "abduce: Tides (TIDES222)"],
    )


def test_where_zotero_does_not_run_that_is_said(abduce: Abduce, tides: Zotero, monkeypatch: pytest.MonkeyPatch) -> None:
    services = tides.server.services()
    monkeypatch.setattr(asking, "LOCAL", type(services)(zotero="http://127.0.0.1:1", allow=services.allow))
    told = abduce.refused("import", "--zotero", "Tides")
    assert told == (
        "abduce: Zotero cannot be asked: 127.0.0.1 refuses the connection; expected it to run on this machine\n"
    )


def test_a_file_or_a_collection_is_needed(abduce: Abduce) -> None:
    assert "expected a file, or a collection by --zotero" in abduce.refused("import", code=2)
