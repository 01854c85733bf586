"""The check of negation: dropped or put in."""
