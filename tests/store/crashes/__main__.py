"""Let works meet faults and power cuts, in a process that has the injector preloaded; print what was wrong."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.store.crashes.campaign import Campaign, Setting
from tests.store.crashes.injector import FAULTS
from tests.store.crashes.works import LARGE, SMALL, WORKS


def setting_of(text: str) -> Setting:
    """Return what is written as `add`, `add large` or `add large beside`."""
    work = next(work for work in WORKS if text.startswith(work.name))
    is_beside = text.endswith("beside")
    return Setting(work, LARGE if "large" in text else SMALL, stays_open=is_beside, beside=is_beside)


def main(each: int, *texts: str) -> None:
    """Do each work so often in each way, and write the tally as JSON."""
    counts, wrong = Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ABDUCE_HOME"] = folder
        for number, text in enumerate(texts):
            campaign = Campaign(setting_of(text), Path(folder) / str(number))
            failed = campaign.run(every=max(1, campaign.calls * len(FAULTS) // each), offset=len(text))
            cut = campaign.cut_power(max(1, campaign.calls * 3 // each), len(text))
            counts += Counter(faults=failed.struck, killed=failed.killed, told=failed.told, cuts=cut.struck)
            wrong += failed.wrong + cut.wrong
    sys.stdout.write(json.dumps({**counts, "wrong": wrong}))


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
