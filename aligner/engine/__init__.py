"""Two segmented texts -> beads with confidences.

- `embedding` texts -> unit vectors, all overlaps from one pass
- `features` vectors and evidence -> features of every bead in the band, and their score
- `lattice` the arrays of potentials, and the dynamic program over them
- `decoding` potentials -> beads with posteriors; pins
- `training` gold -> weights; `evaluating` gold and beads -> figures
- `solving` one pair -> potentials, with a second pass where the encoder is blind
"""
