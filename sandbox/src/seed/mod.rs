//! What the carrier sells and whom it serves on its first day. All of it is made up.

mod catalogue;
mod subscribers;

pub(crate) use catalogue::{Allowance, Catalogue, Category, Kind, Offering, USAGE_TYPES};
pub(crate) use subscribers::{bucket_name, subscribers};
