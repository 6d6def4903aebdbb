"""The settings: `settings.toml` in the folder of the configuration, the environment over it, and options over both.

A setting that makes no sense is a warning and counts as not set; a broken file never stops the program.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from hypotheses.problems import NotFound
from store.paths import SETTINGS_NAME, config_folder
from store.proxy import EXPECTED, is_proxy

_LONGEST: Final = 100_000
"""How many bytes of the file are read."""
_MAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Settings:
    """How the program behaves for its user, whatever the debate."""

    mail: str = ""
    """A mail address that look-ups send along: Crossref answers faster to those it could write to."""
    offline: bool = False
    """No look-up reaches for the network."""
    lookup_seconds: float = 10
    """How long one look-up may take in all, from 1 to 120 seconds."""
    proxy: str = field(default="", repr=False)
    """The address of the proxy by which the network is asked; it may have a password in it, and is never shown."""
    certificates: str = ""
    """The file or the folder of the certificate authorities that are trusted; empty for those that come along."""
    backups: int = 3
    """How many backups that were made by themselves are kept of each kind, from 1 to 100."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command -> the keys that do it in the app, with commas between; empty for none."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, and what was wrong with them."""

    settings: Settings
    warnings: tuple[str, ...] = ()
    """One sentence each."""


def settings_file() -> Path:
    """Return where the settings are kept; the file need not exist."""
    return config_folder() / SETTINGS_NAME


def load_settings() -> Loaded:
    """Read the settings: those of the environment, else those of the file, else the defaults."""
    warnings: list[str] = []
    settings = Settings()
    for place, given in ((str(settings_file()), _file(warnings)), ("the environment", _environment())):
        good = dict(_good(place, given, warnings))
        settings = replace(settings, **good)
    return Loaded(settings, tuple(warnings))


def _file(warnings: list[str]) -> Mapping[str, Any]:
    path = settings_file()
    try:
        if path.exists() and not path.is_file():
            warnings.append(f"{path} is no file")
            return {}
        with path.open("rb") as file:
            return tomllib.loads(file.read(_LONGEST).decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        warnings.append(f"{path} cannot be read: {error.strerror}")
    except (ValueError, RecursionError) as error:
        warnings.append(f"{path} is not TOML: {' '.join(str(error).split())}")
    return {}


def _environment() -> Mapping[str, Any]:
    named = {"proxy": "ABDUCE_PROXY", "certificates": "SSL_CERT_FILE"}
    given: dict[str, Any] = {name: text for name, variable in named.items() if (text := os.environ.get(variable))}
    if mail := os.environ.get("ABDUCE_MAIL"):
        given["mail"] = mail
    if offline := os.environ.get("ABDUCE_OFFLINE"):
        words = {
            "1": True,
            "true": True,
            "yes": True,
            "on": True,
            "0": False,
            "false": False,
            "no": False,
            "off": False,
        }
        given["offline"] = words.get(offline.lower(), offline)
    return given


def _good(place: str, given: Mapping[str, Any], warnings: list[str]) -> Iterator[tuple[str, Any]]:
    """Yield the settings that make sense, and warn of the others."""
    names = tuple(each.name for each in fields(Settings))
    for name, value in given.items():
        if name not in names:
            warnings.append(f"{place}: {NotFound('setting', name, names)}")
        elif expected := _objection(name, value):
            found = "is none" if name == "proxy" else f"is {str(value)[:60]!r}"  # a password is never shown
            warnings.append(f"{place}: {name} {found}; expected {expected}")
        elif name == "keys":
            yield name, dict(_good_keys(place, value, warnings))
        else:
            yield name, value


def _good_keys(place: str, given: Mapping[str, Any], warnings: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what is given as keys; which commands and keys there are, the app knows."""
    for command, keys in given.items():
        if isinstance(keys, str):
            yield command, keys
        else:
            warnings.append(f"{place}: keys.{command} is {str(keys)[:60]!r}; expected a key in quotes")


def _objection(name: str, value: object) -> str:
    """Return what was expected of a setting; nothing if this is it."""
    expected, makes_sense = _SENSIBLE[name]
    return "" if makes_sense(value) else expected


def _is_number(value: object, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


_SENSIBLE: Final[Mapping[str, tuple[str, Callable[[object], bool]]]] = {
    "mail": ("a mail address", lambda value: isinstance(value, str) and (not value or bool(_MAIL.fullmatch(value)))),
    "offline": ("true or false", lambda value: isinstance(value, bool)),
    "lookup_seconds": ("seconds from 1 to 120", lambda value: _is_number(value, 1, 120)),
    "proxy": (EXPECTED, lambda value: isinstance(value, str) and (not value or is_proxy(value))),
    "certificates": ("the path of a file or a folder", lambda value: isinstance(value, str)),
    "backups": ("a whole number from 1 to 100", lambda value: isinstance(value, int) and _is_number(value, 1, 100)),
    "keys": ("a table, [keys], of commands and their keys", lambda value: isinstance(value, Mapping)),
}
"""Setting -> what is expected of it, and whether a value is that."""
