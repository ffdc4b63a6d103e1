-- How a shopper who lost her device gets back in: by a code that she wrote down, or after a wait that she is told of.

-- One unused recovery code: a keyed hash of whose it is, of her account's key and of the code. A code that is
-- used is deleted, and so are all when new ones are made.
CREATE TABLE recovery_codes (
    shop       TEXT   NOT NULL CHECK (length(shop) = 36),
    owner_kind TEXT   NOT NULL,
    owner      TEXT   NOT NULL CHECK (length(owner) = 36),
    hash       BYTEA  NOT NULL CHECK (length(hash) = 32),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (shop, owner_kind, owner, hash)
);

-- Somebody who proved her address asked to get back in without a passkey. It may be used between `opens_at` and
-- `expires_at`, once; whoever has the passkey ends it before.
CREATE TABLE recovery_requests (
    shop       TEXT   NOT NULL CHECK (length(shop) = 36),
    owner_kind TEXT   NOT NULL,
    owner      TEXT   NOT NULL CHECK (length(owner) = 36),
    asked_at   BIGINT NOT NULL,
    opens_at   BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (shop, owner_kind, owner)
);
CREATE INDEX recovery_requests_expires ON recovery_requests (expires_at);
