"""The long proofs: `make prove`. Each drives the real portal, counts what it did, and can fail."""
