"""The tables. Rows stay inside `store`: everything else sees the values of `hypotheses.debate`.

Postponed annotations are off in this module, because SQLModel reads the annotations as they are.
Ids are never given out twice (AUTOINCREMENT), so that an undone addition can be redone as itself.
"""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from hypotheses.rules import TEXT_LENGTH, TITLE_LENGTH

NEVER_REUSED: dict[str, Any] = {"sqlite_autoincrement": True}


class Base(SQLModel):
    """What all tables share: names for every constraint, so that migrations can address them."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_1_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


def share(column: str) -> CheckConstraint:
    """Require a number 0..1."""
    return CheckConstraint(f"{column} BETWEEN 0 AND 1", name=column)


def one_of(column: str, *words: str) -> CheckConstraint:
    """Require one of these words."""
    return CheckConstraint(f"{column} IN ({', '.join(map(repr, words))})", name=column)


def title() -> CheckConstraint:
    """Require a title that is neither empty nor too long."""
    return CheckConstraint(f"length(title) BETWEEN 1 AND {TITLE_LENGTH}", name="title")


def text(column: str) -> CheckConstraint:
    """Require a text that is not too long."""
    return CheckConstraint(f"length({column}) <= {TEXT_LENGTH}", name=column)


class DebateRow(Base, table=True):
    """One debate."""

    __tablename__ = "debate"
    __table_args__ = (
        UniqueConstraint("slug", name="uq_debate_slug"),
        title(),
        text("question"),
        text("note"),
        one_of("mode", "independent", "exclusive"),
        share("correlation"),
        one_of("counts", "all", "after-prior"),
        one_of("shelf", "", "archived", "removed"),
        NEVER_REUSED,
    )
    id: int = Field(primary_key=True)
    slug: str
    title: str
    question: str = Field(sa_type=Text)
    mode: str
    convention: str
    correlation: float
    counts: str
    schemes: dict[str, Any] = Field(sa_type=JSON)
    author: str
    source: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    owner: str
    shelf: str


class QuantityRow(Base, table=True):
    """One quantity; its readings are rows of their own."""

    __tablename__ = "quantity"
    __table_args__ = (UniqueConstraint("debate_id", "symbol"), text("note"), NEVER_REUSED)
    id: int = Field(primary_key=True)
    debate_id: int = Field(foreign_key="debate.id")
    symbol: str
    label: str
    unit: str
    group: str
    formula: str = Field(sa_type=Text)
    chosen: str
    claim_value: str | None = Field(sa_type=Text)
    claim_source: str | None = Field(sa_type=Text)
    claim_quote: str | None = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    position: int


class ReadingRow(Base, table=True):
    """One sourced value of a quantity."""

    __tablename__ = "reading"
    __table_args__ = (
        UniqueConstraint("quantity_id", "name"),
        CheckConstraint("rank_correlation BETWEEN -1 AND 1", name="rank_correlation"),
        CheckConstraint(
            "(correlated_quantity IS NULL) = (rank_correlation IS NULL)",
            name="correlation_is_whole",
        ),
        text("note"),
        NEVER_REUSED,
    )
    id: int = Field(primary_key=True)
    quantity_id: int = Field(foreign_key="quantity.id")
    name: str
    value: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text)
    url: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    correlated_quantity: str | None
    rank_correlation: float | None
    position: int


class GapRow(Base, table=True):
    """One headline output. Without a `claim_value` there is no claim."""

    __tablename__ = "gap"
    __table_args__ = (
        UniqueConstraint("debate_id", "symbol"),
        text("note"),
        CheckConstraint("tolerance > 0", name="tolerance"),
        NEVER_REUSED,
    )
    id: int = Field(primary_key=True)
    debate_id: int = Field(foreign_key="debate.id")
    symbol: str
    formula: str = Field(sa_type=Text)
    label: str
    unit: str
    headline: bool
    tolerance: float | None
    claim_value: str | None = Field(sa_type=Text)
    claim_source: str | None = Field(sa_type=Text)
    claim_quote: str | None = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    position: int


class HypothesisRow(Base, table=True):
    """One hypothesis. Its position orders ties in the ranking, and the debate's mapping."""

    __tablename__ = "hypothesis"
    __table_args__ = (
        UniqueConstraint("debate_id", "slug"),
        title(),
        text("statement"),
        text("note"),
        share("plausibility"),
        share("prior"),
        one_of("status", "open", "accepted", "rejected", "merged"),
        one_of("settled", "", "true", "false"),
        NEVER_REUSED,
    )
    id: int = Field(primary_key=True)
    debate_id: int = Field(foreign_key="debate.id")
    slug: str
    title: str
    short: str
    statement: str = Field(sa_type=Text)
    plausibility: float
    prior: float
    prior_on: str
    placeholder: bool
    position: int
    status: str
    rivals: list[str] = Field(sa_type=JSON)
    source: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    settled: str
    settled_on: str


class StatedRow(Base, table=True):
    """The plausibility that somebody other than the debate's owner gives a hypothesis."""

    __tablename__ = "stated"
    __table_args__ = (UniqueConstraint("hypothesis_id", "person"), share("plausibility"), NEVER_REUSED)
    id: int = Field(primary_key=True)
    hypothesis_id: int = Field(foreign_key="hypothesis.id")
    person: str
    plausibility: float
    position: int
    placeholder: bool


class EffectRow(Base, table=True):
    """What a hypothesis does to one quantity."""

    __tablename__ = "effect"
    __table_args__ = (UniqueConstraint("hypothesis_id", "quantity"), NEVER_REUSED)
    id: int = Field(primary_key=True)
    hypothesis_id: int = Field(foreign_key="hypothesis.id")
    quantity: str
    formula: str = Field(sa_type=Text)
    position: int


class AssumptionRow(Base, table=True):
    """One reading of an uncertain assumption that the effects of a hypothesis use."""

    __tablename__ = "assumption"
    __table_args__ = (UniqueConstraint("hypothesis_id", "name", "reading"), text("note"), NEVER_REUSED)
    id: int = Field(primary_key=True)
    hypothesis_id: int = Field(foreign_key="hypothesis.id")
    name: str
    reading: str
    value: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text)
    url: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    chosen: bool
    position: int


class EvidenceRow(Base, table=True):
    """One item of evidence; its assessments are rows of their own."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("debate_id", "key"),
        title(),
        text("finding"),
        text("note"),
        share("credibility"),
        share("relevance"),
        NEVER_REUSED,
    )
    id: int = Field(primary_key=True)
    debate_id: int = Field(foreign_key="debate.id")
    key: str
    title: str
    authors: list[str] = Field(sa_type=JSON)
    date: str
    source: str = Field(sa_type=Text)
    doi: str
    arxiv: str
    url: str = Field(sa_type=Text)
    also: list[str] = Field(sa_type=JSON)
    finding: str = Field(sa_type=Text)
    credibility: float | None
    relevance: float | None
    cluster: str
    note: str = Field(sa_type=Text)
    retracted: bool
    position: int


class AssessmentRow(Base, table=True):
    """One cell of the matrix as one person sees it; no ratio means not applicable, no person the debate's owner."""

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("evidence_id", "hypothesis_id", "person"),
        CheckConstraint("ratio > 0", name="ratio"),
        text("why"),
        NEVER_REUSED,
    )
    id: int = Field(primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id")
    hypothesis_id: int = Field(foreign_key="hypothesis.id", index=True)
    person: str
    ratio: float | None
    given: str
    why: str = Field(sa_type=Text)
    position: int


class IdeaRow(Base, table=True):
    """What a reader sent in."""

    __tablename__ = "idea"
    __table_args__ = (
        UniqueConstraint("debate_id", "number"),
        title(),
        text("text"),
        text("reason"),
        one_of("kind", "hypothesis", "evidence", "estimate", "comment"),
        one_of(
            "status", "new", "later", "unclear", "accepted", "merged", "declined", "duplicate", "off-topic", "split"
        ),
        Index("ix_idea_reference", "reference"),
        NEVER_REUSED,
    )
    id: int = Field(primary_key=True)
    debate_id: int = Field(foreign_key="debate.id")
    number: int
    title: str
    text: str = Field(sa_type=Text)
    kind: str
    sender: str
    received: str
    status: str
    hypothesis_id: int | None = Field(foreign_key="hypothesis.id", index=True)
    related: list[str] = Field(sa_type=JSON)
    example: bool
    reason: str = Field(sa_type=Text)
    reference: str
    url: str = Field(sa_type=Text)
    contact: str
    via: str
    unnamed: bool
    became: list[str] = Field(sa_type=JSON)


class UnreadIdeaRow(Base, table=True):
    """An idea whose words the index of them, which is no table of these, has not taken up; see `idea_words`."""

    __tablename__ = "idea_unread"
    idea_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """No foreign key: the idea may be gone, and its words not yet."""
    words: str = Field(sa_type=Text)
    """Those that the index has of it; empty if none."""


class CommentRow(Base, table=True):
    """One remark on a hypothesis, an item of evidence, a cell (both) or an idea."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("debate_id", "number"),
        CheckConstraint(
            "(idea_id IS NULL) = (evidence_id IS NOT NULL OR hypothesis_id IS NOT NULL)", name="about_something"
        ),
        text("text"),
        NEVER_REUSED,
    )
    id: int = Field(primary_key=True)
    debate_id: int = Field(foreign_key="debate.id")
    number: int
    text: str = Field(sa_type=Text)
    by: str
    at: str
    hypothesis_id: int | None = Field(foreign_key="hypothesis.id", index=True)
    evidence_id: int | None = Field(foreign_key="evidence.id", index=True)
    idea_id: int | None = Field(foreign_key="idea.id", index=True)


class EntryRow(Base, table=True):
    """One line of the journal."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        one_of("kind", "change", "undo", "redo"),
        text("why"),
        CheckConstraint("(kind = 'change') = (target_id IS NULL)", name="target"),
        Index("ix_journal_entry_debate_id", "debate_id", "id"),
        NEVER_REUSED,
    )
    id: int = Field(primary_key=True)
    debate_id: int = Field(foreign_key="debate.id")
    at: datetime
    actor: str
    label: str = Field(sa_type=Text)
    why: str = Field(sa_type=Text)
    about_id: int | None
    """The hypothesis that the reason is about. No foreign key: the journal outlives what it tells of."""
    kind: str
    target_id: int | None = Field(foreign_key="journal_entry.id")
    """The entry that this one undoes, or whose undoing it takes back."""


class ChangeRow(Base, table=True):
    """What an entry did to one row: its cells before (none if added) and after (none if deleted).

    Of a row that stays only those that changed, with those that say whose it is.
    """

    __tablename__ = "journal_change"
    __table_args__ = (Index("ix_journal_change_hypothesis_id", "hypothesis_id", "entry_id"),)
    entry_id: int = Field(primary_key=True, foreign_key="journal_entry.id")
    position: int = Field(primary_key=True)
    table_name: str
    row_id: int
    hypothesis_id: int | None
    """The hypothesis whose history this belongs to. No foreign key: the journal outlives what it tells of."""
    before: dict[str, Any] | None = Field(sa_type=JSON(none_as_null=True))
    after: dict[str, Any] | None = Field(sa_type=JSON(none_as_null=True))


class PackRow(Base, table=True):
    """What an entry did to very many rows; see `packs`."""

    __tablename__ = "journal_pack"
    entry_id: int = Field(primary_key=True, foreign_key="journal_entry.id")
    position: int = Field(primary_key=True)
    """Of the first of its changes."""
    changes: int
    """How many there are."""
    packed: bytes = Field(sa_type=LargeBinary)


class ChecksumRow(Base, table=True):
    """What the rows of a debate, and its journal, add up to; see `checksums`."""

    __tablename__ = "checksum"
    debate_id: int = Field(primary_key=True, foreign_key="debate.id", sa_column_kwargs={"autoincrement": False})
    content: str = Field(sa_type=Text)
    """64 hexadecimal digits."""
    journal: str = Field(sa_type=Text)


class OpenedRow(Base, table=True):
    """When a debate was opened last; the highest id is the latest."""

    __tablename__ = "opened"
    __table_args__ = (UniqueConstraint("debate_id", name="uq_opened_debate_id"), NEVER_REUSED)
    id: int = Field(primary_key=True)
    debate_id: int = Field(foreign_key="debate.id")
    at: datetime


class LookupRow(Base, table=True):
    """What a service said about a DOI, an arXiv id or a page, so that it need not be asked twice."""

    __tablename__ = "lookup"
    __table_args__ = (UniqueConstraint("key", name="uq_lookup_key"), NEVER_REUSED)
    id: int = Field(primary_key=True)
    key: str = Field(sa_type=Text)
    source: dict[str, Any] = Field(sa_type=JSON)
    at: datetime


class IntakeRow(Base, table=True):
    """What is known of a place outside that a debate's ideas come from: how far it was read, what was told there."""

    __tablename__ = "intake"
    __table_args__ = (UniqueConstraint("debate_id", "place"), NEVER_REUSED)
    id: int = Field(primary_key=True)
    debate_id: int = Field(foreign_key="debate.id")
    place: str = Field(sa_type=Text)
    state: dict[str, Any] = Field(sa_type=JSON)
    at: datetime
