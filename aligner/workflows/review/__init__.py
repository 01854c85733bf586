"""The review with what it needs of other packages: `reviewing` opens and serves it, `realigning` aligns
again around what a person fixed, `sheets` takes over edits made in a spreadsheet.
"""
