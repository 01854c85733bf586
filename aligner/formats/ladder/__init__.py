"""hunalign's ladder: where each bead starts."""
