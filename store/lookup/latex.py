r"""LaTeX in bibliographies, as Unicode: `M{\"u}ller` is Müller, `{DNA}` is DNA, `\textit{in vivo}` is in vivo."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MARKS: Final = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
}
"""Accent command -> the mark that stands behind its letter in Unicode."""
_ACCENT: Final = re.compile(
    r"""\\(?:([`'^~"=.])\s*|([uvHckrdb])(?![A-Za-z])\s*)   # the command
    (?:\{\s*(\\[ij]|[^\W\d_])\s*\}|(\\[ij](?![A-Za-z])\s?|[^\W\d_]))  # its letter, which may be a dotless i or j""",
    re.VERBOSE,
)
_LETTERS: Final = {
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "S": "§",
    "P": "¶",
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "dag": "†",
    "textendash": "–",
    "textemdash": "—",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquotesingle": "'",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "textless": "<",
    "textgreater": ">",
    "texttrademark": "™",
    "textregistered": "®",
    "textdegree": "°",
    "degree": "°",
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "times": "×",
    "pm": "±",
    "cdot": "·",
    "leq": "≤",
    "geq": "≥",
    "approx": "≈",
    "sim": "∼",
    "infty": "∞",
    "to": "→",
    "rightarrow": "→",
    "ell": "ℓ",
    "quad": " ",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
}
_GREEK: Final = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
    *("nu", "xi", "omicron", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
"""In the order of their code points."""
_LETTERS.update({name: chr(0x3B1 + number) for number, name in enumerate(_GREEK)})
_LETTERS.update({name.capitalize(): chr(0x391 + number) for number, name in enumerate(_GREEK) if name != "varsigma"})
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)\*?(?:\s+|\{\})?")
_ESCAPED: Final = re.compile(r"\\([^A-Za-z])")
_KEPT: Final = {"{": "\ue000", "}": "\ue001", "$": "\ue002", "~": "\ue003", "\\": "\ue004"}
"""What was escaped is kept from those who read the unescaped, by characters for private use."""
_BACK: Final = {ord(kept): plain for plain, kept in _KEPT.items()}
_TYPOGRAPHY: Final = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))


def text_of(latex: str) -> str:
    """Return the plain text of LaTeX; a command that is not known leaves what stands in its braces."""
    if not re.search(r"[\\{}$~`'-]", latex):
        return latex
    plain = _ACCENT.sub(_accented, latex.translate(dict.fromkeys(_BACK)))
    plain = _ESCAPED.sub(_escaped, _COMMAND.sub(_known, plain))
    for written, meant in _TYPOGRAPHY:
        plain = plain.replace(written, meant)
    plain = re.sub(r"[{}$]", "", plain).replace("~", "\u00a0")
    return unicodedata.normalize("NFC", plain.translate(_BACK))


def address_of(latex: str) -> str:
    """Return an address or a number as it is meant: only its escapes are undone."""
    address = re.sub(r"\\url\s*(?=\{)", "", latex)
    return re.sub(r"[{}]", "", re.sub(r"\\([%#&_~$^])(?:\{\})?", r"\1", address)).strip()


def _accented(match: re.Match[str]) -> str:
    letter = match[3] or match[4]
    # The dotless letters are there for the accents of LaTeX; Unicode takes the usual ones.
    return unicodedata.normalize("NFC", letter.strip("\\ \n") + _MARKS[match[1] or match[2]])


def _known(match: re.Match[str]) -> str:
    letter = _LETTERS.get(match[1], "")
    return _KEPT.get(letter, letter)


def _escaped(match: re.Match[str]) -> str:
    if match[1] in "{}$~":
        return _KEPT[match[1]]
    # `\,` and `\ ` are spaces, `\-` says where a word may be broken, `\\` is a line end.
    return {"-": "", "/": "", "\\": " ", ",": " ", " ": " ", "\n": " ", ";": " ", ":": " ", "!": ""}.get(
        match[1], match[1]
    )
