"""Clusters of evidence: called otherwise, or joined with one another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hypotheses.debate import Debate
from hypotheses.edits import cluster_renamed
from tui.dialogs.message import Confirm
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.renaming import ask_for_name
from tui.evidence.fields import clusters

if TYPE_CHECKING:
    from tui.host import Host


def rename_cluster(app: Host, debate: Debate, name: str) -> None:
    """Type another name of a cluster."""
    ask_for_name(
        app,
        "Rename the cluster",
        f"{name}: {_count(debate, name)}\nWhat they have in common: one laboratory, one method, one report",
        name,
        renamed=partial(cluster_renamed, debate, name),
        rename=lambda new: lambda store, seen: store.rename_cluster(debate.slug, name, new, expected=seen),
        seen=debate,
    )


def join_cluster(app: Host, debate: Debate, name: str) -> None:
    """Put the findings of a cluster into another one, chosen among the rest."""
    others = [each for each in clusters(debate) if each != name]
    if not others:
        app.refuse("There is no other cluster to join it with")
        return

    def chosen(into: str | None) -> None:
        if into is not None:
            text = f"{name}: {_count(debate, name)}\ninto {into}: {_count(debate, into)}"
            app.push_screen(
                Confirm("Join the two clusters?", f"{text}\n\nUndo parts them again."), partial(agreed, into)
            )

    def agreed(into: str, yes: bool | None) -> None:
        if yes:
            app.changes.ask(lambda store, seen: store.join_clusters(debate.slug, [name], into, expected=seen), debate)

    choices = [Choice(each, each, _count(debate, each)) for each in others]
    app.push_screen(Picker(f"Join with which: {name}", choices), chosen)


def _count(debate: Debate, name: str) -> str:
    count = sum(item.cluster == name for item in debate.evidence.values())
    return f"{count} finding{'' if count == 1 else 's'}"
