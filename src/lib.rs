//! A widget by which a mobile subscriber renews an eSIM plan on the carrier's own pages.
//!
//! Five layers, each using only those before it: `domain ← carrier ← app ← ui ← hosts`. `domain` says what the words mean,
//! `carrier` speaks with the carrier's TM Forum API, `app` holds the state and the checkout, `ui` draws it, `hosts` puts it
//! onto a page. A test keeps these arrows.

pub mod app;
pub mod carrier;
pub mod domain;
pub mod hosts;
pub mod ui;
