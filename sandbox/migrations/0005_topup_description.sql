-- What whoever asked for a top-up wrote beside it.
ALTER TABLE topup ADD COLUMN description TEXT;
