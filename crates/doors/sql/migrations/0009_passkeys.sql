-- Passkeys of shoppers and staff, the ceremonies in which they are made and used (WebAuthn), and by what
-- a session was signed in.

-- A passkey belongs to a shopper or to a member of staff. `credential` is SHA-256 of the credential's id,
-- which is how it is found when somebody signs in without saying who she is; the id itself, the public
-- key and the name its owner gave it are sealed under her key, and die with it.
CREATE TABLE passkeys (
    shop       TEXT    NOT NULL CHECK (length(shop) = 36),
    id         TEXT    NOT NULL CHECK (length(id) = 36),
    owner_kind TEXT    NOT NULL,
    owner      TEXT    NOT NULL CHECK (length(owner) = 36),
    credential BYTEA   NOT NULL UNIQUE CHECK (length(credential) = 32),
    body       BYTEA   NOT NULL CHECK (length(body) >= 45),
    sign_count BIGINT  NOT NULL CHECK (sign_count >= 0),
    backed_up  BOOLEAN NOT NULL,
    created_at BIGINT  NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (shop, id)
);
CREATE INDEX passkeys_owner ON passkeys (shop, owner_kind, owner, created_at, id);

-- One ceremony: a challenge that was handed out, for one purpose, and is good once.
CREATE TABLE ceremonies (
    shop       TEXT   NOT NULL CHECK (length(shop) = 36),
    id         TEXT   NOT NULL CHECK (length(id) = 36),
    purpose    TEXT   NOT NULL,
    session    TEXT   CHECK (length(session) = 36),
    challenge  BYTEA  NOT NULL CHECK (length(challenge) = 32),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (shop, id)
);
CREATE INDEX ceremonies_expires ON ceremonies (expires_at);

-- What confirmed a proposal: the signed assertion, kept as long as tax law keeps what it confirmed.
CREATE TABLE mandates (
    shop       TEXT   NOT NULL CHECK (length(shop) = 36),
    id         TEXT   NOT NULL CHECK (length(id) = 36),
    owner      TEXT   NOT NULL CHECK (length(owner) = 36),
    binding    BYTEA  NOT NULL CHECK (length(binding) = 32),
    body       BYTEA  NOT NULL CHECK (length(body) >= 45),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (shop, id)
);
CREATE INDEX mandates_binding ON mandates (shop, binding);
CREATE INDEX mandates_owner ON mandates (shop, owner, created_at, id);

-- From where somebody signed in before: a keyed hash of owner, device and network, so that a sign-in from
-- elsewhere is noticed and nobody can read from where.
CREATE TABLE known_devices (
    shop       TEXT   NOT NULL CHECK (length(shop) = 36),
    owner_kind TEXT   NOT NULL,
    owner      TEXT   NOT NULL CHECK (length(owner) = 36),
    mark       BYTEA  NOT NULL CHECK (length(mark) = 32),
    seen_at    BIGINT NOT NULL,
    PRIMARY KEY (shop, owner_kind, owner, mark)
);
CREATE INDEX known_devices_seen ON known_devices (seen_at);

-- By what a session was signed in, and on which device. Sessions from before were signed in by a link or a
-- mailed code.
ALTER TABLE staff_sessions ADD COLUMN proved_by TEXT NOT NULL DEFAULT 'link';
ALTER TABLE staff_sessions ADD COLUMN device BYTEA CHECK (length(device) >= 45);
ALTER TABLE shopper_sessions ADD COLUMN proved_by TEXT;
ALTER TABLE shopper_sessions ADD COLUMN device BYTEA CHECK (length(device) >= 45);
