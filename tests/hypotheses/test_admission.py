"""Whether a changed debate may be kept: what is looked at."""

from __future__ import annotations

import pytest

from hypotheses.admission import _COLLECTIONS, NAMING, _references
from hypotheses.debate import Debate
from store.bundled import EXAMPLES, bundled_debate, example


@pytest.mark.parametrize("debate", [bundled_debate(), *map(example, EXAMPLES)], ids=lambda debate: debate.slug)
def test_what_may_name_something_lost_is_looked_at(debate: Debate) -> None:
    for field, (kind, _) in _COLLECTIONS.items():
        for value in getattr(debate, field).values():
            assert {named for named, _, _ in _references(value, debate)} <= NAMING[kind]
