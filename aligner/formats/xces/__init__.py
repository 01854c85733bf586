"""XCES alignments, as OPUS publishes them."""
