"""Which beads there are and their scores (`potentials`), and the values of all paths through them (`paths`)."""
