"""Beads as text, the notation of vecalign: `[0, 1]:[0]:0.973`."""
