"""Whole corpora: `pairing` finds texts that translate each other, `building` aligns the pairs, `units`
reads what was built, `sets` counts, filters, parts and draws, `pooling` writes it in formats of others,
`terminology` lists terms.
"""
