"""Two segmented texts -> beads with confidences.

- `embedding` texts -> unit vectors, all overlaps from one pass
- `features` vectors and evidence -> features of every bead in the band, and their score
- `attribution` tokens -> where the words of each segment find their partners
- `lattice` the arrays of potentials, and the dynamic program over them
- `decoding` potentials -> beads with posteriors; pins
- `training` gold -> weights; `evaluating` gold and beads -> figures
- `rescoring` the likely beads scored again with token attribution
- `solving` one pair -> potentials, in two passes
- `markers` markers between sentences, aligned by place and kind
"""
