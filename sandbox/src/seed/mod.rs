//! What the carrier sells and whom it serves on its first day. All of it is made up.

mod catalogue;
mod demo;
mod history;
mod promotion;
mod relationships;
mod subscribers;

pub(crate) use catalogue::{
    Allowance, AmountRange, BEYOND_MB, Catalogue, Category, Kind, Offering, ROAMING_ACCESS, USAGE_TYPES,
};
pub(crate) use promotion::{Criterion, Effect, Group, Promotion, Stage};
pub(crate) use relationships::Relation;
pub(crate) use subscribers::{Seed, bucket_name};
