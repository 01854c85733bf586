"""Parallel text in the shape of CoNLL-U (Universal Dependencies)."""
