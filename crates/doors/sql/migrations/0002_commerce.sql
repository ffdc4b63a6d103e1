-- Commerce: the catalogue, customers and their means of payment, carts, proposals, orders, and the
-- movements of money.
--
-- What a shop publishes about itself is plain. Who bought what, where it went and how it was paid
-- is sealed; the plain columns of an order are its state and its value, those of a movement its
-- amount and state, so that sums can be checked by anyone without a key.

-- Counts changes of the catalogue, so that an index in memory knows it is stale.
CREATE TABLE shop_terms (
    shop      TEXT   NOT NULL PRIMARY KEY REFERENCES shops (id),
    body      TEXT   NOT NULL,
    catalogue BIGINT NOT NULL
);

-- Discounts, promotions, delivery options, policies, questions: one row each, as the shop wrote it.
CREATE TABLE shop_entries (
    shop     TEXT   NOT NULL REFERENCES shops (id),
    kind     TEXT   NOT NULL,
    id       TEXT   NOT NULL,
    position BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (shop, kind, id)
);
CREATE INDEX shop_entries_order ON shop_entries (shop, kind, position, id);

CREATE TABLE products (
    shop     TEXT   NOT NULL REFERENCES shops (id),
    id       TEXT   NOT NULL,
    position BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (shop, id)
);
CREATE INDEX products_order ON products (shop, position, id);

CREATE TABLE variants (
    shop      TEXT    NOT NULL,
    id        TEXT    NOT NULL,
    product   TEXT    NOT NULL,
    position  BIGINT  NOT NULL,
    price     BIGINT  NOT NULL CHECK (price >= 0),
    available BOOLEAN NOT NULL,
    stock     BIGINT  CHECK (stock >= 0),
    body      TEXT    NOT NULL,
    PRIMARY KEY (shop, id),
    FOREIGN KEY (shop, product) REFERENCES products (shop, id)
);
CREATE INDEX variants_product ON variants (shop, product, position, id);

CREATE TABLE customers (
    shop      TEXT   NOT NULL,
    shopper   TEXT   NOT NULL,
    own_index BYTEA  NOT NULL CHECK (length(own_index) = 32),
    position  BIGINT NOT NULL,
    body      BYTEA  NOT NULL CHECK (length(body) >= 45),
    PRIMARY KEY (shop, shopper),
    UNIQUE (shop, own_index),
    FOREIGN KEY (shop, shopper) REFERENCES shoppers (shop, id)
);
CREATE INDEX customers_order ON customers (shop, position, shopper);

CREATE TABLE payment_methods (
    shop     TEXT   NOT NULL,
    id       TEXT   NOT NULL CHECK (length(id) = 36),
    shopper  TEXT   NOT NULL,
    position BIGINT NOT NULL,
    body     BYTEA  NOT NULL CHECK (length(body) >= 45),
    PRIMARY KEY (shop, id),
    FOREIGN KEY (shop, shopper) REFERENCES customers (shop, shopper)
);
CREATE INDEX payment_methods_shopper ON payment_methods (shop, shopper, position, id);

CREATE TABLE carts (
    shop       TEXT   NOT NULL CHECK (length(shop) = 36),
    owner_kind TEXT   NOT NULL,
    owner      TEXT   NOT NULL CHECK (length(owner) = 36),
    body       BYTEA  NOT NULL CHECK (length(body) >= 45),
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop, owner_kind, owner)
);
-- Only guests' carts are swept.
CREATE INDEX carts_updated ON carts (updated_at) WHERE owner_kind = 'session';

CREATE TABLE proposals (
    shop       TEXT   NOT NULL CHECK (length(shop) = 36),
    id         TEXT   NOT NULL CHECK (length(id) = 36),
    owner_kind TEXT   NOT NULL,
    owner      TEXT   NOT NULL CHECK (length(owner) = 36),
    tool       TEXT   NOT NULL,
    level      TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    hash       BYTEA  NOT NULL CHECK (length(hash) = 32),
    body       BYTEA  NOT NULL CHECK (length(body) >= 45),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    decided_at BIGINT,
    PRIMARY KEY (shop, id),
    CHECK ((state = 'open') = (decided_at IS NULL))
);
CREATE INDEX proposals_expires ON proposals (expires_at);

CREATE TABLE orders (
    shop       TEXT   NOT NULL,
    id         TEXT   NOT NULL CHECK (length(id) = 36),
    number     TEXT   NOT NULL,
    shopper    TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    status     TEXT   NOT NULL,
    servicing  TEXT,
    value      BIGINT NOT NULL CHECK (value >= 0),
    body       BYTEA  NOT NULL CHECK (length(body) >= 45),
    pay_until  BIGINT,
    guest      TEXT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop, id),
    UNIQUE (shop, number),
    FOREIGN KEY (shop, shopper) REFERENCES customers (shop, shopper)
);
CREATE INDEX orders_shopper ON orders (shop, shopper, position, id);
CREATE INDEX orders_order ON orders (shop, position, id);
-- Ends in the servicing, so that orders are counted without reading them.
CREATE INDEX orders_status ON orders (shop, status, position, id, servicing);
CREATE INDEX orders_servicing ON orders (shop, servicing, position, id) WHERE servicing IS NOT NULL;
CREATE INDEX orders_guest ON orders (shop, guest) WHERE guest IS NOT NULL;
CREATE INDEX orders_unpaid ON orders (pay_until) WHERE pay_until IS NOT NULL;

CREATE TABLE movements (
    shop       TEXT    NOT NULL,
    id         TEXT    NOT NULL CHECK (length(id) = 36),
    order_id   TEXT    NOT NULL,
    label      TEXT    NOT NULL,
    position   BIGINT  NOT NULL,
    kind       TEXT    NOT NULL,
    method     TEXT,
    original   TEXT,
    amount     BIGINT  NOT NULL CHECK (amount >= 0),
    booked     BOOLEAN NOT NULL,
    state      TEXT    NOT NULL,
    reference  TEXT,
    attempts   BIGINT  NOT NULL CHECK (attempts >= 0),
    next_at    BIGINT,
    created_at BIGINT  NOT NULL,
    updated_at BIGINT  NOT NULL,
    PRIMARY KEY (shop, id),
    UNIQUE (shop, order_id, label),
    FOREIGN KEY (shop, order_id) REFERENCES orders (shop, id)
);
CREATE INDEX movements_order ON movements (shop, order_id, position, id);
-- What waits for a gateway.
CREATE INDEX movements_due ON movements (next_at) WHERE next_at IS NOT NULL;

-- Webhooks that were done: seen again, they do nothing.
CREATE TABLE gateway_events (
    shop TEXT   NOT NULL CHECK (length(shop) = 36),
    id   TEXT   NOT NULL,
    at   BIGINT NOT NULL,
    PRIMARY KEY (shop, id)
);
CREATE INDEX gateway_events_at ON gateway_events (at);
