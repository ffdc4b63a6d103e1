-- Pictures of goods as this house serves them, once for each shop under the hash of their bytes, and what
-- became of each product's picture.

CREATE TABLE pictures (
    shop    TEXT   NOT NULL REFERENCES shops (id),
    name    TEXT   NOT NULL,
    image   BYTEA  NOT NULL CHECK (length(image) BETWEEN 1 AND 524288),
    used_at BIGINT NOT NULL,
    PRIMARY KEY (shop, name)
);

-- A product shows pictures of its own shop alone: both names are looked for in that shop.
CREATE TABLE product_pictures (
    shop     TEXT   NOT NULL REFERENCES shops (id),
    product  TEXT   NOT NULL,
    source   TEXT   NOT NULL,
    card     TEXT,
    detail   TEXT,
    refused  TEXT,
    tried_at BIGINT NOT NULL,
    PRIMARY KEY (shop, product),
    FOREIGN KEY (shop, card) REFERENCES pictures (shop, name),
    FOREIGN KEY (shop, detail) REFERENCES pictures (shop, name),
    CHECK ((card IS NULL) = (detail IS NULL)),
    CHECK (card IS NOT NULL OR refused IS NOT NULL)
);
CREATE INDEX product_pictures_refused ON product_pictures (shop, product) WHERE refused IS NOT NULL;
