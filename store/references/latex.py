r"""LaTeX in bibliographies, as Unicode: `M{\"u}ller` is Müller, `{DNA}` is DNA, `\textit{in vivo}` is in vivo.

What is not known stays as it stands, with everything that belongs to it: a title never says something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from store.lookup.scripts import subscript, superscript
from store.references.formula_symbols import SYMBOLS
from store.references.latex_symbols import LETTERS, MARKS, rare_symbol
from store.references.mathematics import mathematics

LONGEST: Final = 20_000
"""How many characters are looked at: more than any title has."""
_DEEPEST: Final = 20
_LONGEST_ARGUMENT: Final = 2000
_SPECIAL: Final = re.compile(r"[\\{}$~`]|--|''")
_HARD: Final = re.compile(r"[\\{}$]")
_RUN: Final = re.compile(r"[^\\{}$~]+")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)\*?[ \t\n]*|\\(.)", re.DOTALL)
_ESCAPED: Final = {
    "-": "",
    "/": "",
    "\\": " ",
    ",": " ",
    " ": " ",
    "\n": " ",
    ";": " ",
    ":": " ",
    "!": "",
    "@": "",
    **dict.fromkeys("&%#_{}$", ""),
}
r"""What `\` makes of a sign; nothing here for the signs that stay themselves."""
_THEMSELVES: Final = frozenset("&%#_{}$")
_AROUND: Final = frozenset(
    (
        *("textbf", "textit", "emph", "textrm", "textsf", "texttt", "textsc", "textsl", "textup", "textmd"),
        *("textnormal", "text", "mbox", "hbox", "enquote", "uline", "underline", "mathrm", "mathbf", "mathit"),
        *("mathsf", "mkbibemph", "mkbibitalic", "mkbibbold", "mkbibacro", "acro", "textls"),
    )
)
"""Commands of type, of which what is in their braces remains."""
_SWITCHES: Final = frozenset(
    (
        *("em", "it", "bf", "sc", "tt", "rm", "sl", "sf", "itshape", "bfseries", "scshape", "ttfamily"),
        *("rmfamily", "sffamily", "slshape", "upshape", "mdseries", "normalfont", "tiny", "scriptsize"),
        *("footnotesize", "small", "normalsize", "large", "Large", "relax", "protect", "noindent", "par"),
        *("upshape", "boldmath", "allowbreak", "nolinebreak", "linebreak", "break", "leavevmode"),
    )
)
_SORTING: Final = frozenset(("noopsort", "SortNoop", "sortnoop", "noop"))
"""By custom these print nothing: what is in their braces is there to sort by."""
_TYPOGRAPHY: Final = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))
_ADDRESS: Final = re.compile(r"\\(?:url|path|nolinkurl)\s*(?=\{)")


def text_of(latex: str, depth: int = 0) -> str:
    """Return the plain text of LaTeX, itself so deep in other; what is not known in it stays as it stands."""
    if not _SPECIAL.search(latex):
        return latex
    if not _HARD.search(latex):
        return _typography(latex.replace("~", "\u00a0"))
    text = _Text(latex[:LONGEST], depth).read() + latex[LONGEST:]
    return unicodedata.normalize("NFC", text)


def address_of(latex: str) -> str:
    """Return an address or a number as it is meant: only its escapes are undone."""
    if "\\" not in latex and "{" not in latex:
        return latex.strip()
    address = _ADDRESS.sub("", latex)
    return re.sub(r"[{}]", "", re.sub(r"\\([%#&_~$^])(?:\{\})?", r"\1", address)).strip()


def _typography(text: str) -> str:
    for written, meant in _TYPOGRAPHY:
        text = text.replace(written, meant)
    return text


class _Text:
    """A text, and how far it is read."""

    def __init__(self, latex: str, depth: int) -> None:
        self.latex = latex
        self.at = 0
        self.depth = depth

    def read(self) -> str:
        pieces = []
        while self.at < len(self.latex):
            pieces.append(self._row(self.depth))
            self.at += 1  # a brace that closes nothing
        return "".join(pieces)

    def _row(self, depth: int) -> str:
        """Read up to the brace that closes a group, or to the end; the brace is not passed."""
        pieces: list[str] = []
        while self.at < len(self.latex) and self.latex[self.at] != "}":
            pieces.append(self._piece(depth))
        return "".join(pieces)

    def _piece(self, depth: int) -> str:
        if run := _RUN.match(self.latex, self.at):
            self.at = run.end()
            return _typography(run[0])
        sign = self.latex[self.at]
        if sign == "\\":
            return self._command(depth)
        if sign == "$":
            return self._formula()
        self.at += 1
        if sign == "~":
            return "\u00a0"
        return self._rest_of_group(depth)

    def _rest_of_group(self, depth: int) -> str:
        if depth >= _DEEPEST:
            return ""
        inside = self._row(depth + 1)
        self.at += 1
        return inside

    def _formula(self) -> str:
        opener = "$$" if self.latex.startswith("$$", self.at) else "$"
        start = self.at + len(opener)
        end = start
        while (end := self.latex.find(opener, end)) > 0 and self.latex[end - 1] == "\\":
            end += 1
        if end < 0:
            self.at += 1
            return "$"
        self.at = end + len(opener)
        inside = self.latex[start:end]
        meant = mathematics(inside)
        return f"{opener}{inside}{opener}" if meant is None else meant

    def _command(self, depth: int) -> str:
        start = self.at
        match = _COMMAND.match(self.latex, start)
        if match is None:
            self.at += 1
            return "\\"
        self.at = match.end()
        meant = self._escaped(match[2], depth) if match[2] else self._named(match[1], depth)
        if meant is not None:
            return meant
        # Whatever it means, its arguments belong to it.
        self.at = match.end() if not match[0].endswith((" ", "\t", "\n")) else match.end() - _blanks(match[0])
        while self.latex[self.at : self.at + 1] in ("{", "[") and self._argument_raw() is not None:
            pass
        return self.latex[start : self.at]

    def _escaped(self, sign: str, depth: int) -> str | None:
        if sign in _THEMSELVES:
            return sign
        if sign in _ESCAPED:
            return _ESCAPED[sign]
        if sign in ("(", "["):
            return self._bracketed(sign)
        return self._accented(MARKS[sign], depth) if sign in MARKS else None

    def _bracketed(self, opener: str) -> str | None:
        closer = "\\)" if opener == "(" else "\\]"
        end = self.latex.find(closer, self.at)
        meant = mathematics(self.latex[self.at : end]) if end >= 0 else None
        if meant is not None:
            self.at = end + 2
        return meant

    def _named(self, name: str, depth: int) -> str | None:
        """Return what a command with a name stands for; None if that is not known."""
        if name in MARKS:
            return self._accented(MARKS[name], depth)
        if name in LETTERS or name in _SWITCHES:
            return self._closed(LETTERS.get(name, ""))
        if name == "t":
            return self._tied(depth)
        if name in _TAKING:
            argument = self._argument_raw() if depth < _DEEPEST else None
            return None if argument is None else _TAKING[name](argument, depth + 1)
        if name in _AROUND or (name == "href" and self._argument_raw() is not None):
            return self._argument(depth)
        symbol = SYMBOLS.get(name) or mathematics(f"\\{name}") or rare_symbol(name)
        return self._closed(symbol) if symbol else None

    def _closed(self, text: str) -> str:
        if self.latex.startswith("{}", self.at):
            self.at += 2
        return text

    def _argument(self, depth: int) -> str | None:
        """Read what is in the braces that follow; None if none do."""
        if not self.latex.startswith("{", self.at) or depth >= _DEEPEST:
            return None
        self.at += 1
        return self._rest_of_group(depth)

    def _argument_raw(self) -> str | None:
        """Pass over the braces or brackets that follow and return what is in them as it stands; None if none do."""
        opener = self.latex[self.at : self.at + 1]
        closer = {"{": "}", "[": "]"}.get(opener)
        if closer is None:
            return None
        level = 0
        for match in re.compile(r"\\.|[{}\[\]]", re.DOTALL).finditer(self.latex, self.at, self.at + _LONGEST_ARGUMENT):
            level += 1 if match[0] == opener else -1 if match[0] == closer else 0
            if level == 0:
                inside = self.latex[self.at + 1 : match.start()]
                self.at = match.end()
                return inside
        return None

    def _accented(self, mark: str, depth: int) -> str | None:
        """Put an accent on the letter that follows, which may have one already."""
        while self.latex[self.at : self.at + 1] in (" ", "\n", "\t"):
            self.at += 1
        if depth >= _DEEPEST:
            return None
        letter = self._letter(depth)
        if not letter or not letter[0].isalnum():
            return None
        # The dotless letters are there for the accents of LaTeX; Unicode takes the usual ones.
        first = {"ı": "i", "ȷ": "j"}.get(letter[0], letter[0])
        marks = len(letter) - len(letter[1:].lstrip("".join(map(chr, range(0x300, 0x370)))))
        return unicodedata.normalize("NFC", f"{first}{letter[1:marks]}{mark}{letter[marks:]}")

    def _letter(self, depth: int) -> str | None:
        opener = self.latex[self.at : self.at + 1]
        if opener == "{":
            return (self._argument(depth) or "").strip()
        if opener == "\\":
            return self._command(depth + 1)
        self.at += 1
        return opener

    def _tied(self, depth: int) -> str | None:
        inside = self._argument(depth)
        return f"{inside[0]}\u0361{inside[1:]}" if inside and len(inside) > 1 else None


def _blanks(text: str) -> int:
    return len(text) - len(text.rstrip())


def _raised(inside: str, depth: int) -> str | None:
    return superscript(text_of(inside, depth))


def _lowered(inside: str, depth: int) -> str | None:
    return subscript(text_of(inside, depth))


_TAKING: Final[dict[str, Callable[[str, int], str | None]]] = {
    "textsuperscript": _raised,
    "textsubscript": _lowered,
    "up": _raised,
    **dict.fromkeys(("url", "path", "nolinkurl"), lambda inside, _: address_of(inside)),
    **dict.fromkeys(("MakeUppercase", "uppercase"), lambda inside, depth: text_of(inside, depth).upper()),
    **dict.fromkeys(("MakeLowercase", "lowercase"), lambda inside, depth: text_of(inside, depth).lower()),
    **dict.fromkeys(("enquote", "mkbibquote"), lambda inside, depth: f"“{text_of(inside, depth)}”"),
    "mkbibparens": lambda inside, depth: f"({text_of(inside, depth)})",
    **dict.fromkeys(("vphantom", "hphantom", "phantom", "hspace", "vspace"), lambda _inside, _depth: ""),
    "ensuremath": lambda inside, _: mathematics(inside),
    "ce": lambda _inside, _depth: None,
    **dict.fromkeys(_SORTING, lambda _inside, _depth: ""),
}
"""Command -> what it makes of what is in its braces, so deep in others; nothing where that is not known."""
