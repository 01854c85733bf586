"""Tables: TSV and CSV, a row a unit."""
