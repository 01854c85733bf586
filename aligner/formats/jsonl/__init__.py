"""Lines of JSON, one object a unit."""
