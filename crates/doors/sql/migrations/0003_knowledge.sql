-- Documents that staff write for the assistant, and marks on the messages that found no answer.
--
-- A mark holds no words: the question is the turn it points at, sealed like every other.

CREATE TABLE documents (
    shop       TEXT   NOT NULL REFERENCES shops (id),
    id         TEXT   NOT NULL CHECK (length(id) = 36),
    kind       TEXT   NOT NULL,
    title      TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    audience   TEXT   NOT NULL,
    url        TEXT,
    version    BIGINT NOT NULL CHECK (version >= 1),
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop, id)
);

CREATE TABLE unanswered (
    shop         TEXT   NOT NULL,
    id           TEXT   NOT NULL CHECK (length(id) = 36),
    conversation TEXT   NOT NULL,
    position     BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (shop, id),
    UNIQUE (shop, conversation, position),
    FOREIGN KEY (shop, conversation, position) REFERENCES turns (shop, conversation, position)
);
CREATE INDEX unanswered_order ON unanswered (shop, at, id);
CREATE INDEX unanswered_at ON unanswered (at);
