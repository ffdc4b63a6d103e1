-- The desk: conversations that are closed or wait for an answer, tags, saved replies, what each
-- member of staff has read, who asked for a person and when she was answered; and what the search
-- and the overview read by.
--
-- Tags and saved replies are words of the shop. None of these tables holds a word of a shopper.

-- Only what the assistant has again can be closed; it opens by itself when the shopper writes.
ALTER TABLE conversations ADD COLUMN closed_at BIGINT CHECK (closed_at IS NULL OR state = 'assistant');
-- Since when the shopper waits for an answer of the person she talks with.
ALTER TABLE conversations ADD COLUMN unanswered_since BIGINT CHECK (unanswered_since IS NULL OR state = 'human');
CREATE INDEX conversations_open ON conversations (shop, state, updated_at) WHERE closed_at IS NULL;
CREATE INDEX conversations_closed ON conversations (shop, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX conversations_opened ON conversations (shop, opened_at, id);

CREATE TABLE tags (
    shop       TEXT   NOT NULL REFERENCES shops (id),
    name       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (shop, name)
);

CREATE TABLE conversation_tags (
    shop         TEXT   NOT NULL,
    conversation TEXT   NOT NULL,
    tag          TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (shop, conversation, tag),
    FOREIGN KEY (shop, conversation) REFERENCES conversations (shop, id),
    FOREIGN KEY (shop, tag) REFERENCES tags (shop, name)
);
CREATE INDEX conversation_tags_tag ON conversation_tags (shop, tag, conversation);

CREATE TABLE saved_replies (
    shop       TEXT   NOT NULL REFERENCES shops (id),
    name       TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop, name)
);

CREATE TABLE desk_reads (
    shop         TEXT   NOT NULL,
    staff        TEXT   NOT NULL,
    conversation TEXT   NOT NULL,
    position     BIGINT NOT NULL CHECK (position >= 0),
    PRIMARY KEY (shop, staff, conversation),
    FOREIGN KEY (shop, staff) REFERENCES staff (shop, id),
    FOREIGN KEY (shop, conversation) REFERENCES conversations (shop, id)
);
CREATE INDEX desk_reads_conversation ON desk_reads (shop, conversation);

-- One row for each time somebody asked for a person; it ends with the first answer of one, or
-- without any.
CREATE TABLE person_requests (
    shop         TEXT   NOT NULL,
    conversation TEXT   NOT NULL,
    asked_at     BIGINT NOT NULL,
    answered_at  BIGINT,
    ended_at     BIGINT,
    PRIMARY KEY (shop, conversation, asked_at),
    FOREIGN KEY (shop, conversation) REFERENCES conversations (shop, id),
    CHECK (answered_at IS NULL OR ended_at IS NOT NULL)
);
CREATE INDEX person_requests_answered ON person_requests (shop, answered_at) WHERE answered_at IS NOT NULL;
-- Who waits today has asked.
INSERT INTO person_requests (shop, conversation, asked_at)
    SELECT shop, id, waiting_since FROM conversations WHERE waiting_since IS NOT NULL;

-- When an order was placed, for the day's figures. What was ordered here stands at the millisecond in
-- which it was; of what was brought in before, the time is known to whoever holds its key alone.
ALTER TABLE orders ADD COLUMN placed_at BIGINT;
UPDATE orders SET placed_at = position WHERE position > 1000000000000;
CREATE INDEX orders_placed ON orders (shop, placed_at) WHERE placed_at IS NOT NULL;

-- The newest turns of a shop: what a search by words opens, a piece at a time.
CREATE INDEX turns_at ON turns (shop, at, conversation, position);
-- What is on the record about a person, found by whoever holds her key.
CREATE INDEX ledger_entries_subject ON ledger_entries (shop, subject, at) WHERE subject IS NOT NULL;
