"""Mail: a message (`.eml`) or many in one file (`.mbox`), each an idea.

Python's parser of mail raises nearly anything on a bad header, so each message is read on its own: one that cannot be
is set aside with the reason, and never stops the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.policy import Policy
from email.utils import parseaddr
from html import unescape
from typing import Final, cast

from hypotheses.idea import Idea
from hypotheses.problems import Malformed
from store.intake.arriving import Arrival, Rejected, line_of, with_whole

LONGEST: Final = 1_000_000
"""Bytes of one message."""
MOST_PARTS: Final = 100
MOST_NESTED: Final = 30
"""How many of the parts may have parts of their own: Python's parser looks at each line once for each that is open."""
LONGEST_HEADER: Final = 2_000
"""Characters of a header that is read: Python's parser of headers takes the square of the time for longer ones."""
_NAMED: Final = ("From", "Subject", "Date", "Message-ID")
"""What one of stands at the beginning of every mail."""
_READ: Final = ("from", "subject", "content-disposition")
"""The headers that are read once a message is parsed."""
_PARSED: Final = re.compile(rb"(?:\A|[\r\n])content-(?:type|transfer-encoding)[ \t]*:", re.IGNORECASE)
"""The headers that are read while it is parsed."""
_HEADER_END: Final = re.compile(rb"\r?\n(?![ \t])|\r(?![ \t\n])")
_BOUNDARY: Final = re.compile(rb"\bboundary[*\d]{0,6}\s{0,9}=", re.IGNORECASE)
"""What each part has that has parts of its own."""
_FROM_LINE: Final = re.compile(rb"^From \S.{0,400}\d\d:\d\d.{0,40}\d{4}\r?$", re.MULTILINE)
"""How a message of an mbox begins; other lines that begin so are words of somebody. Bounded: lines have no end."""
_QUOTED_FROM: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_REPLY: Final = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
_EDGE: Final = re.compile(r"<!--|-->|<(/?)(script|style)\b[^<>]*>", re.IGNORECASE)
"""Where something begins or ends that is not shown."""
_BREAK: Final = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")


def messages(data: bytes, name: str) -> Iterator[Arrival]:
    """Yield each message of an mbox as an idea, or why it is none."""
    starts = [match.start() for match in _FROM_LINE.finditer(data) if _begins(data, match.start())]
    if not starts or data[: starts[0]].strip():
        yield Rejected(name, "found no mailbox; expected it to begin with `From `")
        return
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        _, _, raw = data[start:end].partition(b"\n")
        yield message(_QUOTED_FROM.sub(rb"\1", raw), f"{name}, message {number}")


def _begins(data: bytes, at: int) -> bool:
    """Say whether a line stands where a message may begin: first, or behind an empty line."""
    return at == 0 or data.endswith((b"\n\n", b"\n\r\n"), 0, at)


def message(raw: bytes, where: str) -> Arrival:
    """Read one message as an idea: the subject is its title, the text its text, whom it is from a claim."""
    if len(raw) > LONGEST:
        return Rejected(where, f"found {len(raw):,} bytes; expected at most {LONGEST:,}", raw[:LONGEST])
    try:
        return _read(raw)
    except Malformed as refused:
        return Rejected(where, str(refused), raw)
    except Exception as fault:
        return Rejected(where, f"it cannot be read as mail ({type(fault).__name__})", raw)


def _read(raw: bytes) -> Idea:
    mail = _parsed(raw)
    text = _text_of(mail).strip()
    subject = _REPLY.sub("", str(mail["subject"] or ""))
    title = line_of(subject) or line_of(text.partition("\n")[0])
    if not title:
        raise Malformed("found neither a subject nor a text; expected one of the two")
    if not any(name in mail for name in _NAMED):  # or else any file at all is the text of a mail
        raise Malformed("found neither a sender nor a subject nor a date at its beginning; expected a mail")
    name, address = parseaddr(str(mail["from"] or ""))
    text = with_whole(text, subject=subject, sender=name, address=address)
    return Idea(0, title, text, sender=line_of(name or address), contact=line_of(address), via="mail")


def _parsed(raw: bytes) -> EmailMessage:
    """Parse a message that has not more parts, and no longer headers, than the parser has time for."""
    if len(_BOUNDARY.findall(raw)) > MOST_NESTED:
        raise Malformed(f"found more than {MOST_NESTED} parts with parts of their own; expected fewer")
    for start in _PARSED.finditer(raw):
        end = _HEADER_END.search(raw, start.end(), start.end() + 2 * LONGEST_HEADER)
        _require_short("the kind of a part", (end.start() if end else len(raw)) - start.end())
    parts: list[EmailMessage] = []

    def part(policy: Policy[EmailMessage]) -> EmailMessage:
        if len(parts) > MOST_PARTS:
            raise Malformed(f"found more than {MOST_PARTS} parts; expected fewer")
        parts.append(EmailMessage(policy))
        return parts[-1]

    mail = message_from_bytes(raw, policy=policy.default.clone(message_factory=part))
    for name, value in (header for one in parts for header in one.raw_items()):
        if name.lower() in _READ:
            _require_short(name, len(value))
    return mail


def _require_short(what: str, length: int) -> None:
    if length > LONGEST_HEADER:
        raise Malformed(f"found more than {LONGEST_HEADER:,} characters for {what}; expected at most that")


def _text_of(mail: EmailMessage) -> str:
    """Return the plain text of a message, or else what its HTML says; attachments are left out."""
    parts = [
        part
        for part in mail.walk()
        if part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment"
    ]
    plain = next((part for part in parts if part.get_content_subtype() == "plain"), None)
    if plain is not None:
        return _decoded(plain)
    html = next((part for part in parts if part.get_content_subtype() == "html"), None)
    return _words_of(_decoded(html)) if html is not None else ""


def _decoded(part: object) -> str:
    raw = cast("EmailMessage", part).get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    try:
        return data.decode(cast("EmailMessage", part).get_content_charset() or "utf-8", "replace")
    except LookupError:  # an encoding that nobody knows
        return data.decode("utf-8", "replace")


def _words_of(html: str) -> str:
    text = _TAG.sub("", _BREAK.sub("\n", _shown(html)))
    return re.sub(r"\n{3,}", "\n\n", unescape(text))


def _shown(html: str) -> str:
    """Leave out scripts, styles and comments, in one pass: what is never closed reaches to the end."""
    kept, since, until = [], 0, ""
    for edge in _EDGE.finditer(html):
        ends = "-->" if edge[0] in ("<!--", "-->") else edge[2].lower()
        begins = edge[0] == "<!--" or (edge[2] and not edge[1])
        if not until and begins:
            kept.append(html[since : edge.start()])
            until = ends
        elif ends == until and not begins:
            since, until = edge.end(), ""
    return "".join(kept if until else [*kept, html[since:]])
