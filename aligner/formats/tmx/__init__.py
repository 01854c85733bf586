"""Translation memories in TMX."""
