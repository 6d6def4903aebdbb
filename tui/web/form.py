"""The form: how it travels, what is in it, and what is wrong with that, by the rules of every other door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from hypotheses.debate import Debate
from hypotheses.fields import USUAL, field_of
from hypotheses.idea import Idea
from hypotheses.problems import Malformed

TYPE: Final = "application/x-www-form-urlencoded"
FIELDS: Final = ("kind", "hypothesis", "title", "text", "url", "sender", "contact", "unnamed")
"""What a reader says, in the order of the form."""
TOKEN: Final = "token"  # noqa: S105 - the name of a field
EMPTY: Final = "homepage"
"""A field that nobody sees and that stays empty; programs that fill in every field fill it in."""
KINDS: Final = {
    "hypothesis": "An explanation",
    "evidence": "Evidence",
    "estimate": "An estimate of a number",
    "comment": "A comment",
}
"""What an idea can be -> what the form calls it."""
_BROKEN: Final = re.compile("%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that is wrong with what was sent, and the field it is about; empty for the form as a whole."""

    field: str
    text: str


def decoded(body: bytes) -> dict[str, str]:
    """Read the fields of a form that was sent.

    Raises:
        Malformed: it is not as a browser writes one.
    """
    try:
        written = body.decode("ascii")
        if _BROKEN.search(written):
            raise Malformed("the form has a % that is no escape")
        pairs = parse_qsl(written, keep_blank_values=True, errors="strict", max_num_fields=20) if written else []
    except UnicodeDecodeError as error:
        raise Malformed("the form is not UTF-8 text") from error
    except ValueError as error:
        raise Malformed("the form has too many fields") from error
    typed: dict[str, str] = {}
    for name, value in pairs:
        if name not in (*FIELDS, TOKEN, EMPTY):
            raise Malformed("the form has a field that is none of ours")
        if name in typed:
            raise Malformed("the form has a field twice")
        if "\0" in value:
            raise Malformed("the form has a NUL character, which is no text")
        typed[name] = value.replace("\r\n", "\n").replace("\r", "\n")
    return typed


def idea_in(typed: Mapping[str, str], debate: Debate) -> tuple[Idea | None, list[Complaint]]:
    """Return the idea that was typed; or none, and all that is wrong with it."""
    given: dict[str, Any] = {"unnamed": bool(typed.get("unnamed"))}
    wrong = []
    for name in FIELDS[:-1]:
        field, text = field_of(Idea, name), typed.get(name, "").strip()
        try:
            given[name] = field.read(text) if text or field.required else USUAL[Idea][name]
        except Malformed as refused:
            wrong.append(Complaint(name, sentence(str(refused))))
    slug = given.get("hypothesis")
    if slug and slug not in debate.hypotheses:
        wrong.append(Complaint("hypothesis", "This explanation is not there any more; choose another one, or none."))
    return (None, wrong) if wrong else (Idea(0, **given, via="web"), [])


def sentence(text: str) -> str:
    """Write what the program says as a sentence of a page."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
