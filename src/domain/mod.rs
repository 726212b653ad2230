//! What the words mean: pure values and rules. No web, no clock, no floats for money.

pub mod advice;
pub mod allowance;
pub mod basket;
pub mod comparison;
pub mod consumption;
pub mod deal;
pub mod decimal;
pub mod eligibility;
pub mod filter;
pub mod finding;
pub mod forecast;
pub mod id;
pub mod money;
pub mod offering;
pub mod order;
pub mod payment;
pub mod product;
pub mod quote;
pub mod search;
pub mod time;
pub mod trip;
