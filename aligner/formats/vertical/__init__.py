"""Vertical text for Sketch Engine and NoSketch Engine, with a map of the alignment."""
