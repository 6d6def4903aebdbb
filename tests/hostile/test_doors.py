"""Whatever is sent to a door is taken and sound, or refused with a sentence; and it takes time in proportion."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exploring import explored
from tests.hostile.doors import DOORS, Door, refused_or_taken
from tests.hostile.inputs import inputs

EACH: Final = 20
"""How many are sent to each door: some 600 in all; `benchmarks/hostile` sends 10,000."""


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
@explored(EACH)
@given(data=st.data())
def test_what_is_sent_is_taken_or_refused_with_a_sentence(door: Door, data: st.DataObject) -> None:
    refused_or_taken(door, data.draw(inputs(door)))


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_each_door_takes_something(door: Door) -> None:
    """Else all that is sent to it would be refused for the same reason."""
    shape = {
        "value": "30B to 300B @80%",
        "formula": "sqrt(b) + max(c, 1e3)",
        "any file": "TY  - BOOK\nT1  - A book\nER  - \n",
        "identifier": "https://doi.org/10.5555/a(b)",
    }.get(door.name, door.shape)
    assert refused_or_taken(door, shape.encode()) == ""
