-- The shop's front: how its widget looks and what it says, its hours, its logo; how shoppers rate a
-- chat, and who wants to be told by mail that she was answered.

CREATE TABLE shop_fronts (
    shop       TEXT   NOT NULL PRIMARY KEY REFERENCES shops (id),
    version    BIGINT NOT NULL CHECK (version >= 1),
    body       TEXT   NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE shop_logos (
    shop       TEXT   NOT NULL PRIMARY KEY REFERENCES shops (id),
    kind       TEXT   NOT NULL,
    image      BYTEA  NOT NULL CHECK (length(image) BETWEEN 1 AND 102400),
    updated_at BIGINT NOT NULL
);

CREATE TABLE ratings (
    shop         TEXT   NOT NULL,
    conversation TEXT   NOT NULL,
    score        BIGINT NOT NULL CHECK (score BETWEEN 1 AND 5),
    words        BYTEA  CHECK (length(words) >= 45),
    at           BIGINT NOT NULL,
    PRIMARY KEY (shop, conversation),
    FOREIGN KEY (shop, conversation) REFERENCES conversations (shop, id)
);
CREATE INDEX ratings_at ON ratings (shop, at, score);

-- A mail is sent once for each time she was away: `mailed_at` is empty again when she has come back.
CREATE TABLE answer_wishes (
    shop         TEXT   NOT NULL,
    conversation TEXT   NOT NULL,
    asked_at     BIGINT NOT NULL,
    mailed_at    BIGINT,
    PRIMARY KEY (shop, conversation),
    FOREIGN KEY (shop, conversation) REFERENCES conversations (shop, id)
);
