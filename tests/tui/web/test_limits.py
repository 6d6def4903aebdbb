"""The turnstile and the tokens of forms."""

from __future__ import annotations

from tui.web.form_token import FormTokens, is_visitor, new_visitor
from tui.web.limits import MOST_ADDRESSES, Crowd, Turnstile


class Now:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_ten_a_minute_pass_and_the_next_when_the_first_is_a_minute_old() -> None:
    now = Now()
    turnstile = Turnstile(10, now)
    for _ in range(10):
        assert turnstile.wait("a") == 0
        now.seconds += 1
    assert turnstile.wait("a") == 50  # the first passed ten seconds ago
    assert turnstile.wait("b") == 0
    now.seconds += 49
    assert turnstile.wait("a") == 1
    now.seconds += 1
    assert turnstile.wait("a") == 0
    assert turnstile.wait("a") == 1


def test_a_flood_of_addresses_takes_no_more_room_than_there_is() -> None:
    turnstile = Turnstile(10, Now())
    for number in range(3 * MOST_ADDRESSES):
        turnstile.wait(f"10.0.{number >> 8}.{number & 255}")
    assert len(turnstile) == MOST_ADDRESSES


def test_so_many_are_in_from_one_address_and_nobody_is_remembered_who_left() -> None:
    crowd = Crowd(2)
    assert [crowd.enter("a"), crowd.enter("a"), crowd.enter("a"), crowd.enter("b")] == [True, True, False, True]
    crowd.leave("a")
    assert crowd.enter("a")
    for address in "aab":
        crowd.leave(address)
    assert len(crowd) == 0
    assert [crowd.enter("a"), crowd.enter("a"), crowd.enter("a")] == [True, True, False]


def test_a_token_knows_its_age_and_its_visitor_for_as_long_as_it_is_good() -> None:
    now = Now()
    tokens, visitor = FormTokens(60, now), new_visitor()
    token = tokens.made(visitor)
    assert tokens.age(token, visitor) == 0
    now.seconds += 7
    assert tokens.age(token, visitor) == 7
    assert tokens.age(tokens.made(visitor, 5), visitor) == 5
    assert tokens.age(token, new_visitor()) is None
    assert FormTokens(60, now).age(token, visitor) is None
    now.seconds += 53
    assert tokens.age(token, visitor) == 60
    now.seconds += 1
    assert tokens.age(token, visitor) is None


def test_no_token_can_be_made_of_another() -> None:
    now = Now()
    tokens, visitor = FormTokens(60, now), new_visitor()
    time, _, mark = tokens.made(visitor).partition("-")
    for forged in (
        "",
        "-",
        mark,
        f"{time}-",
        f"{time}-{mark[:-1]}",
        f"{time}-{mark}0",
        f"{time}-{mark}\n",
        f" {time}-{mark}",
    ):
        assert tokens.age(forged, visitor) is None
    for other in ("", str(int(time) - 1), f"0{time}", "é", "٣" * 7, "9" * 5000):
        assert tokens.age(f"{other}-{mark}", visitor) is None
    assert tokens.age(tokens.made("other"), "other") is None  # no cookie of ours


def test_visitors_are_many_and_plain() -> None:
    visitors = {new_visitor() for _ in range(1000)}
    assert len(visitors) == 1000
    assert all(map(is_visitor, visitors))
    assert not [odd for odd in ("", "x" * 21, "x" * 23, "é" * 22, "x" * 21 + "\n", '"' * 22) if is_visitor(odd)]
