//! Goes through every state that the checkout can get into with a carrier and a network that fail.

pub mod action;
pub mod carrier;
pub mod coverage;
pub mod explore;
pub mod input;
pub mod machine;
pub mod model;
pub mod plan;
pub mod promise;
pub mod scenario;
pub mod view;
pub mod words;
pub mod world;
