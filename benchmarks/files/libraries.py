"""Made-up libraries of references of any length, in every form that can be read, seeded."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_WORDS: Final = """
tide curve wave model storm river coast neural vision brain sample theory method data learning deep analysis survey
network field energy harbour current moon gauge record drift buoy salinity estuary sediment
"""
WORDS: Final = _WORDS.split()
_FAMILIES: Final = "Marlow Lee Song Núñez Müller Roth Cruz Bose Arce Silva Osei Lima Dam Tol Strand Holm"
FAMILIES: Final = _FAMILIES.split(" ")


@dataclass(frozen=True, slots=True)
class Work:
    """One made-up work."""

    number: int
    title: str
    authors: tuple[tuple[str, str], ...]
    journal: str
    year: int
    abstract: str

    @property
    def doi(self) -> str:
        """Its DOI."""
        return f"10.5555/{self.number}"

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://example.org/papers/{self.number}"


def works(count: int) -> Iterator[Work]:
    """Yield so many works, the same ones every time."""
    draw = random.Random(1)
    for number in range(count):
        yield Work(
            number,
            " ".join(draw.choices(WORDS, k=8)).capitalize(),
            tuple((draw.choice(FAMILIES), f"{draw.choice('ABCDEFG')}.") for _ in range(draw.randint(1, 6))),
            f"Journal of {draw.choice(WORDS)}",
            1950 + number % 70,
            " ".join(draw.choices(WORDS, k=40)),
        )


def bibtex(count: int) -> str:
    """Write a library as BibTeX: one title of seven has LaTeX in it, one entry of a thousand has no title."""
    return "\n".join(map(_entry, works(count)))


def _entry(work: Work) -> str:
    title = work.title.replace("wave", r"w{\"a}ve $x^2$") if work.number % 7 == 0 else work.title
    fields = {
        "title" if work.number % 1000 != 999 else "note": title,
        "author": " and ".join(f"{family}, {given}" for family, given in work.authors),
        "journal": work.journal,
        "year": str(work.year),
        "pages": f"{work.number % 900}--{work.number % 900 + 9}",
        "doi": work.doi,
        "url": work.url,
        "abstract": work.abstract,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@article{{key{work.number},\n{lines}}}\n"


def ris(count: int) -> str:
    """Write a library as RIS."""
    return "".join(
        f"TY  - JOUR\nID  - key{work.number}\nTI  - {work.title}\n"
        + "".join(f"AU  - {family}, {given}\n" for family, given in work.authors)
        + f"JO  - {work.journal}\nPY  - {work.year}\nDO  - {work.doi}\nUR  - {work.url}\n"
        + f"AB  - {work.abstract}\nER  - \n\n"
        for work in works(count)
    )


def csl_json(count: int) -> str:
    """Write a library as CSL-JSON."""
    return json.dumps(
        [
            {
                "id": f"key{work.number}",
                "type": "article-journal",
                "title": work.title,
                "author": [{"family": family, "given": given} for family, given in work.authors],
                "container-title": work.journal,
                "issued": {"date-parts": [[work.year]]},
                "DOI": work.doi,
                "URL": work.url,
                "abstract": work.abstract,
            }
            for work in works(count)
        ],
        indent=1,
        ensure_ascii=False,
    )


FORMS: Final[dict[str, tuple[str, Callable[[int], str]]]] = {
    "BibTeX": ("refs.bib", bibtex),
    "RIS": ("refs.ris", ris),
    "CSL-JSON": ("refs.json", csl_json),
}
"""Name -> the name of such a file, and what writes one."""


if __name__ == "__main__":
    items, form, file = sys.argv[1:]
    Path(file).write_text(FORMS[form][1](int(items)), encoding="utf-8")
