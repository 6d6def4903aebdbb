"""Issues on GitHub into the inbox, and their senders answered: `inbox pull github:…`, `inbox answer`."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from store.debate_store import DebateStore
from store.intake import github, pulling
from store.network.services import Services
from store.settings import Settings
from tests.store.intake.test_issues import issue
from tests.store.network.server import Reply, Server, hang, packed, redirect, reply, reset, running
from tests.tui.cli.conftest import Abduce

ISSUES = "/github/repos/ana/pianos/issues"
QUERY = "labels=abduce&state=all&sort=created&direction=asc&per_page=30"
FIRST = f"{ISSUES}?{QUERY}"
BY_NUMBER = f"/github/repositories/1300192/issues?{QUERY}"
"""The same by the number that GitHub gives a repository."""
DATE = "Thu, 29 Feb 2024 12:00:00 GMT"
SINCE = f"{FIRST}&since=2024-02-29T11%3A59%3A00Z"
"""What is asked for after a reading at that time: a minute is asked for again, since clocks differ."""
TOKEN = "ghp_never0shown"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with running() as server:
        monkeypatch.setattr(github, "PUBLIC", server.services())
        yield server


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ABDUCE_GITHUB_TOKEN", TOKEN)
    return TOKEN


def page(*issues: object, following: str = "", **headers: str) -> bytes:
    """Return a page of issues, with the address of the next one as GitHub writes it."""
    link = f'<{following}>; rel="next", <{following}&last>; rel="last"' if following else ""
    return reply(200, json.dumps(issues), "application/json", **{"Date": DATE, "Link": link, **headers})


def numbered(*numbers: int, **more: Any) -> list[dict[str, Any]]:
    return [issue(f"Words of {n}.", number=n, title=f"Idea {n}", **more) for n in numbers]


def pull(abduce: Abduce, *options: str) -> list[str]:
    """Pull, and return what is said."""
    said = abduce.done("inbox", "pull", "github:ana/pianos", *options).err.splitlines()
    return [line.removeprefix("abduce: ") for line in said]


def titles(abduce: Abduce) -> list[str]:
    return [each["title"] for each in abduce.done("idea", "list", "--json").json["ideas"] if not each.get("example")]


def number_of(abduce: Abduce, title: str) -> str:
    ideas = abduce.done("idea", "list", "--json").json["ideas"]
    return next(str(each["number"]) for each in ideas if each["title"] == title)


# Pulling


def test_issues_become_ideas_and_pull_requests_do_not(abduce: Abduce, server: Server) -> None:
    closed = issue(number=3, state="closed")
    server.on(FIRST, page(*numbered(1, 2), closed, issue(number=4, pull_request={"url": "https://example.org"})))
    said = pull(abduce)
    assert [line.partition("its reference")[0] for line in said[:2]] == [
        f"idea {number_of(abduce, 'Idea 1')} is in the inbox: Idea 1; ",
        f"idea {number_of(abduce, 'Idea 2')} is in the inbox: Idea 2; ",
    ]
    assert said[2:] == ["2 taken in"]
    shown = abduce.done("idea", "show", number_of(abduce, "Idea 1"), "--json").json
    assert (shown["from"], shown["via"], shown["received"]) == ("ana-r", "GitHub ana/pianos#1", "2024-02-01T08:00:00Z")
    (head,) = server.heads
    assert "\r\nAccept: application/vnd.github+json\r\n" in head
    assert "\r\nX-GitHub-Api-Version: 2022-11-28\r\n" in head
    assert "\r\nUser-Agent: Abduce/" in head
    assert "Authorization" not in head
    (latest,) = abduce.done("history", "--limit", "1", "--json").json["entries"]
    assert latest["label"] == "took in ideas: 2 arrived"


def test_every_page_is_read_and_the_next_time_only_what_is_new(abduce: Abduce, server: Server) -> None:
    by_number = f"{server.base}{BY_NUMBER}&page="
    server.on(FIRST, page(*numbered(1), following=f"{by_number}2"))
    # What comes later does not move the time from which on the next reading begins.
    server.on("/github/repositories/1300192/issues?" + QUERY + "&page=2", page(*numbered(2), following=f"{by_number}3"))
    server.on(
        "/github/repositories/1300192/issues?" + QUERY + "&page=3",
        page(*numbered(3), Date="Fri, 01 Mar 2024 12:00:00 GMT"),
    )
    assert pull(abduce)[-1] == "3 taken in"
    server.on(SINCE, page(*numbered(3, 4)))
    assert pull(abduce)[-1] == "1 taken in, 1 there already"
    assert server.asked[3:] == [SINCE]
    assert titles(abduce) == ["Idea 1", "Idea 2", "Idea 3", "Idea 4"]


def test_an_issue_that_was_edited_is_no_second_idea(abduce: Abduce, server: Server) -> None:
    server.on(FIRST, page(*numbered(1)))
    pull(abduce)
    server.on(SINCE, page(issue("Other words.", number=1, title="Another title", user={"login": "Ana-R"})))
    assert pull(abduce) == ["0 taken in, 1 there already"]
    server.on(FIRST.replace("ana/pianos", "Ana/Pianos"), page(issue("Third words.", number=1)))
    assert "0 taken in, 1 there already" in abduce.done("inbox", "pull", "github:Ana/Pianos", "--afresh").err
    assert titles(abduce) == ["Idea 1"]


def test_each_debate_repository_and_label_is_read_for_itself(abduce: Abduce, server: Server) -> None:
    server.on(FIRST, page(*numbered(1)))
    other, all_of_them = FIRST.replace("=abduce&", "=an+idea%26&"), FIRST.replace("labels=abduce&", "")
    server.on(other, page(*numbered(2)))
    server.on(all_of_them, page(*numbered(3)))
    pull(abduce)
    pull(abduce, "--label", "an idea&")
    pull(abduce, "--label", "")
    abduce.done("new", "Other", "--slug", "other")
    pull(abduce, "--debate", "other")
    assert server.asked == [FIRST, other, all_of_them, FIRST]


def test_a_label_is_kept_for_its_repository(abduce: Abduce, server: Server) -> None:
    labelled = FIRST.replace("=abduce&", "=an+idea&")
    server.on(labelled, page(*numbered(1)))
    pull(abduce, "--label", "an idea", "--dry-run")
    server.on(FIRST, page())
    assert pull(abduce) == ["0 taken in"]  # a dry run keeps nothing
    pull(abduce, "--label", "an idea")
    server.asked.clear()
    again = labelled + "&since=2024-02-29T11%3A59%3A00Z"
    server.on(again, page())
    assert pull(abduce) == ["ana/pianos: issues with the label 'an idea', as the last time", "0 taken in"]
    assert server.asked == [again]
    other = FIRST.replace("ana/pianos", "ana/organs")
    server.on(other, page())
    assert "as the last time" not in abduce.done("inbox", "pull", "github:ana/organs").err
    server.on(SINCE, page())
    assert pull(abduce, "--label", "abduce") == ["0 taken in"]
    assert pull(abduce) == ["0 taken in"]
    assert server.asked[-2:] == [SINCE, SINCE]


def test_a_dry_run_takes_in_nothing_and_remembers_nothing(abduce: Abduce, server: Server) -> None:
    server.on(FIRST, page(*numbered(1)))
    assert pull(abduce, "--dry-run") == ["would take in: Idea 1, from ana-r", "1 would be taken in"]
    assert titles(abduce) == []
    assert pull(abduce)[-1] == "1 taken in"
    assert server.asked == [FIRST, FIRST]


def test_undo_takes_the_ideas_back_and_afresh_brings_them_again(abduce: Abduce, server: Server) -> None:
    server.on(FIRST, page(*numbered(1)))
    server.on(SINCE, page())
    pull(abduce)
    abduce.done("undo")
    assert pull(abduce) == ["0 taken in"]
    assert pull(abduce, "--afresh")[-1] == "1 taken in"


def test_files_and_a_repository_come_as_one_change(abduce: Abduce, server: Server, tmp_path: Any) -> None:
    (tmp_path / "a.yaml").write_text("title: From a file\n")
    server.on(FIRST, page(*numbered(1)))
    said = abduce.done("inbox", "pull", "a.yaml", "https://github.com/ana/pianos/issues").err
    assert said.endswith("abduce: 2 taken in\n")
    abduce.done("undo")
    assert titles(abduce) == []


def test_a_bad_issue_never_stops_the_rest(abduce: Abduce, server: Server) -> None:
    server.on(FIRST, page("what?", {"number": 5}, issue(["no text"], number=6), *numbered(7)))
    assert pull(abduce)[:3] == [
        "an issue of ana/pianos: found no number or no title; expected both",
        "an issue of ana/pianos: found no number or no title; expected both",
        "ana/pianos#6: found a body that is no text",
    ]
    assert titles(abduce) == ["Idea 7"]


def test_hostile_issues_come_in_inert(abduce: Abduce, server: Server) -> None:
    evil = "evil \x1b]52;c;x\x07 \u202e[/foo] \x9b31m\0"
    server.on(FIRST, page(issue("x" * 2_000_000, title=evil + "t" * 400), issue(evil, number=8, user={"login": evil})))
    done = abduce.done("inbox", "pull", "github:ana/pianos")
    listed = abduce.done("idea", "list").out
    assert done.err.endswith("abduce: 2 taken in\n")
    assert not set(done.err + done.out + listed) & set("\x1b\x07\u202e\x9b\0")


def test_many_pages_are_read_in_several_goes(abduce: Abduce, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulling, "MOST_PAGES", 2)
    paths = [FIRST, *(f"{ISSUES}?page={n}" for n in (2, 3))]
    for place, (path, following) in enumerate(pairwise([*paths, ""]), 1):
        server.on(path, page(*numbered(place), following=f"{server.base}{following}" if following else ""))
    assert pull(abduce)[0] == "ana/pianos has more than 2 pages of issues; pull again to go on with the next"
    assert titles(abduce) == ["Idea 1", "Idea 2"]
    pull(abduce)
    assert titles(abduce) == ["Idea 1", "Idea 2", "Idea 3"]
    server.on(SINCE, page())
    pull(abduce)
    assert server.asked == [*paths, SINCE]


# What is in the way


def test_a_spent_limit_says_when_it_goes_on_and_loses_nothing(abduce: Abduce, server: Server) -> None:
    second = f"{ISSUES}?page=2"
    server.on(FIRST, page(*numbered(1), following=f"{server.base}{second}"))
    reset_at = (int(time.time()) // 60 + 30) * 60
    spent = {"x_ratelimit_remaining": "0", "x_ratelimit_reset": str(reset_at)}
    server.on(second, reply(403, '{"message": "API rate limit exceeded"}', **spent), page(*numbered(2)))
    result = abduce("inbox", "pull", "github:ana/pianos")
    assert result.code == 1
    assert "1 taken in" in result.err
    at = datetime.fromtimestamp(reset_at, UTC)
    assert result.err.splitlines()[-1] == (
        f"abduce: GitHub answers no more until {at:%H:%M} UTC (in 30 minutes); "
        "with a token in ABDUCE_GITHUB_TOKEN it answers more often"
    )
    assert titles(abduce) == ["Idea 1"]
    assert pull(abduce)[-1] == "1 taken in"
    assert server.asked == [FIRST, second, second]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (reply(429, Retry_After="7200"), "GitHub answers no more until "),
        (reply(403, Retry_After="60"), "GitHub answers no more until "),
        (reply(403, x_ratelimit_remaining="0"), "GitHub answers no more for now; try again in some minutes"),
        (reply(403, x_ratelimit_remaining="0", x_ratelimit_reset="9" * 30), "GitHub answers no more for now"),
        (reply(403), "GitHub does not allow this for ana/pianos; the token in ABDUCE_GITHUB_TOKEN says what one may"),
        (
            reply(404, '{"message": "Not Found"}'),
            "there is no repository ana/pianos on GitHub with issues, or it is private and it needs a token in "
            "ABDUCE_GITHUB_TOKEN",
        ),
        (reply(410), "there is no repository ana/pianos on GitHub with issues"),
        (reply(401), "GitHub does not accept the token in ABDUCE_GITHUB_TOKEN; expected one that is valid"),
        (reply(500), "server.test answered 500"),
        (reply(502), "server.test answered 502"),
        (reply(503), "server.test is busy; try again later"),
        (reply(422), "server.test answered 422"),
        (reply(body='[{"number": 1,'), "the answer of server.test makes no sense: this is not JSON: found the end"),
        (reply(body='{"message": "hello"}'), "the answer about ana/pianos makes no sense: found no list of issues"),
        (reply(body=b"\xff"), "the answer of server.test makes no sense: it is not UTF-8 text"),
        (reply(body="[" * 100_000), "the answer of server.test makes no sense: values are nested"),
        (reply(body="<html>", kind="text/html"), "server.test answered a web page; expected JSON"),
        (packed(b" " * 30_000_000), "the answer of server.test has more than 16,000,000 bytes"),
        (reset, "server.test broke the connection off, or answered what makes no sense"),
        (redirect("http://other.test/x"), "server.test redirects to another place, http://other.test; it is not asked"),
        (redirect("/github/x", 301), "there is no repository ana/pianos on GitHub with issues"),
    ],
)
def test_what_is_in_the_way_is_one_sentence(abduce: Abduce, server: Server, answer: Reply, sentence: str) -> None:
    server.on(FIRST, answer)
    assert abduce.refused("inbox", "pull", "github:ana/pianos").startswith(f"abduce: {sentence}")
    # Nothing counts as read.
    server.on(FIRST, page(*numbered(1)))
    assert pull(abduce)[-1] == "1 taken in"


async def drip(writer: asyncio.StreamWriter) -> None:
    """Send a list that never ends, a byte now and then."""
    writer.write(reply(Content_Length="1000000") + b"[")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("act", [hang, drip])
def test_a_slow_reply_ends(abduce: Abduce, server: Server, act: Reply) -> None:
    (abduce.home / "settings.toml").write_text("lookup_seconds = 1\n")
    server.on(FIRST, act)
    start = time.monotonic()
    assert abduce.refused("inbox", "pull", "github:ana/pianos") == "abduce: server.test does not answer\n"
    assert time.monotonic() - start < 10


def test_each_page_has_the_time_of_one_look_up(abduce: Abduce, server: Server) -> None:
    (abduce.home / "settings.toml").write_text("lookup_seconds = 1\n")

    def late(answer: bytes) -> Reply:
        async def act(writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.6)
            writer.write(answer)
            await writer.drain()

        return act

    paths = [FIRST, *(f"{ISSUES}?page={n}" for n in (2, 3))]
    for place, (path, following) in enumerate(pairwise([*paths, ""]), 1):
        link = f"{server.base}{following}" if following else ""
        server.on(path, late(page(*numbered(place), following=link)))
    assert pull(abduce)[-1] == "3 taken in"


def test_without_the_servers_time_all_is_read_again(abduce: Abduce, server: Server) -> None:
    server.on(FIRST, page(*numbered(1), Date=""), page(*numbered(1, 2), Date="some day"))
    assert pull(abduce)[-1] == "1 taken in"
    assert pull(abduce)[-1] == "1 taken in, 1 there already"
    assert server.asked == [FIRST, FIRST]


def test_a_busy_server_is_asked_once_more_when_it_says(abduce: Abduce, server: Server) -> None:
    server.on(FIRST, reply(503, Retry_After="0"), page(*numbered(1)))
    assert pull(abduce)[-1] == "1 taken in"


def test_a_renamed_repository_is_found_at_the_same_host(abduce: Abduce, server: Server, token: str) -> None:
    server.on(FIRST, redirect(BY_NUMBER, 301))
    server.on(BY_NUMBER, page(*numbered(1)))
    assert pull(abduce)[-1] == "1 taken in"
    assert all(f"Authorization: Bearer {TOKEN}" in head for head in server.heads)


@pytest.mark.parametrize(
    "place", ["http://other.test:{port}/x", "http://server.test:1/x", "https://server.test:{port}/x"]
)
def test_the_token_goes_to_github_alone(abduce: Abduce, server: Server, token: str, place: str) -> None:
    elsewhere = place.format(port=server.port)
    server.on("/x", page(*numbered(1)))
    server.on(FIRST, redirect(elsewhere))
    assert "it is not asked" in abduce("inbox", "pull", "github:ana/pianos").err
    server.on(FIRST, page(*numbered(1), following=elsewhere))
    result = abduce("inbox", "pull", "github:ana/pianos")
    assert result.err.splitlines()[-1] == (
        "abduce: the next page of ana/pianos is said to be elsewhere; it is not asked"
    )
    assert titles(abduce) == ["Idea 1"]
    assert server.asked == [FIRST, FIRST]
    assert set(server.looked_up) == {"server.test"}


def test_a_page_that_is_known_no_more_is_begun_from_the_first(abduce: Abduce, server: Server) -> None:
    gone = f"{ISSUES}?after=cursor"
    server.on(FIRST, page(*numbered(1), following=f"{server.base}{gone}"))
    server.on(gone, reply(500), reply(422))
    assert abduce("inbox", "pull", "github:ana/pianos").code == 1
    server.on(FIRST, page(*numbered(1, 2)))
    assert pull(abduce)[-1] == "1 taken in, 1 there already"


def test_the_token_is_never_shown_or_kept(
    abduce: Abduce, server: Server, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.on(FIRST, reply(401))
    result = abduce("inbox", "pull", "github:ana/pianos")
    assert f"\r\nAuthorization: Bearer {TOKEN}\r\n" in server.heads[0]
    assert TOKEN not in result.out + result.err
    monkeypatch.setenv("ABDUCE_GITHUB_TOKEN", f"{TOKEN}\x1b\nX: y")
    told = abduce.refused("inbox", "pull", "github:ana/pianos")
    assert told == "abduce: the token in ABDUCE_GITHUB_TOKEN has characters that no token has\n"
    monkeypatch.delenv("ABDUCE_GITHUB_TOKEN")
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    assert "token in GITHUB_TOKEN" in abduce("inbox", "pull", "github:ana/pianos").err
    kept = [path.read_bytes() for path in abduce.home.rglob("*") if path.is_file()]
    assert TOKEN.encode() not in b"".join(kept)
    assert TOKEN not in repr(github.asking("ana/pianos", Settings(), Services()))


def test_offline_nothing_is_asked(abduce: Abduce, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABDUCE_OFFLINE", "1")
    told = abduce("inbox", "pull", "github:ana/pianos").err
    assert "look-ups are switched off (offline); GitHub is not asked about ana/pianos" in told
    assert server.asked == server.looked_up == []


@pytest.mark.parametrize("name", ["github:ana", "github:ana/..", "github:../x", "github:a/b/c", "github:a b/c"])
def test_what_names_no_repository_is_a_file_that_is_not_there(abduce: Abduce, server: Server, name: str) -> None:
    assert abduce("inbox", "pull", name).code == 1
    assert server.asked == []


# Answering


@pytest.fixture
def decided(abduce: Abduce, server: Server) -> Abduce:
    """The program, with an idea from GitHub accepted, one declined and one that waits."""
    server.on(FIRST, page(*numbered(1, 2, 3)))
    pull(abduce)
    accepting = ("idea", "accept", number_of(abduce, "Idea 1"), "--kind", "explanation")
    abduce.done(*accepting, "--title", "Pianos *are* @shared")
    abduce.done("idea", "decline", number_of(abduce, "Idea 2"), "--reason", "See #5, @everyone <b>")
    server.asked.clear()
    server.bodies.clear()
    return abduce


ACCEPTED = "Thank you! This was taken up: it is now the explanation *Pianos \\*are\\* &#64;\u2060shared*."
DECLINED = "Thank you! This was not taken up. Because: See \\#\u20605, &#64;\u2060everyone \\<b\\>."


def comments(number: int) -> str:
    return f"{ISSUES}/{number}/comments"


def sent(server: Server) -> list[tuple[str, Any]]:
    """What was written, and where."""
    return [(path, json.loads(body)) for path, body in zip(server.asked, server.bodies, strict=True) if body]


def test_a_dry_run_of_answers_shows_them_and_asks_nobody(decided: Abduce, server: Server) -> None:
    done = decided.done("inbox", "answer", "--close", "--dry-run")
    assert done.out.splitlines() == [
        f"ana/pianos#1 would be closed: {ACCEPTED}",
        f"ana/pianos#2 would be closed: {DECLINED}",
    ]
    assert server.asked == []


def test_each_sender_is_answered_once(decided: Abduce, server: Server, token: str) -> None:
    for number in (1, 2):
        server.on(comments(number), reply(201, '{"id": 1}'))
    said = decided.done("inbox", "answer", "github:Ana/pianos").err
    assert said.splitlines() == [
        "abduce: answered ana/pianos#1",
        "abduce: answered ana/pianos#2",
        "abduce: 2 answered",
    ]
    written = sent(server)
    assert [path for path, _ in written] == [comments(1), comments(2)]
    assert [body["body"].partition("\n\n<!-- abduce: idea ")[0] for _, body in written] == [ACCEPTED, DECLINED]
    assert all(f"Authorization: Bearer {TOKEN}" in head for head in server.heads[-2:])
    assert "abduce: 0 answered" in decided.done("inbox", "answer").err
    assert len(server.asked) == 2


def test_issues_are_closed_only_if_asked_to(decided: Abduce, server: Server, token: str) -> None:
    for number in (1, 2):
        server.on(comments(number), reply(201, "{}"))
        server.on(f"{ISSUES}/{number}", reply(200, "{}"))
    decided.done("inbox", "answer")
    server.asked.clear()
    server.bodies.clear()
    decided.done("inbox", "answer", "--close")
    assert sent(server) == [
        (f"{ISSUES}/1", {"state": "closed", "state_reason": "completed"}),
        (f"{ISSUES}/2", {"state": "closed", "state_reason": "not_planned"}),
    ]
    assert server.heads[-1].startswith("PATCH ")


@pytest.mark.parametrize("code", [403, 404, 410])
def test_an_issue_that_takes_no_comment_stops_no_other(decided: Abduce, server: Server, token: str, code: int) -> None:
    server.on(comments(1), reply(code))
    server.on(comments(2), reply(201, "{}"))
    result = decided("inbox", "answer")
    assert result.code == 1
    assert result.err.splitlines()[-1] == "abduce: 1 answered, 1 not; the next time they are tried again"


def test_an_answer_that_nobody_knows_of_is_looked_for_before_it_is_written_again(
    decided: Abduce, server: Server, token: str
) -> None:
    server.on(comments(1), reset)
    assert decided("inbox", "answer").code == 1
    written = sent(server)[-1][1]["body"]
    with sqlite3.connect(decided.home / "abduce.db") as connection:
        query = "SELECT json_extract(state, '$.begun') FROM intake WHERE place = 'github:ana/pianos#1'"
        day = connection.execute(query).fetchone()[0][:10]
    connection.close()
    look = f"{comments(1)}?per_page=30&since={day}T00%3A00%3A00Z"
    server.on(look, reply(body=json.dumps([{"body": "other"}, {"body": written}, 3])))
    server.on(comments(2), reply(201, "{}"))
    server.asked.clear()
    decided.done("inbox", "answer")
    assert server.asked == [look, comments(2)]


def noted(abduce: Abduce, number: int, **state: str) -> None:
    """Note of an issue what a program has noted that died, or is still at it."""
    (row,) = [each for each in told(abduce) if each[0] == f"github:ana/pianos#{number}"] or [("", {})]
    with DebateStore.open() as store:
        store.note_of(store.load().slug, f"github:ana/pianos#{number}", {**row[1], **state})


def told(abduce: Abduce) -> list[tuple[str, dict[str, str]]]:
    """Return what is noted of each place."""
    with closing(sqlite3.connect(abduce.home / "abduce.db")) as connection:
        return [(place, json.loads(state)) for place, state in connection.execute("SELECT place, state FROM intake")]


def ago(minutes: float) -> str:
    return f"{datetime.now(UTC) - timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}"


def test_an_answer_that_another_program_is_at_is_left_to_it(decided: Abduce, server: Server, token: str) -> None:
    at = ago(4)
    noted(decided, 1, at_it=at)
    server.on(comments(2), reply(201, "{}"))
    result = decided("inbox", "answer")
    assert result.code == 1
    assert result.err.splitlines()[0] == (
        f"abduce: ana/pianos#1: another program has been at it since {at}; it is left to that for 5 minutes"
    )
    assert server.asked == [comments(2)]


def test_an_answer_whose_program_died_is_looked_for_and_then_written(
    decided: Abduce, server: Server, token: str
) -> None:
    noted(decided, 1, at_it=ago(6), begun="2024-03-01T00:00:00Z")
    noted(decided, 2, at_it="some day")
    server.on(f"{comments(1)}?per_page=30&since=2024-03-01T00%3A00%3A00Z", reply(body="[]"))
    for number in (1, 2):
        server.on(comments(number), reply(201, "{}"))
    decided.done("inbox", "answer")
    assert [path for path, _ in sent(server)] == [comments(1), comments(2)]
    assert all("at_it" not in state for _, state in told(decided))


def test_of_two_who_answer_at_once_one_writes(decided: Abduce, server: Server, token: str) -> None:
    """While the first waits for GitHub, a second one comes."""
    (decided.home / "settings.toml").write_text("lookup_seconds = 60\n")
    seconds: list[str] = []

    async def meanwhile(writer: asyncio.StreamWriter) -> None:
        second = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tui", "inbox", "answer", stderr=asyncio.subprocess.PIPE
        )
        seconds.append((await second.communicate())[1].decode())
        writer.write(reply(201, "{}"))
        await writer.drain()

    server.on(comments(1), meanwhile)
    noted(decided, 2, answered=ago(0))
    decided.done("inbox", "answer")
    assert "another program has been at it since" in seconds[0]
    assert [path for path, _ in sent(server)] == [comments(1)]


def test_what_is_claimed_at_the_same_moment_is_left_to_the_other(
    decided: Abduce, server: Server, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at what is noted and the claim, another one claims it."""
    claim = DebateStore.note_of

    def overtaken(store: DebateStore, slug: str, place: str, state: Any, **seen: Any) -> bool:
        if "at_it" in state and "begun" not in state:
            claim(store, slug, place, {"at_it": ago(0), "by": "another"})
        return claim(store, slug, place, state, **seen)

    monkeypatch.setattr(DebateStore, "note_of", overtaken)
    assert "another program began to answer it at this moment" in decided("inbox", "answer").err
    assert server.asked == []


def test_a_spent_limit_ends_the_answering(decided: Abduce, server: Server, token: str) -> None:
    server.on(comments(1), reply(403, Retry_After="60"))
    assert "GitHub answers no more until" in decided.refused("inbox", "answer")
    assert server.asked == [comments(1)]


def test_without_a_token_nothing_is_written(decided: Abduce, server: Server) -> None:
    assert decided.refused("inbox", "answer") == (
        "abduce: found no token in ABDUCE_GITHUB_TOKEN; expected one that may write to issues\n"
    )
    assert "expected a repository such as github:owner/name" in decided.refused("inbox", "answer", "ana/pianos")
    assert server.asked == []
