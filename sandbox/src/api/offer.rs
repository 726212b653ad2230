//! The carrier's price for a choice, for twenty minutes: what carts and quotes are. Both are kept in the same table.

use rusqlite::{Row, params};

use super::basket::Item;
use crate::carrier::Work;
use crate::http::ApiError;
use crate::random;

const VALID_MS: i64 = 20 * 60_000;

/// By which of its two names an offer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Cart,
    Quote,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Cart => "cart",
            Self::Quote => "quote",
        }
    }
}

/// An offer as it is kept. Its prices are the catalogue's of the day.
pub(super) struct Offer {
    pub id: String,
    pub created_ms: i64,
    pub expires_ms: i64,
    pub items: Vec<Item>,
    /// The promotion codes that were sent, in one form.
    pub codes: Vec<String>,
}

impl Offer {
    /// Makes an offer for items that were found good.
    pub fn make(
        work: &Work,
        customer: &str,
        kind: Kind,
        items: Vec<Item>,
        codes: Vec<String>,
    ) -> Result<Self, ApiError> {
        let id = random::id(kind.word())?;
        let offer = Self { id, created_ms: work.now, expires_ms: work.now + VALID_MS, items, codes };
        work.execute(
            "INSERT INTO cart (id, customer_id, kind, created_ms, expires_ms, items, codes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                offer.id,
                customer,
                kind.word(),
                offer.created_ms,
                offer.expires_ms,
                serde_json::to_string(&offer.items)?,
                serde_json::to_string(&offer.codes)?
            ],
        )?;
        Ok(offer)
    }

    /// The customer's offers of a kind, by id or all.
    fn list(work: &Work, customer: &str, kind: Kind, id: Option<&str>) -> Result<Vec<Self>, ApiError> {
        let mut query = work.tx.prepare_cached(
            "SELECT id, created_ms, expires_ms, items, codes FROM cart
             WHERE customer_id = ?1 AND kind = ?2 AND (?3 IS NULL OR id = ?3) ORDER BY created_ms, id",
        )?;
        let mut rows = query.query(params![customer, kind.word(), id])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(Self::read(row)?);
        }
        Ok(found)
    }

    fn read(row: &Row) -> Result<Self, ApiError> {
        Ok(Self {
            id: row.get(0)?,
            created_ms: row.get(1)?,
            expires_ms: row.get(2)?,
            items: serde_json::from_str(&row.get::<_, String>(3)?)?,
            codes: serde_json::from_str(&row.get::<_, String>(4)?)?,
        })
    }

    /// The customer's offers of a kind.
    pub fn all(work: &Work, customer: &str, kind: Kind) -> Result<Vec<Self>, ApiError> {
        Self::list(work, customer, kind, None)
    }

    /// One of the customer's offers of a kind.
    pub fn find(work: &Work, customer: &str, kind: Kind, id: &str) -> Result<Option<Self>, ApiError> {
        Ok(Self::list(work, customer, kind, Some(id))?.pop())
    }

    /// Keeps what was changed of it. It expires when it would have.
    pub fn keep(&self, work: &Work) -> Result<(), ApiError> {
        let (items, codes) = (serde_json::to_string(&self.items)?, serde_json::to_string(&self.codes)?);
        work.execute("UPDATE cart SET items = ?2, codes = ?3 WHERE id = ?1", [&self.id, &items, &codes])?;
        Ok(())
    }

    /// Refuses one that an order was made of (409).
    pub fn check_unused(&self, work: &Work) -> Result<(), ApiError> {
        let mut query = work.tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM product_order WHERE cart_id = ?1)")?;
        if query.query_row([&self.id], |row| row.get(0))? {
            return Err(ApiError::conflict("cartUsed", "An order was already made of this."));
        }
        Ok(())
    }

    /// Refuses one that an order was made of, or that has expired (409).
    pub fn check_usable(&self, work: &Work) -> Result<(), ApiError> {
        self.check_unused(work)?;
        if self.expires_ms <= work.now {
            return Err(ApiError::conflict("cartExpired", "It has expired: its prices no longer hold."));
        }
        Ok(())
    }
}
