"""`.alignment.json`: everything an alignment holds, so that reading it back gives an equal object."""
