"""The shape of a debate as JSON, as a JSON Schema (draft 2020-12), made from the fields that the values have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from hypotheses import rules
from hypotheses.debate import Assessment, Claim, Comment, Debate, Evidence, Gap, Hypothesis, Quantity, Stated
from hypotheses.fields import FIELDS_IN_FILE, Field
from hypotheses.idea import Idea
from hypotheses.letters import LETTERS
from hypotheses.notations import FLAG, NUMBER, PLAUSIBILITY, RATIO, WEIGHT, WHOLE, Notation
from hypotheses.ratios import NOT_APPLICABLE, WEIGHT_WORDS
from hypotheses.reading import Assumption, Correlation, Reading
from hypotheses.reports.json import Shape, json_text

_TEXT: Final = {"type": "string", "maxLength": rules.TEXT_LENGTH}
_LINE: Final = {"type": "string", "maxLength": rules.TITLE_LENGTH}
_RATIO: Final = {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"const": NOT_APPLICABLE}]}
_SHARE: Final = {"type": "number", "minimum": 0, "maximum": 1}
_NAMES: Final = {"minLength": 1, "maxLength": rules.NAME_LENGTH}
_SYMBOLS: Final = {**_NAMES, "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"}
_MOMENT: Final = "^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z)?$"
_OF_NOTATIONS: Final[Mapping[Notation, Shape]] = {
    FLAG: {"type": "boolean"},
    WHOLE: {"type": "integer"},
    NUMBER: {"type": "number"},
    PLAUSIBILITY: _SHARE,
    WEIGHT: _SHARE,
    RATIO: _RATIO,
}
_OF_RULES: Final[Mapping[Callable[..., object], Shape]] = {
    rules.line: _LINE,
    rules.title: {**_LINE, "pattern": "\\S"},
    rules.short: _LINE,
    rules.text: _TEXT,
    rules.required_text: {**_TEXT, "pattern": "\\S"},
    rules.name: {"type": "string", **_NAMES},
    rules.symbol: {"type": "string", **_SYMBOLS},
    rules.day: {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    rules.whole_day: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    rules.moment: {"type": "string", "pattern": _MOMENT},
    rules.url: {**_TEXT, "pattern": "^https?://"},
    rules.share: _SHARE,
    rules.rank_correlation: {"type": "number", "minimum": -1, "maximum": 1},
    rules.tolerance: {"type": "number", "exclusiveMinimum": 0},
}
"""What lets a field in -> what JSON Schema can say of that."""


def debate_json_schema() -> str:
    """Write the schema of what `debate_json` writes."""
    return json_text(_schema())


def _schema() -> Shape:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:abduce:debate:1",
        "title": "A debate, as `abduce export --format json` writes it",
        "description": "Values and formulas are text as it is typed in Abduce; what is empty or as usual is left out.",
        "type": "object",
        "properties": {"abduce": {"const": 1}, "debate": _object(Debate), **_parts()},
        "required": ["abduce", "debate"],
        "additionalProperties": False,
    }


def _parts() -> Shape:
    correlated = {"correlated": _object(Correlation)}
    of_quantity = _entries(_object(Reading, more=correlated))
    others = _entries(_object(Assessment), _LINE)
    rated = _object(Assessment, more={"by": _LINE, "others": others})
    return {
        "quantities": _entries(_object(Quantity, more={"readings": of_quantity, **_claim()}), _SYMBOLS),
        "gaps": _entries(_object(Gap, more=_claim()), _SYMBOLS),
        "hypotheses": _entries(_hypothesis()),
        "evidence": _entries(_object(Evidence, more={"assessments": _entries(rated)})),
        "schemes": _entries(_scheme()),
        "ideas": {"type": "array", "items": _object(Idea)},
        "comments": {"type": "array", "items": _object(Comment)},
    }


def _hypothesis() -> Shape:
    readings = _entries({**_object(Reading), "additionalProperties": False})
    more = {
        "effects": _entries({"type": "string"}, _SYMBOLS),
        "assumes": _entries(_object(Assumption, more={"readings": readings}), _SYMBOLS),
        "others": _entries(_object(Stated), _LINE),
    }
    return _object(Hypothesis, more=more)


def _scheme() -> Shape:
    weights = {word: {"type": "number"} for word in WEIGHT_WORDS}
    return {
        "type": "object",
        "properties": {
            "points": _fixed({letter: {"type": "number"} for letter in LETTERS}),
            "credibility": _fixed(weights),
            "relevance": _fixed(weights),
            "source": _TEXT,
        },
        "required": ["points"],
        "additionalProperties": False,
    }


def _object(kind: type, *, more: Shape | None = None) -> Shape:
    fields = FIELDS_IN_FILE[kind]
    required = [key for key, field in fields if field.required]
    return {
        "type": "object",
        "properties": {**{key: _field(field) for key, field in fields}, **(more or {})},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _field(field: Field) -> Shape:
    if field.words:
        return {"enum": list(field.words)}
    said = _OF_RULES.get(field.rule) or _OF_NOTATIONS.get(field.notation) or {"type": "string"}
    about = {"description": field.hint} if field.hint else {}
    if field.notation.several:
        return {"type": "array", "items": _LINE, **about}
    return {**said, **about}


def _entries(of: Shape, names: Mapping[str, Any] = _NAMES) -> Shape:
    """Describe an object whose members have names of their own."""
    return {
        "type": "object",
        "additionalProperties": of,
        "propertyNames": {name: rule for name, rule in names.items() if name != "type"},
    }


def _fixed(members: Mapping[str, Shape]) -> Shape:
    return {
        "type": "object",
        "properties": dict(members),
        "required": list(members),
        "additionalProperties": False,
    }


def _claim() -> Shape:
    return {"claim": _object(Claim)}
