"""What every command shares: the database and debate it is about, and how a person names things in it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hypotheses.problems import Malformed, NotFound, Refused
from store.paths import password_in

if TYPE_CHECKING:
    from hypotheses.debate import Debate, Hypothesis
    from store.at_once import Early
    from store.debate_store import DebateStore

Callback = TypeVar("Callback", bound=Callable[..., object])


@dataclass
class Invocation:
    """One run of the program."""

    location: str | None = None
    """Path or URL of the database; None is the default."""
    debate_slug: str | None = None
    """The debate every command is about; None is the one opened last."""
    person: str | None = None
    """Whose ranking and ratings are meant, and whom changes are written down to; None is the system's user."""

    def store(self) -> DebateStore:
        """Open the database; it is closed when the command ends."""
        from store.debate_store import open_as  # noqa: PLC0415 - 0.3 s that help pages do not wait for

        return click.get_current_context().with_resource(open_as(self.person, self.location))

    def open(self) -> tuple[DebateStore, Debate]:
        """Open the database and load the debate."""
        store = self.store()
        return store, store.load(self.debate_slug)

    def debate(self) -> Debate:
        """Load the debate, for a command that only reads it."""
        at_once = self.at_once()
        return self.open()[1] if at_once is None else at_once.debate

    def at_once(self) -> Early | None:
        """Read the debate without opening the database for more; None if only that can."""
        from store.at_once import read_at_once  # noqa: PLC0415 - 0.1 s that help pages do not wait for

        return read_at_once(self.location, self.debate_slug) if self.person is None else None

    def debate_slugs(self) -> list[str]:
        """Return the slugs of all debates."""
        return [summary.slug for summary in self.store().debates()]


with_option = click.option("--with", "along", is_flag=True, help="What hangs on it goes with it.")
pass_invocation = click.make_pass_decorator(Invocation, ensure=True)


def _keep(name: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    def keep(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            setattr(ctx.ensure_object(Invocation), name, value)

    return keep


def without_password(_ctx: click.Context, parameter: click.Parameter, location: str | None) -> str | None:
    """Refuse a URL with a password on the command line, which everybody on the machine can read.

    Raises:
        Refused: it has one.
    """
    if location is not None and password_in(location):
        name = parameter.opts[0]
        raise Refused(
            f"{name} has a password in it, which others on this machine can read;"
            " put it into ABDUCE_DB, PGPASSWORD or the file ~/.pgpass"
        )
    return location


def _keep_location(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    _keep("location")(ctx, parameter, without_password(ctx, parameter, value))


def _shared_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--db"],
            metavar="PATH|URL",
            expose_value=False,
            callback=_keep_location,
            help="The database; otherwise ABDUCE_DB, otherwise the file in your data folder.",
        ),
        click.Option(
            ["--debate"],
            metavar="SLUG",
            expose_value=False,
            callback=_keep("debate_slug"),
            help="The debate; otherwise the one opened last.",
        ),
        click.Option(
            ["--as"],
            metavar="NAME",
            expose_value=False,
            callback=_keep("person"),
            help="Whose ranking and ratings are meant; otherwise the system's user.",
        ),
    ]


class _Sharing(click.Command):
    """What takes the options that every command takes."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return its own options, then the shared ones."""
        return [*super().get_params(ctx), *_shared_options()]


class CliCommand(_Sharing):
    """A command."""


class CliGroup(_Sharing, click.Group):
    """A group of commands."""

    command_class = CliCommand


def find_hypothesis(debate: Debate, name: str) -> Hypothesis:
    """Return the hypothesis a person means by its slug, the start of its slug, or its rank.

    Raises:
        NotFound: there is none, with the nearest one suggested.
        Refused: several slugs start so.
    """
    if name in debate.hypotheses:
        return debate.hypotheses[name]
    from hypotheses.ranking import ranked  # noqa: PLC0415 - help pages name no hypothesis

    order = ranked(debate)
    if re.fullmatch("[0-9]{1,9}", name):
        if 1 <= int(name) <= len(order):
            return order[int(name) - 1]
        raise Refused(f"there is no hypothesis of rank {name}; expected 1 to {len(order)}")
    starting = [slug for slug in debate.hypotheses if name and slug.startswith(name)]
    if len(starting) > 1:
        raise Refused(f"{name!r} could be {' or '.join(starting)}")
    if not starting:
        raise NotFound("hypothesis", name, debate.hypotheses)
    return debate.hypotheses[starting[0]]


def place_meant(to: str, now: int, last: int) -> int:
    """Return the place that `up`, `down` or a number means, 1 being the first.

    Raises:
        Refused: it is there already where it is to go.
        Malformed: it means no place.
    """
    if to in ("up", "down"):
        new = now - 1 if to == "up" else now + 1
        if not 1 <= new <= last:
            raise Refused(f"it is {'first' if to == 'up' else 'last'} already")
        return new
    if not re.fullmatch("[0-9]{1,9}", to):
        raise Malformed(f"{to!r} is no place; expected up, down or a place such as 2")
    return int(to)


def field_option(kind: type, name: str, **more: Any) -> Callable[[Callback], Callback]:  # noqa: ANN401 -- click's
    """Return the click option of one field of a value: several for a list, `-` for standard input in a long text."""
    from hypotheses.fields import field_of  # noqa: PLC0415 - 25 ms that the page of all commands does not wait for

    field = field_of(kind, name)
    is_list = field.notation.several
    flag = f"--{(field.file_key.removesuffix('s') if is_list else field.file_key).replace('_', '-')}"
    hint = f"{field.hint}{'; - reads standard input' if field.long else ''}"
    is_phrase = " " in hint  # else it is a pattern, such as https://…
    about: dict[str, Any] = {"help": f"{hint[0].upper()}{hint[1:]}." if is_phrase else hint or None}
    if is_list:
        about |= {"multiple": True, "metavar": "NAME", "help": "Once for each."}
    elif field.words:
        about |= {"type": click.Choice(field.words)}
    else:
        about |= {"callback": read_with(field.read, long=field.long)}
    return click.option(flag, name, **{**about, **more})


def read_with(parse: Callable[[str], object], *, long: bool = False) -> Callable[..., object]:
    """Return a click callback that reads an option; what is malformed is refused, with the name of the option.

    With `long`, `-` stands for what comes on standard input.
    """

    def read(_ctx: click.Context, parameter: click.Parameter, text: str | None) -> object:
        if text is None:
            return None
        try:
            return parse(read_stdin() if long and text == "-" else text)
        except Malformed as refused:
            raise Malformed(f"{parameter.opts[0]}: {refused}") from refused

    return read


def text_or_stdin(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Return the text of an option; `-` stands for what comes on standard input."""
    return read_stdin() if value == "-" else value


def read_stdin() -> str:
    """Return the text on standard input, without the line end at its end.

    Raises:
        Refused: it is not UTF-8, or longer than any text may be.
    """
    from hypotheses.rules import TEXT_LENGTH  # noqa: PLC0415 - only what is piped in needs it

    typed = sys.stdin.buffer.read(4 * TEXT_LENGTH + 1)
    if len(typed) > 4 * TEXT_LENGTH:
        raise Refused(f"standard input is too long; expected at most {TEXT_LENGTH:,} characters")
    try:
        return typed.decode("utf-8").rstrip("\n")
    except UnicodeDecodeError as error:
        raise Refused(f"standard input is not UTF-8 text (byte {error.start + 1})") from error
