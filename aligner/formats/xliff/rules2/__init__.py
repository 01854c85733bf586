"""XLIFF 2.0, 2.1 and 2.2 as rules: tables of elements, a list of constraints, the codes of findings.

Start reading from `tables` (what may stand where) and `constraints` (what must hold besides).
"""
