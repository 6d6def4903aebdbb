"""The page for readers: `inbox serve`."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import click

from hypotheses.problems import Refused
from store.person import system_user
from tui.cli.failures import say
from tui.cli.invocation import CliCommand, Invocation, pass_invocation

if TYPE_CHECKING:
    from tui.web.address import Address

BUSY_SECONDS: Final = 5.0
"""How long the page waits for another program's write, with a reader before it."""


@click.command("serve", cls=CliCommand)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", help="Where to listen; only this machine if not given.")
@click.option("--port", type=click.IntRange(0, 65535), default=8020, show_default=True, help="0 is any that is free.")
@click.option("--url", metavar="URL", default="", help="What readers call the page, if a proxy stands before it.")
@click.option("--public", is_flag=True, help="Let other machines in; needs ABDUCE_INBOX_TOKEN.")
@click.option("--proxy", "proxied", is_flag=True, help="Whom limits count for is in the X-Forwarded-For of a proxy.")
@click.option("--json", "as_json", is_flag=True, help="Take ideas as JSON too; needs ABDUCE_INBOX_KEY.")
@click.option("--origin", "origins", metavar="URL", multiple=True, help="A site whose pages may send JSON.")
@pass_invocation
def serve(
    invocation: Invocation,
    *,
    host: str,
    port: int,
    url: str,
    public: bool,
    proxied: bool,
    as_json: bool,
    origins: tuple[str, ...],
) -> None:
    """Serve a page on which readers see the debate and send ideas, until ctrl+c."""
    _require_extra()
    from store.debate_store import DebateStore  # noqa: PLC0415 - only this command needs all of it
    from tui.crash import log_unexpected  # noqa: PLC0415
    from tui.web.address import address_of, origin  # noqa: PLC0415
    from tui.web.desk import BY, Desk  # noqa: PLC0415
    from tui.web.ideas_json import door_of  # noqa: PLC0415
    from tui.web.limits import LIMITS  # noqa: PLC0415
    from tui.web.serving import listening, serve_page  # noqa: PLC0415

    token, key = os.environ.get("ABDUCE_INBOX_TOKEN", ""), os.environ.get("ABDUCE_INBOX_KEY", "")
    door = door_of(key, map(origin, origins), wanted=as_json)

    def placed(port: int) -> Address:
        return address_of(host=host, port=port, url=url, token=token, public=public, proxied=proxied)

    ip = placed(port).host
    opened = DebateStore.open(
        invocation.location, actor=invocation.person or BY, creator=system_user(), busy_timeout=BUSY_SECONDS
    )
    with opened as store, listening(ip, port) as listener:
        debate = store.load(invocation.debate_slug)
        address = placed(listener.getsockname()[1])
        say(f"readers find {debate.slug!r} at {address.link} until ctrl+c")
        desk = Desk(store, debate.slug, LIMITS.a_day)
        serve_page(desk, address, LIMITS, door, listener=listener, tell=say, failed=log_unexpected)
    say("the page is closed")


def _require_extra() -> None:
    """Require what only the page needs.

    Raises:
        Refused: it is not installed.
    """
    missing = [name for name in ("jinja2", "starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        raise Refused(
            f"the page needs {', '.join(missing)}; get it with `pip install 'abduce[web]'`, "
            "or, if Abduce was installed by pipx, with `pipx inject abduce jinja2 starlette uvicorn`"
        )
