-- What was used in a plan's period that is over: its bucket as it was then. No `initial` where it was unlimited.
CREATE TABLE past_bucket (
    id TEXT PRIMARY KEY,
    product_id TEXT NOT NULL REFERENCES product (id),
    usage_type TEXT NOT NULL CHECK (usage_type IN ('data', 'voice', 'messages')),
    name TEXT NOT NULL,
    initial INTEGER CHECK (initial >= 0),
    used INTEGER NOT NULL CHECK (used >= 0 AND (initial IS NULL OR used <= initial)),
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
    UNIQUE (product_id, usage_type, end_ms)
) STRICT;
