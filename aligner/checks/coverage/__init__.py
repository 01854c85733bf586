"""The checks of coverage: sentences and clauses left out or put in."""
