//! The database: one `SQLite` file, or memory.

use std::path::PathBuf;
use std::time::Duration;

use rusqlite::Connection;

/// The steps to the present schema, in order. One that has been published is never edited.
const MIGRATIONS: [&str; 5] = [
    include_str!("../migrations/0001_carrier.sql"),
    include_str!("../migrations/0002_oauth.sql"),
    include_str!("../migrations/0003_lines_and_credit.sql"),
    include_str!("../migrations/0004_past_usage.sql"),
    include_str!("../migrations/0005_topup_description.sql"),
];

/// Where the carrier's data live.
#[derive(Clone, Debug)]
pub enum Store {
    /// A file, made when absent, with the folders above it.
    File(PathBuf),
    /// Gone with the process.
    Memory,
}

/// Why the carrier could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database failed.
    #[error("the database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The folder of the file could not be made.
    #[error("the database's folder: {0}")]
    Folder(#[from] std::io::Error),
    /// The embedded catalogue, with its promotions, is not well formed.
    #[error("the catalogue: {0}")]
    Catalogue(#[from] serde_json::Error),
    /// The embedded time zones lack Monaco's.
    #[error("the time zone: {0}")]
    TimeZone(#[from] jiff::Error),
    /// The file was made by a newer version of this program.
    #[error("the database has version {0}, newer than this program")]
    Newer(usize),
}

/// Opens the store and brings its schema up to date. What a commit acknowledged survives the loss of the process and
/// of power (`synchronous=FULL`).
pub(crate) fn open(store: &Store) -> Result<Connection, OpenError> {
    let mut db = match store {
        Store::Memory => Connection::open_in_memory()?,
        Store::File(path) => {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            Connection::open(path)?
        }
    };
    db.busy_timeout(Duration::from_secs(10))?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    // A step may replace a table that others refer to. Within a transaction this could not be changed.
    db.pragma_update(None, "foreign_keys", false)?;
    db.set_prepared_statement_cache_capacity(128);

    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let version: usize = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > MIGRATIONS.len() {
        return Err(OpenError::Newer(version));
    }
    for step in &MIGRATIONS[version..] {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", MIGRATIONS.len())?;
    tx.commit()?;
    db.pragma_update(None, "foreign_keys", true)?;
    Ok(db)
}
