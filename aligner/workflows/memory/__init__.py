"""Translation memories: `storing` what is stored, looked up and exported (`ahead` reads a large TMX
beside it), `pretranslating`, `filling` and `drafting` files filled from one.
"""
