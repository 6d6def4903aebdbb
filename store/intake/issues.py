"""One issue on GitHub as an idea, also of an issue form, whose body is `### Heading`, an empty line, and the value.

What a heading or its value does not say plainly stays in the text as it stands. An issue's account is as much of a
claim as a name: it says who wrote, not who thought of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from hypotheses import rules
from hypotheses.debate import Debate
from hypotheses.idea import Idea, IdeaKind
from hypotheses.problems import Malformed
from store.intake.arriving import Arrival, Rejected, issue_named, line_of, with_whole

_HEADING: Final = re.compile(r"### +(\S.*)")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_NOTHING: Final = "_No response_"
"""What GitHub writes where a field of a form was left empty."""
_LOGIN: Final = re.compile(r"[A-Za-z0-9-]{1,39}")
_TICKED: Final = re.compile(r"- \[(x| )\] [^\n]*", re.IGNORECASE)
_HEADINGS: Final[Mapping[str, str]] = {
    "title": "title",
    "kind": "kind",
    "explanation": "hypothesis",
    "hypothesis": "hypothesis",
    "about": "hypothesis",
    "text": "text",
    "idea": "text",
    "link": "url",
    "source": "url",
    "url": "url",
    "name": "sender",
    "contact": "contact",
    "unnamed": "unnamed",
    "do not name me": "unnamed",
}
"""Heading, in lower case -> the field of an idea."""
_KINDS: Final[Mapping[str, IdeaKind]] = {
    "explanation": "hypothesis",
    "hypothesis": "hypothesis",
    "evidence": "evidence",
    "estimate": "estimate",
    "comment": "comment",
}


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading of a form with what stands below it; what stands before the first has none."""

    heading: str
    value: str
    written: str
    """Both as they stand."""


def read_issue(issue: object, repository: str, debate: Debate) -> Arrival | None:
    """Read an issue as the API gives it; None for what is no idea: a pull request, or an issue that is closed."""
    match issue:
        case {"pull_request": dict()} | {"state": "closed"}:
            return None
        case {"number": int(number), "title": str(title), **more} if number is not True and 0 < number < 10**12:
            given = {str(name): value for name, value in more.items()}
            return _idea(given, f"{repository}#{number}", Idea(0, title, via=issue_named(repository, number)), debate)
    return Rejected(f"an issue of {repository}", "found no number or no title; expected both")


def _idea(issue: Mapping[str, Any], where: str, idea: Idea, debate: Debate) -> Arrival:
    body, user = issue.get("body") or "", issue.get("user")
    if not isinstance(body, str):
        return Rejected(where, "found a body that is no text")
    login = str(user.get("login", "")) if isinstance(user, dict) else ""
    fields, text = _told(body.replace("\r\n", "\n"), debate)
    title = line_of(fields.pop("title", "") or idea.title) or line_of(text.partition("\n")[0])
    if not title:
        return Rejected(where, "found neither a title nor a text; expected one of the two")
    account = f"https://github.com/{login}" if _LOGIN.fullmatch(login) else ""
    given = {"sender": line_of(login), "contact": account, "received": _moment(issue.get("created_at"))}
    return replace(idea, title=title, text=with_whole(text, title=idea.title), **{**given, **fields})


def _told(body: str, debate: Debate) -> tuple[dict[str, Any], str]:
    """Return the fields that a body gives, and the text that is left."""
    fields: dict[str, Any] = {}
    left = []
    for section in _sections(body):
        name = _HEADINGS.get(" ".join(section.heading.split()).casefold().rstrip(":?"), "")
        if section.heading and section.value in ("", _NOTHING):
            left += [] if name else [section.written]
        elif name == "text":
            left.append(section.value)
        elif name and name not in fields and (value := _value(name, section.value, debate)) is not None:
            fields[name] = value
        else:
            left.append(section.written)
    return fields, "\n\n".join(filter(None, left))


def _value(name: str, text: str, debate: Debate) -> object:
    """Return what a value says as that field; None if it does not say it plainly."""
    if name == "unnamed":
        ticked = _TICKED.fullmatch(text)
        word = ticked[1].casefold() if ticked else text.casefold()
        return {"x": True, "yes": True, "true": True, " ": False, "no": False, "false": False}.get(word)
    if "\n" in text or len(text) > rules.TITLE_LENGTH:
        return None
    if name == "kind":
        return _KINDS.get(text.casefold())
    if name == "hypothesis":
        return _explanation(text, debate)
    if name == "url":
        return _address(text)
    return line_of(text)


def _explanation(text: str, debate: Debate) -> str | None:
    """Return the slug of the explanation that is named by its slug, title or short name."""
    wanted = " ".join(text.split()).casefold()
    found = (h.slug for h in debate.hypotheses.values() if wanted in {x.casefold() for x in (h.slug, h.title, h.short)})
    return next(found, None)


def _address(text: str) -> str | None:
    address = text.removeprefix("<").removesuffix(">")
    try:
        return rules.url(address)
    except Malformed:
        return None


def _moment(text: object) -> str:
    try:
        return rules.moment(text) if isinstance(text, str) else ""
    except Malformed:
        return ""


def _sections(body: str) -> Iterator[_Section]:
    """Yield the parts of a body; a heading within a fenced block is none."""
    heading, lines, fence = "", list[str](), ""
    for line in body.split("\n"):
        begun = None if fence else _HEADING.fullmatch(line)
        if begun:
            yield _section(heading, lines)
            heading, lines = begun[1].strip(), [line]
        else:
            lines.append(line)
            mark = _FENCE.match(line)
            if mark and not fence:
                fence = mark[1]
            elif mark and line.strip() == mark[1] and mark[1].startswith(fence):
                fence = ""
    yield _section(heading, lines)


def _section(heading: str, lines: list[str]) -> _Section:
    return _Section(heading, "\n".join(lines[bool(heading) :]).strip(), "\n".join(lines).strip())
