"""What `scripts/docs` is made of: the site, its generated pages, and the commands that its pages show.

words       sentences of the code in the language of a page, by gettext catalogues
commands    a page a command, out of the command line itself
tables      formats, codes of findings, of validation and of errors, labels
schemas     the files, out of their JSON Schemas (docs/schemas)
public      the Python API, out of its docstrings
site        all pages of a language, and the site
running     the commands that pages show, run and compared
"""
