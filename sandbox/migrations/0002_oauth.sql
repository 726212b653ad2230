-- Secrets are kept as SHA-256 only.

CREATE TABLE sign_in (
    id TEXT PRIMARY KEY,
    -- Binds the form to the browser that asked for it.
    browser_hash TEXT NOT NULL,
    request TEXT NOT NULL,
    customer_id TEXT REFERENCES customer (id),
    code TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    expires_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
    hash TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    expires_ms INTEGER NOT NULL
) STRICT;

-- A family of tokens that came from one sign-in.
CREATE TABLE token_family (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    session_hash TEXT,
    revoked INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE authorization_code (
    hash TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    session_hash TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    challenge TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    family_id TEXT REFERENCES token_family (id)
) STRICT;

CREATE TABLE access_token (
    hash TEXT PRIMARY KEY,
    family_id TEXT NOT NULL REFERENCES token_family (id),
    expires_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE refresh_token (
    hash TEXT PRIMARY KEY,
    family_id TEXT NOT NULL REFERENCES token_family (id),
    used INTEGER NOT NULL DEFAULT 0,
    expires_ms INTEGER NOT NULL
) STRICT;
