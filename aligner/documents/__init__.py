"""Readers of one text, by kind: web pages, word processors, books, printed pages, Markdown, subtitles,
plain text. Each `read(source, options) -> Document`, heavy libraries imported inside.
"""
