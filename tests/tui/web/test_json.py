"""Ideas as JSON, for other sites."""

from __future__ import annotations

import json

import pytest

from tests.tui.web.conftest import MakeSite
from tests.tui.web.site import Answer, Site
from tests.tui.web.test_page import ideas_of
from tui.web.ideas_json import JsonDoor

KEY = "s3" * 12
FRIEND = "https://blog.example.org"
DOOR = JsonDoor(KEY, frozenset({FRIEND}))


@pytest.fixture
def open_site(make_site: MakeSite) -> Site:
    return make_site(door=DOOR)


def send(site: Site, body: object, **headers: str) -> Answer:
    given = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = site.ask("POST", f"{site.address.prefix}/ideas.json", data, {n: v for n, v in given.items() if v})
    assert answer.is_strict()
    return answer


def error_in(answer: Answer) -> str:
    assert answer.headers["content-type"] == "application/json"
    said = json.loads(answer.body)
    assert list(said) == ["error"]
    assert said["error"].endswith(".")
    return str(said["error"])


def test_an_idea_is_kept_and_answered_with_its_receipt(open_site: Site) -> None:
    sent = send(
        open_site,
        {"title": "It glows", "text": "Δ", "kind": "evidence", "from": "Ida", "url": "https://example.org/x",
         "contact": "ida@example.org", "unnamed": True, "hypothesis": "copied-filters"},
    )  # fmt: skip
    assert sent.status == 201
    (idea,) = ideas_of(open_site)
    assert (idea.title, idea.text, idea.kind, idea.sender, idea.unnamed) == ("It glows", "Δ", "evidence", "Ida", True)
    assert (idea.contact, idea.url, idea.hypothesis) == ("ida@example.org", "https://example.org/x", "copied-filters")
    said = json.loads(sent.body)
    assert said == {"reference": idea.reference, "receipt": f"http://{open_site.host}/idea/{idea.reference}"}
    assert "It is waiting." in open_site.get(f"/idea/{idea.reference}").text
    again = send(open_site, {"title": "it  glows", "text": "Δ", "from": "ida"})
    assert json.loads(again.body) == said
    assert len(ideas_of(open_site)) == 1


def test_it_is_off_unless_it_is_asked_for(site: Site) -> None:
    assert send(site, {"title": "Closed"}).status == 404


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", f"Bearer {KEY}x", f"Basic {KEY}", KEY, f"bearer {KEY.upper()}"]
)
def test_without_the_key_nothing_is_taken(open_site: Site, given: str) -> None:
    refused = send(open_site, {"title": "No key"}, Authorization=given)
    assert refused.status == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert KEY not in refused.body
    assert "key" in error_in(refused)
    assert ideas_of(open_site) == []


def test_what_is_wrong_is_told_with_its_place(open_site: Site) -> None:
    for body, told in (
        (b"", "line"),
        (b"{", "Line 1"),
        (b"[]", "found 0 ideas"),
        ([{"title": "a"}, {"title": "b"}], "found 2 ideas"),
        ({}, "title"),
        ({"title": ""}, "expected a title"),
        ({"title": "x" * 301}, "at most 300"),
        ({"title": "a", "kind": "poem"}, "expected hypothesis, evidence, estimate, comment"),
        ({"title": "a", "url": "javascript:alert(1)"}, "https://"),
        ({"title": "a", "hypothesis": "no-such"}, "no hypothesis 'no-such'"),
        ({"title": "a", "status": "accepted"}, "status"),
        ({"title": "a", "received": "2020-01-01T00:00:00Z"}, "received"),
        ({"title": "a", "colour": "red"}, "colour"),
        ({"title": ["a"]}, "line 1"),
        (b'{"title": "a", "title": "b"}', "title"),
        (b'{"title": "\xff"}', "UTF-8"),
        (b'{"title": "\\ud800"}', "line 1"),
        (b'{"title": "a\\u0000"}', "U+0000"),
        (b"[" * 5000, "line 1"),
        (b'{"title": NaN}', "line 1"),
    ):  # fmt: skip
        refused = send(open_site, body)
        assert refused.status == 422, (body[:60] if isinstance(body, bytes) else body, refused.body)
        assert told.lower() in error_in(refused).lower(), refused.body
    assert ideas_of(open_site) == []


def test_only_json_of_some_length_is_taken(open_site: Site) -> None:
    for kind in ("", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"):
        assert "application/json" in error_in(send(open_site, {"title": "a"}, Content_Type=kind))
    assert "65,536" in error_in(send(open_site, {"title": "a", "text": "x" * 70_000}))
    assert send(open_site, {"title": "a", "text": "x" * 50_000}).status == 201


def test_the_limits_are_those_of_the_form(make_site: MakeSite) -> None:
    site = make_site(door=DOOR, a_minute=2, a_day=2)
    assert [send(site, {"title": f"Number {n}"}).status for n in range(2)] == [201, 201]
    by_minute = send(site, {"title": "Number 2"})
    assert (by_minute.status, int(by_minute.headers["retry-after"]) <= 60) == (429, True)
    assert "too many" in error_in(by_minute).lower()
    assert site.send(title="Number 2").status == 429
    by_day = send(make_site(door=DOOR, a_day=2), {"title": "Number 2"})
    assert (by_day.status, int(by_day.headers["retry-after"]) > 80_000) == (429, True)


def test_only_sites_that_were_named_are_let_send_from_a_browser(open_site: Site) -> None:
    asking = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    asked = open_site.ask("OPTIONS", "/ideas.json", None, {"Origin": FRIEND, **asking})
    assert asked.status == 204
    assert asked.headers["access-control-allow-origin"] == FRIEND
    assert asked.headers["access-control-allow-headers"] == "authorization, content-type"
    assert "access-control-allow-credentials" not in asked.headers
    sent = send(open_site, {"title": "From a friend"}, Origin=FRIEND, Sec_Fetch_Site="cross-site")
    assert sent.status == 201
    assert sent.headers["access-control-allow-origin"] == FRIEND
    for other in ("https://evil.example", "null", f"{FRIEND}.evil.example", "http://blog.example.org"):
        refused = open_site.ask("OPTIONS", "/ideas.json", None, {"Origin": other, **asking})
        assert refused.status == 403
        assert not [name for name in refused.headers if name.startswith("access-control")]
        answer = open_site.ask(
            "POST", "/ideas.json", b'{"title": "x"}',
            {"Origin": other, "Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
        )  # fmt: skip
        assert answer.status == 403
        assert "Ideas are sent" in error_in(answer)
    form = open_site.visit().with_headers({"Origin": FRIEND}, title="The form is not for friends")
    assert form.status == 403
    assert len(ideas_of(open_site)) == 1


def test_it_is_behind_the_token_too(make_site: MakeSite) -> None:
    site = make_site(door=DOOR, token="k7" * 12)
    sent = send(site, {"title": "Behind"})
    assert json.loads(sent.body)["receipt"].startswith(f"http://{site.host}/{'k7' * 12}/idea/")
    assert site.ask("POST", "/ideas.json", b"{}", {"Authorization": f"Bearer {KEY}"}).status == 404
