"""Electronic books: the files of the spine as one text (`read`), its chapters as the table of contents
names them (`chapters`), notes that stand in files of their own (`notes`).
"""
