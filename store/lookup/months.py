"""The names of months in the languages that dates come in, whole or by their beginning."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES: Final = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber märz april mai juni juli august sept oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar mars april mai juni juli august september oktober november desember",
    "januar februar marts april maj juni juli august september oktober november december",
    "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
)
"""The twelve of each language, beginning with January."""


def month_number(name: str) -> int:
    """Return the number of a month by its name or the start of it, from three letters on; 0 if there is none."""
    return _starts().get(_folded(name.strip(" .")), 0)


@lru_cache(maxsize=1)
def _starts() -> dict[str, int]:
    """Return each beginning of a name -> its number; 0 where languages, or names of one, differ."""
    starts: dict[str, int] = {}
    whole: dict[str, int] = {}
    for start, number in _beginnings():
        if starts.setdefault(start, number) != number:
            starts[start] = 0
    for names in _NAMES:
        for number, name in enumerate(names.split(), 1):
            whole.setdefault(_folded(name), number)
    # English goes before all others, and a name that is whole before a beginning.
    return {**starts, **whole, **{month: number for number, month in enumerate(MONTHS, 1)}}


def _beginnings() -> Iterator[tuple[str, int]]:
    for names in _NAMES:
        for number, name in enumerate(names.split(), 1):
            folded = _folded(name)
            for length in range(3, len(folded) + 1):
                yield folded[:length], number


def _folded(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
