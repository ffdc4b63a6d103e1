-- The foundation: shops, keys, people, sessions, conversations, mails, passages, the ledger.
--
-- One text for SQLite and PostgreSQL. Every primary key starts with the shop. Times are
-- milliseconds since 1970 UTC; ids are UUIDs in their hyphenated lower-case form; BYTEA columns
-- of personal data hold sealed values (at least 45 octets: version, key id, nonce, tag).
--
-- Rows that many writers insert at once (sessions, data keys, mails, ledger rows, limits) do not
-- refer to the shop's row: a foreign key would make them all queue at it.

CREATE TABLE shops (
    id              TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    handle          TEXT    NOT NULL UNIQUE,
    name            TEXT    NOT NULL,
    content_version BIGINT  NOT NULL,
    created_at      BIGINT  NOT NULL
);

CREATE TABLE shop_hosts (
    shop  TEXT NOT NULL REFERENCES shops (id),
    kind  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (shop, kind, value)
);

CREATE TABLE shop_keys (
    shop       TEXT   NOT NULL PRIMARY KEY REFERENCES shops (id),
    wrapped    BYTEA  NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE data_keys (
    shop       TEXT    NOT NULL CHECK (length(shop) = 36),
    id         TEXT    NOT NULL CHECK (length(id) = 36),
    owner_kind TEXT    NOT NULL,
    owner      TEXT    NOT NULL CHECK (length(owner) = 36),
    class      TEXT    NOT NULL,
    current    BOOLEAN NOT NULL,
    epoch      BIGINT  NOT NULL,
    wrapped    BYTEA   NOT NULL,
    created_at BIGINT  NOT NULL,
    PRIMARY KEY (shop, id)
);
-- One key of an owner and class seals; the others only open.
CREATE UNIQUE INDEX data_keys_current ON data_keys (shop, owner_kind, owner, class) WHERE current;
CREATE INDEX data_keys_owner ON data_keys (shop, owner_kind, owner, created_at, id);
CREATE INDEX data_keys_epoch ON data_keys (shop, epoch, id);
CREATE INDEX data_keys_of_sessions ON data_keys (shop, owner) WHERE owner_kind = 'session';

CREATE TABLE shoppers (
    shop        TEXT   NOT NULL REFERENCES shops (id),
    id          TEXT   NOT NULL CHECK (length(id) = 36),
    email_index BYTEA  NOT NULL CHECK (length(email_index) = 32),
    email       BYTEA  NOT NULL CHECK (length(email) >= 45),
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (shop, id),
    UNIQUE (shop, email_index)
);

CREATE TABLE staff (
    shop        TEXT   NOT NULL REFERENCES shops (id),
    id          TEXT   NOT NULL CHECK (length(id) = 36),
    name        BYTEA  NOT NULL CHECK (length(name) >= 45),
    role        TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    disabled_at BIGINT,
    PRIMARY KEY (shop, id)
);

CREATE TABLE sign_in_links (
    shop       TEXT   NOT NULL,
    id         TEXT   NOT NULL CHECK (length(id) = 36),
    staff      TEXT   NOT NULL,
    token_hash BYTEA  NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (shop, id),
    FOREIGN KEY (shop, staff) REFERENCES staff (shop, id)
);
CREATE INDEX sign_in_links_staff ON sign_in_links (shop, staff);

CREATE TABLE shopper_sessions (
    shop       TEXT   NOT NULL CHECK (length(shop) = 36),
    id         TEXT   NOT NULL CHECK (length(id) = 36),
    token_hash BYTEA  NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    shopper    TEXT,
    level      TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT,
    PRIMARY KEY (shop, id),
    FOREIGN KEY (shop, shopper) REFERENCES shoppers (shop, id)
);
CREATE INDEX shopper_sessions_shopper ON shopper_sessions (shop, shopper) WHERE shopper IS NOT NULL;
CREATE INDEX shopper_sessions_expires ON shopper_sessions (expires_at);
CREATE INDEX shopper_sessions_ended ON shopper_sessions (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE staff_sessions (
    shop       TEXT   NOT NULL,
    id         TEXT   NOT NULL CHECK (length(id) = 36),
    token_hash BYTEA  NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    staff      TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT,
    PRIMARY KEY (shop, id),
    FOREIGN KEY (shop, staff) REFERENCES staff (shop, id)
);
CREATE INDEX staff_sessions_staff ON staff_sessions (shop, staff);
CREATE INDEX staff_sessions_expires ON staff_sessions (expires_at);
CREATE INDEX staff_sessions_ended ON staff_sessions (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE code_requests (
    shop        TEXT   NOT NULL,
    id          TEXT   NOT NULL CHECK (length(id) = 36),
    session     TEXT   NOT NULL,
    email_index BYTEA  NOT NULL CHECK (length(email_index) = 32),
    email       BYTEA  NOT NULL CHECK (length(email) >= 45),
    code_hash   BYTEA  NOT NULL CHECK (length(code_hash) = 32),
    binding     BYTEA  CHECK (length(binding) = 32),
    attempts    BIGINT NOT NULL CHECK (attempts >= 0),
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT,
    PRIMARY KEY (shop, id),
    FOREIGN KEY (shop, session) REFERENCES shopper_sessions (shop, id)
);
CREATE INDEX code_requests_session ON code_requests (shop, session);
CREATE INDEX code_requests_expires ON code_requests (expires_at);

CREATE TABLE conversations (
    shop          TEXT   NOT NULL,
    id            TEXT   NOT NULL CHECK (length(id) = 36),
    session       TEXT   NOT NULL,
    shopper       TEXT,
    state         TEXT   NOT NULL,
    assigned      TEXT,
    locale        TEXT   NOT NULL,
    last_position BIGINT NOT NULL CHECK (last_position >= 0),
    waiting_since BIGINT,
    context       BYTEA  CHECK (length(context) >= 45),
    opened_at     BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    PRIMARY KEY (shop, id),
    FOREIGN KEY (shop, session) REFERENCES shopper_sessions (shop, id),
    FOREIGN KEY (shop, shopper) REFERENCES shoppers (shop, id),
    FOREIGN KEY (shop, assigned) REFERENCES staff (shop, id),
    CHECK ((state = 'human') = (assigned IS NOT NULL)),
    CHECK ((state = 'waiting') = (waiting_since IS NOT NULL))
);
CREATE INDEX conversations_session ON conversations (shop, session, opened_at);
CREATE INDEX conversations_shopper ON conversations (shop, shopper, opened_at) WHERE shopper IS NOT NULL;
CREATE INDEX conversations_assigned ON conversations (shop, assigned) WHERE assigned IS NOT NULL;
-- The queue: who waits longest, and what changed last.
CREATE INDEX conversations_waiting ON conversations (shop, waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX conversations_state ON conversations (shop, state, updated_at);

CREATE TABLE turns (
    shop         TEXT   NOT NULL,
    conversation TEXT   NOT NULL,
    position     BIGINT NOT NULL CHECK (position >= 1),
    id           TEXT   NOT NULL CHECK (length(id) = 36),
    author       TEXT   NOT NULL,
    staff        TEXT,
    message      TEXT   CHECK (length(message) = 36),
    in_reply_to  BIGINT CHECK (in_reply_to >= 1),
    body         BYTEA  NOT NULL CHECK (length(body) >= 45),
    at           BIGINT NOT NULL,
    PRIMARY KEY (shop, conversation, position),
    FOREIGN KEY (shop, conversation) REFERENCES conversations (shop, id),
    FOREIGN KEY (shop, staff) REFERENCES staff (shop, id),
    CHECK ((author = 'human') = (staff IS NOT NULL))
);
CREATE UNIQUE INDEX turns_id ON turns (shop, id);
CREATE UNIQUE INDEX turns_message ON turns (shop, conversation, message) WHERE message IS NOT NULL;
CREATE INDEX turns_in_reply_to ON turns (shop, conversation, in_reply_to) WHERE in_reply_to IS NOT NULL;
CREATE INDEX turns_staff ON turns (shop, staff) WHERE staff IS NOT NULL;

CREATE TABLE notes (
    shop         TEXT   NOT NULL,
    id           TEXT   NOT NULL CHECK (length(id) = 36),
    conversation TEXT   NOT NULL,
    staff        TEXT   NOT NULL,
    body         BYTEA  NOT NULL CHECK (length(body) >= 45),
    at           BIGINT NOT NULL,
    PRIMARY KEY (shop, id),
    FOREIGN KEY (shop, conversation) REFERENCES conversations (shop, id),
    FOREIGN KEY (shop, staff) REFERENCES staff (shop, id)
);
CREATE INDEX notes_conversation ON notes (shop, conversation, at, id);
CREATE INDEX notes_staff ON notes (shop, staff);

CREATE TABLE mails (
    shop       TEXT   NOT NULL CHECK (length(shop) = 36),
    id         TEXT   NOT NULL CHECK (length(id) = 36),
    recipient  BYTEA  NOT NULL CHECK (length(recipient) >= 45),
    message    BYTEA  NOT NULL CHECK (length(message) >= 45),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (shop, id)
);
CREATE INDEX mails_created ON mails (shop, created_at, id);
CREATE INDEX mails_expires ON mails (expires_at);

CREATE TABLE passages (
    shop     TEXT   NOT NULL REFERENCES shops (id),
    id       TEXT   NOT NULL CHECK (length(id) = 36),
    kind     TEXT   NOT NULL,
    source   TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    text     TEXT   NOT NULL,
    position BIGINT NOT NULL CHECK (position >= 0),
    PRIMARY KEY (shop, id)
);

CREATE TABLE ledger_entries (
    shop     TEXT   NOT NULL CHECK (length(shop) = 36),
    id       TEXT   NOT NULL CHECK (length(id) = 36),
    at       BIGINT NOT NULL,
    kind     TEXT   NOT NULL,
    subject  BYTEA  CHECK (length(subject) = 32),
    body     BYTEA  NOT NULL,
    position BIGINT CHECK (position >= 0),
    PRIMARY KEY (shop, id)
);
CREATE UNIQUE INDEX ledger_entries_placed ON ledger_entries (shop, position) WHERE position IS NOT NULL;
CREATE INDEX ledger_entries_unplaced ON ledger_entries (shop, at, id) WHERE position IS NULL;

CREATE TABLE ledger_heads (
    shop TEXT   NOT NULL PRIMARY KEY CHECK (length(shop) = 36),
    size BIGINT NOT NULL CHECK (size >= 0)
);

CREATE TABLE ledger_tiles (
    shop   TEXT   NOT NULL CHECK (length(shop) = 36),
    level  BIGINT NOT NULL CHECK (level >= 0),
    tile   BIGINT NOT NULL CHECK (tile >= 0),
    hashes BYTEA  NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
    PRIMARY KEY (shop, level, tile)
);

CREATE TABLE ledger_checkpoints (
    shop TEXT   NOT NULL CHECK (length(shop) = 36),
    size BIGINT NOT NULL CHECK (size >= 0),
    root BYTEA  NOT NULL CHECK (length(root) = 32),
    note TEXT   NOT NULL,
    at   BIGINT NOT NULL,
    PRIMARY KEY (shop, size)
);

CREATE TABLE leases (
    shop   TEXT   NOT NULL CHECK (length(shop) = 36),
    name   TEXT   NOT NULL,
    holder TEXT   NOT NULL CHECK (length(holder) = 36),
    until  BIGINT NOT NULL,
    PRIMARY KEY (shop, name)
);

CREATE TABLE limits (
    shop         TEXT   NOT NULL CHECK (length(shop) = 36),
    name         TEXT   NOT NULL,
    subject      BYTEA  NOT NULL CHECK (length(subject) = 32),
    window_start BIGINT NOT NULL,
    count        BIGINT NOT NULL CHECK (count >= 1),
    PRIMARY KEY (shop, name, subject, window_start)
);
CREATE INDEX limits_window ON limits (window_start);
