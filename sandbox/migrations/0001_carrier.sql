-- Money is in cents, time in milliseconds since 1970, data in MB, voice in minutes.

CREATE TABLE customer (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    msisdn TEXT NOT NULL UNIQUE,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE product (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    kind TEXT NOT NULL CHECK (kind IN ('line', 'plan', 'addOn')),
    -- The line that a plan or an add-on relies on; a line names itself.
    line_id TEXT NOT NULL REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    offering_id TEXT,
    iccid TEXT,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER
) STRICT;
CREATE INDEX product_of_customer ON product (customer_id);
CREATE UNIQUE INDEX one_plan_per_line ON product (line_id) WHERE kind = 'plan';

-- A bucket is valid as long as its product.
CREATE TABLE bucket (
    id TEXT PRIMARY KEY,
    product_id TEXT NOT NULL REFERENCES product (id),
    usage_type TEXT NOT NULL CHECK (usage_type IN ('data', 'voice', 'messages')),
    name TEXT NOT NULL,
    unlimited INTEGER NOT NULL,
    initial INTEGER NOT NULL CHECK (initial >= 0),
    used INTEGER NOT NULL CHECK (used BETWEEN 0 AND initial),
    UNIQUE (product_id, usage_type)
) STRICT;

-- A price that was changed after the catalogue was published.
CREATE TABLE price_change (
    offering_id TEXT PRIMARY KEY,
    cents INTEGER NOT NULL CHECK (cents >= 0)
) STRICT;

CREATE TABLE usage_query (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    line_id TEXT NOT NULL REFERENCES product (id),
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE cart (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    items TEXT NOT NULL
) STRICT;

CREATE TABLE product_order (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    external_id TEXT NOT NULL,
    -- SHA-256 of the request's canonical JSON: a repeat is told from a conflict by it.
    fingerprint TEXT NOT NULL,
    cart_id TEXT NOT NULL UNIQUE REFERENCES cart (id),
    items TEXT NOT NULL,
    notes TEXT NOT NULL,
    total_cents INTEGER NOT NULL CHECK (total_cents >= 0),
    state TEXT NOT NULL CHECK (state IN ('pending', 'inProgress', 'completed', 'cancelled')),
    created_ms INTEGER NOT NULL,
    fulfil_ms INTEGER,
    completed_ms INTEGER,
    cancelled_ms INTEGER,
    cancel_reason TEXT,
    UNIQUE (customer_id, external_id)
) STRICT;
CREATE INDEX order_by_state ON product_order (state);

CREATE TABLE order_cancellation (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES product_order (id),
    customer_id TEXT NOT NULL REFERENCES customer (id),
    reason TEXT,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE payment (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    order_id TEXT NOT NULL REFERENCES product_order (id),
    correlator_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    return_url TEXT NOT NULL,
    -- The unguessable part of the payment page's address.
    token TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pendingAuthorization', 'captured', 'denied', 'canceled')),
    status_reason TEXT,
    authorization_code TEXT,
    asks_bank INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    status_ms INTEGER NOT NULL,
    UNIQUE (customer_id, correlator_id)
) STRICT;
CREATE UNIQUE INDEX one_live_payment_per_order ON payment (order_id)
    WHERE status IN ('pendingAuthorization', 'captured');

-- The ledger: one row for each capture.
CREATE TABLE charge (
    id TEXT PRIMARY KEY,
    payment_id TEXT NOT NULL UNIQUE REFERENCES payment (id),
    order_id TEXT NOT NULL REFERENCES product_order (id),
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    refunded INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_kept_charge_per_order ON charge (order_id) WHERE refunded = 0;

CREATE TABLE refund (
    id TEXT PRIMARY KEY,
    charge_id TEXT NOT NULL UNIQUE REFERENCES charge (id),
    payment_id TEXT NOT NULL REFERENCES payment (id),
    customer_id TEXT NOT NULL REFERENCES customer (id),
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    created_ms INTEGER NOT NULL
) STRICT;
