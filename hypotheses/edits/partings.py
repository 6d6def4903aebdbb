"""Explanations, evidence, clusters and comments that go, or become one with another; for everybody at once.

What these are given is a debate as it is kept, with its owner's ranking and ratings in the first place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from hypotheses import rules
from hypotheses.changed import Version
from hypotheses.debate import Assessment, Comment, Debate, Evidence, Hypothesis, Stated
from hypotheses.edits.removals import InUse
from hypotheses.edits.uses import mentions
from hypotheses.edits.whole import with_convention
from hypotheses.people import OWNER, cell_among, named, statements, views
from hypotheses.problems import Refused, found
from hypotheses.reading import Assumption


def hypothesis_removed(debate: Debate, slug: str, *, along: bool = False) -> Debate:
    """Remove a hypothesis; in an exclusive debate its share goes to "none of these".

    Args:
        debate: Where it is.
        slug: The hypothesis.
        along: What hangs on it goes with it: ratings, comments, its place among rivals; an idea is about nothing then.

    Raises:
        NotFound: there is no such hypothesis.
        InUse: something hangs on it.
    """
    hypothesis = found("hypothesis", slug, debate.hypotheses)
    users = _hanging_on(debate, hypothesis)
    if users and not along:
        raise InUse(f"the hypothesis {slug!r}", users)
    gone = replace(
        debate,
        hypotheses={
            name: replace(each, rivals=_without(each.rivals, slug)) if slug in each.rivals else each
            for name, each in debate.hypotheses.items()
            if name != slug
        },
        evidence={key: _without_cell(item, slug) for key, item in debate.evidence.items()},
        ideas={
            number: replace(idea, hypothesis="") if idea.hypothesis == slug else idea
            for number, idea in debate.ideas.items()
        },
        comments=_comments_but(debate, lambda comment: comment.hypothesis == slug),
    )
    return with_convention(debate, gone)


def _hanging_on(debate: Debate, hypothesis: Hypothesis) -> list[str]:
    """Name, in words, what hangs on a hypothesis."""
    slug = hypothesis.slug
    ratings = sum(slug in item.assessments for item in debate.evidence.values())
    return [
        *([f"{ratings} rating{'s' if ratings > 1 else ''}"] if ratings else []),
        *_comments_told(debate, lambda comment: comment.hypothesis == slug),
        *(f"what idea {idea.number} is about" for idea in debate.ideas.values() if idea.hypothesis == slug),
        *(f"a rival of {each.slug!r}" for each in debate.hypotheses.values() if slug in each.rivals),
        *(f"what {named(debate, person)} states of it" for person in statements(hypothesis) if person != OWNER),
    ]


def hypothesis_merged(debate: Debate, slug: str, into: str) -> Debate:
    """Make one hypothesis part of another, which keeps what it has and takes over what it lacks.

    It takes over ratings by those who have not rated it, effects with what they assume, comments, ideas and rivals;
    what the other said goes into its note. In an exclusive debate it has the shares of both.

    Raises:
        NotFound: there is no such hypothesis.
        Refused: the two are one, or assume something else by the same name.
    """
    gone, kept = (found("hypothesis", name, debate.hypotheses) for name in (slug, into))
    if slug == into:
        raise Refused(f"found {slug!r} twice; expected two explanations")
    effects, assumes = _taken_over(gone, kept)
    said = [f"Merged from: {gone.title}", gone.statement.strip(), gone.note.strip()]
    note = "\n\n".join(part for part in (kept.note.rstrip(), *said) if part)
    merged = replace(kept, effects=effects, assumes=assumes, note=note)
    if debate.mode == "exclusive":
        merged = _with_both_shares(gone, merged)
    hypotheses = {}
    for name, each in debate.hypotheses.items():
        if name != slug:
            changed = merged if name == into else each
            rivals = (*changed.rivals, *(gone.rivals if name == into else ()))
            renamed = dict.fromkeys(into if rival == slug else rival for rival in rivals)
            now = tuple(rival for rival in renamed if rival != name)
            hypotheses[name] = replace(changed, rivals=now) if now != changed.rivals else changed
    joined = replace(
        debate,
        hypotheses=hypotheses,
        evidence={key: _with_cells_joined(item, slug, into) for key, item in debate.evidence.items()},
        ideas={
            number: replace(idea, hypothesis=into) if idea.hypothesis == slug else idea
            for number, idea in debate.ideas.items()
        },
        comments={
            number: replace(comment, hypothesis=into) if comment.hypothesis == slug else comment
            for number, comment in debate.comments.items()
        },
    )
    return with_convention(debate, joined)


def _taken_over(gone: Hypothesis, kept: Hypothesis) -> tuple[dict[str, str], dict[str, Assumption]]:
    """Return the effects and assumptions of a hypothesis with those that it takes over from another."""
    effects = {on: formula for on, formula in gone.effects.items() if on not in kept.effects}
    for name in {**gone.assumes, **kept.assumes}:
        both = any(mentions(formula, name) for formula in effects.values()) and (
            name in kept.assumes or any(mentions(formula, name) for formula in kept.effects.values())
        )
        if both and gone.assumes.get(name) != kept.assumes.get(name):
            raise Refused(f"{name} is one thing to {gone.slug} and another to {kept.slug}; expected other names")
    used = [name for name in gone.assumes if any(mentions(formula, name) for formula in effects.values())]
    return {**kept.effects, **effects}, {**kept.assumes, **{name: gone.assumes[name] for name in used}}


def _with_both_shares(gone: Hypothesis, kept: Hypothesis) -> Hypothesis:
    """Add, for each person who states either, what they hold of a hypothesis that becomes part of another."""
    theirs, its = statements(gone), statements(kept)
    sums = {}
    for person in {**its, **theirs}:
        one, other = its.get(person, its[OWNER]), theirs.get(person, theirs[OWNER])
        share = min(1.0, one.plausibility + other.plausibility)
        sums[person] = Stated(share, one.position, one.placeholder and other.placeholder)
    own = sums.pop(OWNER)
    return replace(
        kept,
        plausibility=own.plausibility,
        placeholder=own.placeholder,
        prior=min(1.0, kept.prior + gone.prior),
        others=dict(sorted(sums.items())),
    )


def _with_cells_joined(item: Evidence, slug: str, into: str) -> Evidence:
    """Rate a hypothesis as another by those who have not rated it, and the other no more."""
    if slug not in item.assessments:
        return item
    cells: dict[str, Assessment] = {}
    for name, cell in item.assessments.items():
        if name in (slug, into):
            said = {
                **views(item.assessments[slug]),
                **(views(item.assessments[into]) if into in item.assessments else {}),
            }
            cells[into] = cell_among(said, OWNER)
        else:
            cells[name] = cell
    return replace(item, assessments=cells)


def evidence_removed(debate: Debate, key: str, *, along: bool = False) -> Debate:
    """Remove evidence with its owner's ratings.

    Args:
        debate: Where it is.
        key: The evidence.
        along: What hangs on it goes with it: comments, and what others rate.

    Raises:
        NotFound: there is no such evidence.
        InUse: something hangs on it.
    """
    item = found("evidence", key, debate.evidence)
    raters = dict.fromkeys(person for cell in item.assessments.values() for person in views(cell) if person != OWNER)
    users = [
        *_comments_told(debate, lambda comment: comment.evidence == key),
        *(f"the ratings of {named(debate, person)}" for person in raters),
    ]
    if users and not along:
        raise InUse(f"the evidence {key!r}", users)
    evidence = Version(debate.evidence, {}, [key])
    return replace(debate, evidence=evidence, comments=_comments_but(debate, lambda comment: comment.evidence == key))


def clusters_joined(debate: Debate, clusters: Iterable[str], into: str) -> Debate:
    """Put the evidence of some clusters into another one."""
    there = dict.fromkeys(item.cluster for item in debate.evidence.values() if item.cluster)
    gone = {found("cluster", name, {each: each for each in there}) for name in clusters}
    found("cluster", into, there)
    return _with_cluster(debate, gone, into)


def cluster_renamed(debate: Debate, name: str, new: str) -> Debate:
    """Call a cluster otherwise."""
    there = {item.cluster: item for item in debate.evidence.values() if item.cluster}
    found("cluster", name, there)
    rules.title(new)
    if new in there:
        raise Refused(f"there is a cluster {new!r} already; join the two if they are one")
    return _with_cluster(debate, {name}, new)


def _with_cluster(debate: Debate, names: set[str], cluster: str) -> Debate:
    joined = {key: replace(item, cluster=cluster) for key, item in debate.evidence.items() if item.cluster in names}
    return replace(debate, evidence=Version(debate.evidence, joined))


def comment_edited(debate: Debate, number: int, text: str, person: str) -> Debate:
    """Change the text of a comment of one's own."""
    comment = replace(_own_comment(debate, number, person), text=text)
    return replace(debate, comments=Version(debate.comments, {number: comment}))


def comment_removed(debate: Debate, number: int, person: str) -> Debate:
    """Remove a comment of one's own."""
    gone = _own_comment(debate, number, person)
    return replace(debate, comments=_comments_but(debate, lambda comment: comment is gone))


def _own_comment(debate: Debate, number: int, person: str) -> Comment:
    comment = found("comment", number, debate.comments)
    if comment.by != person:
        raise Refused(f"comment {number} is {comment.by}'s; expected one of your own")
    return comment


def _comments_told(debate: Debate, about: Callable[[Comment], bool]) -> list[str]:
    return [f"comment {comment.number}" for comment in debate.comments.values() if about(comment)]


def _comments_but(debate: Debate, gone: Callable[[Comment], bool]) -> Mapping[int, Comment]:
    return Version(debate.comments, {}, [number for number, comment in debate.comments.items() if gone(comment)])


def _without(slugs: tuple[str, ...], slug: str) -> tuple[str, ...]:
    return tuple(each for each in slugs if each != slug)


def _without_cell(item: Evidence, slug: str) -> Evidence:
    if slug not in item.assessments:
        return item
    return replace(item, assessments={name: cell for name, cell in item.assessments.items() if name != slug})
