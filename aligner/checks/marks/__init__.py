"""The checks of what punctuation says: questions, quotations, editor's brackets, links."""
