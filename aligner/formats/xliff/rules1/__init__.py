"""XLIFF 1.0, 1.1 and 1.2 as rules: tables of elements by version, the codes of findings."""
