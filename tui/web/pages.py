"""The pages as HTML: every value in them is escaped, and what acts on a reader's screen is made visible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from hypotheses.fields import field_of
from hypotheses.idea import Idea
from hypotheses.reports.prose import set_apart
from hypotheses.rules import TEXT_LENGTH, TITLE_LENGTH
from tui.terminal.clean import clean_text
from tui.web.address import Address
from tui.web.form import EMPTY, FIELDS, KINDS, TOKEN, Complaint
from tui.web.shown import Receipt, ShownDebate

_HERE: Final = Path(__file__).parent
SECURITY: Final[Mapping[str, str]] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""What every answer says, whatever it is."""
FORM_REFERRER: Final = "same-origin"
"""The policy of the page with the form: under `no-referrer` a browser does not say where a form comes from."""


class Typed(str):
    """What somebody typed, which goes back into its field as it is: only escaped."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it is shown: what is in its fields, and what is wrong with that."""

    typed: Mapping[str, str]
    wrong: Sequence[Complaint]
    token: str

    def value(self, name: str) -> Typed:
        """Return what is in a field."""
        return Typed(self.typed.get(name, ""))

    def errors(self, name: str) -> list[str]:
        """Return what is wrong with a field; with an empty name, with the form as a whole."""
        return [each.text for each in self.wrong if each.field == name]


class Pages:
    """Writes each page for one address."""

    def __init__(self, address: Address) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_harmless,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["emphasised"] = _emphasised
        labels = {name: field_of(Idea, name).label for name in FIELDS}
        self._environment.globals |= {
            "prefix": address.prefix,
            "kinds": KINDS,
            "labels": labels,
            "token_name": TOKEN,
            "empty_name": EMPTY,
            "title_length": TITLE_LENGTH,
            "text_length": TEXT_LENGTH,
        }

    def debate(self, debate: ShownDebate, filled: Filled) -> str:
        """Write the debate with the form."""
        return self._written("debate.html", debate=debate, form=filled)

    def receipt(self, receipt: Receipt, link: str) -> str:
        """Write what became of an idea."""
        return self._written("receipt.html", receipt=receipt, link=link)

    def refusal(self, heading: str, sentence: str, *, look_up: bool = False) -> str:
        """Write why there is nothing else, perhaps with the form to look up a reference."""
        return self._written("refusal.html", heading=heading, sentence=sentence, look_up=look_up)

    def at_the_gate(self, heading: str, sentence: str) -> str:
        """Write why a request is not let in, for somebody who may not have the link: without any link."""
        return self._written("at_the_gate.html", heading=heading, sentence=sentence)

    def _written(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(values)


@cache
def style() -> str:
    """Return the style sheet."""
    return (_HERE / "templates" / "style.css").read_text(encoding="utf-8")


def _emphasised(text: str) -> Markup:
    """Write a text with what stands between asterisks or backticks set apart: nothing else in it acts."""
    pieces = []
    for piece in set_apart(text):
        shown = escape(clean_text(piece.text, multiline=True))
        pieces.append(Markup(f"<{piece.kind}>{{}}</{piece.kind}>").format(shown) if piece.kind else shown)  # noqa: S704 - ours
    return Markup("").join(pieces)


def _harmless(value: object) -> object:
    """Make visible what would act or mislead in a text: direction marks and control characters."""
    if isinstance(value, str) and not isinstance(value, Markup | Typed):
        return clean_text(value, multiline=True)
    return value
