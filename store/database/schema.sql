CREATE TABLE assessment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	evidence_id INTEGER NOT NULL,
	hypothesis_id INTEGER NOT NULL,
	person VARCHAR NOT NULL,
	ratio FLOAT,
	given VARCHAR NOT NULL,
	why TEXT NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT uq_assessment_hypothesis_id UNIQUE (evidence_id, hypothesis_id, person),
	CONSTRAINT ck_assessment_ratio CHECK (ratio > 0),
	CONSTRAINT ck_assessment_why CHECK (length(why) <= 50000),
	CONSTRAINT fk_assessment_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id),
	CONSTRAINT fk_assessment_hypothesis_id FOREIGN KEY(hypothesis_id) REFERENCES hypothesis (id)
);

CREATE TABLE assumption (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	hypothesis_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	reading VARCHAR NOT NULL,
	value TEXT NOT NULL,
	source TEXT NOT NULL,
	url TEXT NOT NULL,
	note TEXT NOT NULL,
	chosen BOOLEAN NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT uq_assumption_name UNIQUE (hypothesis_id, name, reading),
	CONSTRAINT ck_assumption_note CHECK (length(note) <= 50000),
	CONSTRAINT fk_assumption_hypothesis_id FOREIGN KEY(hypothesis_id) REFERENCES hypothesis (id)
);

CREATE TABLE checksum (
	debate_id INTEGER NOT NULL,
	content TEXT NOT NULL,
	journal TEXT NOT NULL,
	CONSTRAINT pk_checksum PRIMARY KEY (debate_id),
	CONSTRAINT fk_checksum_debate_id FOREIGN KEY(debate_id) REFERENCES debate (id)
);

CREATE TABLE comment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	debate_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	text TEXT NOT NULL,
	"by" VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	hypothesis_id INTEGER,
	evidence_id INTEGER,
	idea_id INTEGER,
	CONSTRAINT uq_comment_number UNIQUE (debate_id, number),
	CONSTRAINT ck_comment_about_something CHECK ((idea_id IS NULL) = (evidence_id IS NOT NULL OR hypothesis_id IS NOT NULL)),
	CONSTRAINT ck_comment_text CHECK (length(text) <= 50000),
	CONSTRAINT fk_comment_debate_id FOREIGN KEY(debate_id) REFERENCES debate (id),
	CONSTRAINT fk_comment_hypothesis_id FOREIGN KEY(hypothesis_id) REFERENCES hypothesis (id),
	CONSTRAINT fk_comment_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id),
	CONSTRAINT fk_comment_idea_id FOREIGN KEY(idea_id) REFERENCES idea (id)
);

CREATE TABLE debate (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	slug VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	question TEXT NOT NULL,
	mode VARCHAR NOT NULL,
	convention VARCHAR NOT NULL,
	correlation FLOAT NOT NULL,
	counts VARCHAR NOT NULL,
	schemes JSON NOT NULL,
	author VARCHAR NOT NULL,
	source TEXT NOT NULL,
	note TEXT NOT NULL,
	owner VARCHAR NOT NULL,
	shelf VARCHAR NOT NULL,
	CONSTRAINT uq_debate_slug UNIQUE (slug),
	CONSTRAINT ck_debate_title CHECK (length(title) BETWEEN 1 AND 300),
	CONSTRAINT ck_debate_question CHECK (length(question) <= 50000),
	CONSTRAINT ck_debate_note CHECK (length(note) <= 50000),
	CONSTRAINT ck_debate_mode CHECK (mode IN ('independent', 'exclusive')),
	CONSTRAINT ck_debate_correlation CHECK (correlation BETWEEN 0 AND 1),
	CONSTRAINT ck_debate_counts CHECK (counts IN ('all', 'after-prior')),
	CONSTRAINT ck_debate_shelf CHECK (shelf IN ('', 'archived', 'removed'))
);

CREATE TABLE effect (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	hypothesis_id INTEGER NOT NULL,
	quantity VARCHAR NOT NULL,
	formula TEXT NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT uq_effect_quantity UNIQUE (hypothesis_id, quantity),
	CONSTRAINT fk_effect_hypothesis_id FOREIGN KEY(hypothesis_id) REFERENCES hypothesis (id)
);

CREATE TABLE evidence (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	debate_id INTEGER NOT NULL,
	"key" VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	authors JSON NOT NULL,
	date VARCHAR NOT NULL,
	source TEXT NOT NULL,
	doi VARCHAR NOT NULL,
	arxiv VARCHAR NOT NULL,
	url TEXT NOT NULL,
	also JSON NOT NULL,
	finding TEXT NOT NULL,
	credibility FLOAT,
	relevance FLOAT,
	cluster VARCHAR NOT NULL,
	note TEXT NOT NULL,
	retracted BOOLEAN NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT uq_evidence_key UNIQUE (debate_id, "key"),
	CONSTRAINT ck_evidence_title CHECK (length(title) BETWEEN 1 AND 300),
	CONSTRAINT ck_evidence_finding CHECK (length(finding) <= 50000),
	CONSTRAINT ck_evidence_note CHECK (length(note) <= 50000),
	CONSTRAINT ck_evidence_credibility CHECK (credibility BETWEEN 0 AND 1),
	CONSTRAINT ck_evidence_relevance CHECK (relevance BETWEEN 0 AND 1),
	CONSTRAINT fk_evidence_debate_id FOREIGN KEY(debate_id) REFERENCES debate (id)
);

CREATE TABLE gap (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	debate_id INTEGER NOT NULL,
	symbol VARCHAR NOT NULL,
	formula TEXT NOT NULL,
	label VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	headline BOOLEAN NOT NULL,
	tolerance FLOAT,
	claim_value TEXT,
	claim_source TEXT,
	claim_quote TEXT,
	note TEXT NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT uq_gap_symbol UNIQUE (debate_id, symbol),
	CONSTRAINT ck_gap_note CHECK (length(note) <= 50000),
	CONSTRAINT ck_gap_tolerance CHECK (tolerance > 0),
	CONSTRAINT fk_gap_debate_id FOREIGN KEY(debate_id) REFERENCES debate (id)
);

CREATE TABLE hypothesis (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	debate_id INTEGER NOT NULL,
	slug VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	short VARCHAR NOT NULL,
	statement TEXT NOT NULL,
	plausibility FLOAT NOT NULL,
	prior FLOAT NOT NULL,
	prior_on VARCHAR NOT NULL,
	placeholder BOOLEAN NOT NULL,
	position INTEGER NOT NULL,
	status VARCHAR NOT NULL,
	rivals JSON NOT NULL,
	source TEXT NOT NULL,
	note TEXT NOT NULL,
	settled VARCHAR NOT NULL,
	settled_on VARCHAR NOT NULL,
	CONSTRAINT uq_hypothesis_slug UNIQUE (debate_id, slug),
	CONSTRAINT ck_hypothesis_title CHECK (length(title) BETWEEN 1 AND 300),
	CONSTRAINT ck_hypothesis_statement CHECK (length(statement) <= 50000),
	CONSTRAINT ck_hypothesis_note CHECK (length(note) <= 50000),
	CONSTRAINT ck_hypothesis_plausibility CHECK (plausibility BETWEEN 0 AND 1),
	CONSTRAINT ck_hypothesis_prior CHECK (prior BETWEEN 0 AND 1),
	CONSTRAINT ck_hypothesis_status CHECK (status IN ('open', 'accepted', 'rejected', 'merged')),
	CONSTRAINT ck_hypothesis_settled CHECK (settled IN ('', 'true', 'false')),
	CONSTRAINT fk_hypothesis_debate_id FOREIGN KEY(debate_id) REFERENCES debate (id)
);

CREATE TABLE idea (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	debate_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title VARCHAR NOT NULL,
	text TEXT NOT NULL,
	kind VARCHAR NOT NULL,
	sender VARCHAR NOT NULL,
	received VARCHAR NOT NULL,
	status VARCHAR NOT NULL,
	hypothesis_id INTEGER,
	related JSON NOT NULL,
	example BOOLEAN NOT NULL,
	reason TEXT NOT NULL,
	reference VARCHAR NOT NULL,
	url TEXT NOT NULL,
	contact VARCHAR NOT NULL,
	via VARCHAR NOT NULL,
	unnamed BOOLEAN NOT NULL,
	became JSON NOT NULL,
	CONSTRAINT uq_idea_number UNIQUE (debate_id, number),
	CONSTRAINT ck_idea_title CHECK (length(title) BETWEEN 1 AND 300),
	CONSTRAINT ck_idea_text CHECK (length(text) <= 50000),
	CONSTRAINT ck_idea_reason CHECK (length(reason) <= 50000),
	CONSTRAINT ck_idea_kind CHECK (kind IN ('hypothesis', 'evidence', 'estimate', 'comment')),
	CONSTRAINT ck_idea_status CHECK (status IN ('new', 'later', 'unclear', 'accepted', 'merged', 'declined', 'duplicate', 'off-topic', 'split')),
	CONSTRAINT fk_idea_debate_id FOREIGN KEY(debate_id) REFERENCES debate (id),
	CONSTRAINT fk_idea_hypothesis_id FOREIGN KEY(hypothesis_id) REFERENCES hypothesis (id)
);

CREATE TABLE idea_unread (
	idea_id INTEGER NOT NULL,
	words TEXT NOT NULL,
	CONSTRAINT pk_idea_unread PRIMARY KEY (idea_id)
);

CREATE TABLE intake (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	debate_id INTEGER NOT NULL,
	place TEXT NOT NULL,
	state JSON NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT uq_intake_place UNIQUE (debate_id, place),
	CONSTRAINT fk_intake_debate_id FOREIGN KEY(debate_id) REFERENCES debate (id)
);

CREATE TABLE journal_change (
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	table_name VARCHAR NOT NULL,
	row_id INTEGER NOT NULL,
	hypothesis_id INTEGER,
	"before" JSON,
	"after" JSON,
	CONSTRAINT pk_journal_change PRIMARY KEY (entry_id, position),
	CONSTRAINT fk_journal_change_entry_id FOREIGN KEY(entry_id) REFERENCES journal_entry (id)
);

CREATE TABLE journal_entry (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	debate_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	actor VARCHAR NOT NULL,
	label TEXT NOT NULL,
	why TEXT NOT NULL,
	about_id INTEGER,
	kind VARCHAR NOT NULL,
	target_id INTEGER,
	CONSTRAINT ck_journal_entry_kind CHECK (kind IN ('change', 'undo', 'redo')),
	CONSTRAINT ck_journal_entry_why CHECK (length(why) <= 50000),
	CONSTRAINT ck_journal_entry_target CHECK ((kind = 'change') = (target_id IS NULL)),
	CONSTRAINT fk_journal_entry_debate_id FOREIGN KEY(debate_id) REFERENCES debate (id),
	CONSTRAINT fk_journal_entry_target_id FOREIGN KEY(target_id) REFERENCES journal_entry (id)
);

CREATE TABLE journal_pack (
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	changes INTEGER NOT NULL,
	packed BLOB NOT NULL,
	CONSTRAINT pk_journal_pack PRIMARY KEY (entry_id, position),
	CONSTRAINT fk_journal_pack_entry_id FOREIGN KEY(entry_id) REFERENCES journal_entry (id)
);

CREATE TABLE lookup (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	"key" TEXT NOT NULL,
	source JSON NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT uq_lookup_key UNIQUE ("key")
);

CREATE TABLE opened (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	debate_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT uq_opened_debate_id UNIQUE (debate_id),
	CONSTRAINT fk_opened_debate_id FOREIGN KEY(debate_id) REFERENCES debate (id)
);

CREATE TABLE quantity (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	debate_id INTEGER NOT NULL,
	symbol VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	"group" VARCHAR NOT NULL,
	formula TEXT NOT NULL,
	chosen VARCHAR NOT NULL,
	claim_value TEXT,
	claim_source TEXT,
	claim_quote TEXT,
	note TEXT NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT uq_quantity_symbol UNIQUE (debate_id, symbol),
	CONSTRAINT ck_quantity_note CHECK (length(note) <= 50000),
	CONSTRAINT fk_quantity_debate_id FOREIGN KEY(debate_id) REFERENCES debate (id)
);

CREATE TABLE reading (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	quantity_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	value TEXT NOT NULL,
	source TEXT NOT NULL,
	url TEXT NOT NULL,
	note TEXT NOT NULL,
	correlated_quantity VARCHAR,
	rank_correlation FLOAT,
	position INTEGER NOT NULL,
	CONSTRAINT uq_reading_name UNIQUE (quantity_id, name),
	CONSTRAINT ck_reading_rank_correlation CHECK (rank_correlation BETWEEN -1 AND 1),
	CONSTRAINT ck_reading_correlation_is_whole CHECK ((correlated_quantity IS NULL) = (rank_correlation IS NULL)),
	CONSTRAINT ck_reading_note CHECK (length(note) <= 50000),
	CONSTRAINT fk_reading_quantity_id FOREIGN KEY(quantity_id) REFERENCES quantity (id)
);

CREATE TABLE stated (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	hypothesis_id INTEGER NOT NULL,
	person VARCHAR NOT NULL,
	plausibility FLOAT NOT NULL,
	position INTEGER NOT NULL,
	placeholder BOOLEAN NOT NULL,
	CONSTRAINT uq_stated_person UNIQUE (hypothesis_id, person),
	CONSTRAINT ck_stated_plausibility CHECK (plausibility BETWEEN 0 AND 1),
	CONSTRAINT fk_stated_hypothesis_id FOREIGN KEY(hypothesis_id) REFERENCES hypothesis (id)
);

CREATE INDEX ix_assessment_hypothesis_id ON assessment (hypothesis_id);

CREATE INDEX ix_comment_evidence_id ON comment (evidence_id);

CREATE INDEX ix_comment_hypothesis_id ON comment (hypothesis_id);

CREATE INDEX ix_comment_idea_id ON comment (idea_id);

CREATE INDEX ix_idea_hypothesis_id ON idea (hypothesis_id);

CREATE INDEX ix_idea_reference ON idea (reference);

CREATE INDEX ix_journal_change_hypothesis_id ON journal_change (hypothesis_id, entry_id);

CREATE INDEX ix_journal_entry_debate_id ON journal_entry (debate_id, id);
