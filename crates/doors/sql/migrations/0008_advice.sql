-- What staff are advised about a shopper's message: whether it reads like an attempt to steer the
-- assistant, links that deceive, special categories of personal data it tells of. Sealed like the words.

ALTER TABLE turns ADD COLUMN advice BYTEA CHECK (length(advice) >= 45);
