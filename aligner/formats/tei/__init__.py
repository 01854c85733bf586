"""TEI P5: editions with stand-off links, read, written and validated."""
