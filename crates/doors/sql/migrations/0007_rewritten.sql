-- Turns that are written anew after they have been shown: parts of a card are taken out of them. Each
-- time is counted in the conversation, and a turn keeps the number of the last time it was touched,
-- so that a screen learns of what it shows already.

ALTER TABLE conversations ADD COLUMN rewritings BIGINT NOT NULL DEFAULT 0 CHECK (rewritings >= 0);
ALTER TABLE turns ADD COLUMN rewriting BIGINT NOT NULL DEFAULT 0 CHECK (rewriting >= 0);
-- A turn that may hold a part of a card is sealed under a key of its own, which seals nothing else and
-- is destroyed when the turn is written anew: an older copy of the row is noise from then on.
ALTER TABLE turns ADD COLUMN own_key BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX turns_rewriting ON turns (shop, conversation, rewriting) WHERE rewriting > 0;
