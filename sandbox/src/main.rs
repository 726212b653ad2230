//! A carrier to develop against.
fn main() {}
