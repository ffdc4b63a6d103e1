-- Roles that shops compose, and until when somebody has access.

-- A role of a shop's own: its name, what people call it, and its permissions as words between spaces
-- (`read_orders read_conversation:queue`). What is built in has no row.
CREATE TABLE roles (
    shop        TEXT   NOT NULL REFERENCES shops (id),
    name        TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    title       TEXT   NOT NULL,
    permissions TEXT   NOT NULL,
    version     BIGINT NOT NULL CHECK (version > 0),
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (shop, name)
);

ALTER TABLE staff ADD COLUMN access_ends BIGINT;
