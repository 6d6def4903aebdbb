"""Where the page may be, and what has to be said first."""

from __future__ import annotations

import pytest

from hypotheses.problems import Refused
from tui.web.address import Address, address_of, origin

TOKEN = "k7" * 12


def at(host: str = "127.0.0.1", port: int = 8020, *, url: str = "", token: str = "", public: bool = False) -> Address:
    return address_of(host=host, port=port, url=url, token=token, public=public, proxied=False)


def test_without_a_word_it_is_on_this_machine_only() -> None:
    here = at()
    assert here.link == "http://127.0.0.1:8020/"
    assert here.hosts == {"127.0.0.1:8020", "localhost:8020"}
    assert here.origins == {"http://127.0.0.1:8020", "http://localhost:8020"}
    assert not here.secure
    assert at("localhost") == here
    assert at("::1").link == "http://[::1]:8020/"
    assert "127.0.0.1" in at(port=80).hosts


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "2001:db8::7", "10.0.0.1", "::ffff:192.0.2.7"])
def test_other_machines_are_let_in_only_if_that_is_said_and_the_link_has_a_token(host: str) -> None:
    with pytest.raises(Refused, match="add --public"):
        at(host)
    with pytest.raises(Refused, match="add --public"):
        at(host, token=TOKEN)
    with pytest.raises(Refused, match="needs a token in ABDUCE_INBOX_TOKEN"):
        at(host, public=True)
    named = at(host, public=True, token=TOKEN, url="http://ideas.example.org:8020")
    assert named.link == f"http://ideas.example.org:8020/{TOKEN}/"


def test_every_address_of_the_machine_needs_a_name_that_readers_use() -> None:
    with pytest.raises(Refused, match="say with --url"):
        at("0.0.0.0", public=True, token=TOKEN)


@pytest.mark.parametrize("token", ["short", "x" * 19, "x" * 201, "with blank " * 3, "a/b" * 10, "é" * 30, "..%2f" * 10])
def test_a_token_is_long_and_plain(token: str) -> None:
    with pytest.raises(Refused, match="expected 20 to 200 letters"):
        at(token=token)


def test_behind_a_proxy_it_is_called_what_readers_call_it() -> None:
    named = at(url="https://Ideas.Example.org/")
    assert named.link == "https://ideas.example.org/"
    assert "ideas.example.org" in named.hosts
    assert "https://ideas.example.org" in named.origins
    assert named.secure
    assert "ideas.example.org:8443" in at(url="https://ideas.example.org:8443").hosts
    assert "ideas.example.org" in at(url="https://ideas.example.org:443").hosts


@pytest.mark.parametrize(
    "url",
    [
        "ideas.example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/path",
        "https://user@example.org",
        "https://example.org?x=1",
        "https://example.org#x",
        "https://exa mple.org",
        "https://[::1",
        "https://example.org:99999",
        "javascript:alert(1)",
        "null",
        "*",
    ],
)
def test_a_site_has_no_path_and_is_on_the_web(url: str) -> None:
    with pytest.raises(Refused, match="expected a site"):
        at(url=url)
    with pytest.raises(Refused, match="expected a site"):
        origin(url)


@pytest.mark.parametrize(
    "host", ["", "example.org", "127.0.0.1:8020", "300.1.1.1", "127.1", "0x7f.1", "http://127.0.0.1"]
)
def test_what_is_listened_on_is_an_address(host: str) -> None:
    with pytest.raises(Refused, match="expected an address"):
        at(host)


def test_the_token_opens_what_is_behind_it_and_nothing_else() -> None:
    page = at(token=TOKEN)
    assert page.within(f"/{TOKEN}/idea/abc") == "/idea/abc"
    assert page.within(f"/{TOKEN}/") == "/"
    for path in ("/", "", f"/{TOKEN}", f"/{TOKEN[:-1]}/x", f"//{TOKEN}/", "é", f"/{'é' * 12}/"):
        assert page.within(path) is None
    assert at().within("/x") == "/x"
    assert at().within("") is None
