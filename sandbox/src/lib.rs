//! A carrier to develop against.
