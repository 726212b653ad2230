-- Each line has a number, a SIM, roaming and a standing of its own. Those that were there may be used abroad.
ALTER TABLE product ADD COLUMN msisdn TEXT;
ALTER TABLE product ADD COLUMN sim_type TEXT CHECK (sim_type IN ('eSIM', 'SIM'));
ALTER TABLE product ADD COLUMN roaming TEXT CHECK (roaming IN ('on', 'off', 'barred'));
ALTER TABLE product ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0;
UPDATE product
SET msisdn = (SELECT msisdn FROM customer WHERE customer.id = product.customer_id), sim_type = 'eSIM', roaming = 'on'
WHERE kind = 'line';
CREATE UNIQUE INDEX one_line_per_number ON product (msisdn);
INSERT INTO product (id, customer_id, kind, line_id, name, offering_id, start_ms)
SELECT replace(id, 'line-', 'roaming-access-'), customer_id, 'addOn', id, 'Roaming access', 'roaming-access', start_ms
FROM product WHERE kind = 'line';

CREATE TABLE customer_without_number (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    carrier_billing INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO customer_without_number (id, account_id, name, note) SELECT id, account_id, name, note FROM customer;
DROP TABLE customer;
ALTER TABLE customer_without_number RENAME TO customer;

-- Prepaid credit, one bucket for each account.
CREATE TABLE credit (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL UNIQUE REFERENCES customer (id),
    cents INTEGER NOT NULL CHECK (cents >= 0),
    was_filled INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO credit (id, customer_id, cents) SELECT replace(id, 'customer-', 'credit-'), id, 0 FROM customer;

CREATE TABLE topup (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    method TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    status TEXT NOT NULL CHECK (status IN ('completed', 'failed')),
    reason TEXT,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE saved_card (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    brand TEXT NOT NULL,
    last_four TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    token TEXT NOT NULL,
    asks_bank INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A quote is a cart by another name.
ALTER TABLE cart ADD COLUMN kind TEXT NOT NULL DEFAULT 'cart' CHECK (kind IN ('cart', 'quote'));
ALTER TABLE cart ADD COLUMN codes TEXT NOT NULL DEFAULT '[]';

ALTER TABLE product_order ADD COLUMN recurring_cents INTEGER CHECK (recurring_cents >= 0);
ALTER TABLE product_order ADD COLUMN requested_start TEXT;

-- The promotion codes that lowered an order's price.
CREATE TABLE order_code (
    order_id TEXT NOT NULL REFERENCES product_order (id),
    code TEXT NOT NULL,
    PRIMARY KEY (order_id, code)
) STRICT;

CREATE TABLE payment_by_method (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    order_id TEXT NOT NULL REFERENCES product_order (id),
    correlator_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    method TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    return_url TEXT NOT NULL,
    -- The unguessable part of the payment page's address.
    token TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pendingAuthorization', 'authorized', 'captured', 'denied', 'canceled')),
    status_reason TEXT,
    authorization_code TEXT,
    asks_bank INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    status_ms INTEGER NOT NULL,
    -- When the money of an authorized payment comes.
    capture_ms INTEGER,
    UNIQUE (customer_id, correlator_id)
) STRICT;
INSERT INTO payment_by_method (id, customer_id, order_id, correlator_id, fingerprint, method, amount_cents, return_url,
                               token, status, status_reason, authorization_code, asks_bank, created_ms, status_ms)
SELECT id, customer_id, order_id, correlator_id, fingerprint, 'hosted', amount_cents, return_url,
       token, status, status_reason, authorization_code, asks_bank, created_ms, status_ms
FROM payment;
DROP TABLE payment;
ALTER TABLE payment_by_method RENAME TO payment;
CREATE UNIQUE INDEX one_live_payment_per_order ON payment (order_id)
    WHERE status IN ('pendingAuthorization', 'authorized', 'captured');

CREATE TABLE qualification (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    answer TEXT NOT NULL
) STRICT;

-- What the next cart or quote of a customer is to be answered wrongly with.
CREATE TABLE demo_fault (
    customer_id TEXT PRIMARY KEY REFERENCES customer (id),
    fault TEXT NOT NULL
) STRICT;

-- When the carrier opened: the promotions are dated from then.
CREATE TABLE opening (
    opened_ms INTEGER NOT NULL
) STRICT;
