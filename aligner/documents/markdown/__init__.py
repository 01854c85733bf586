"""Markdown as sites write it: CommonMark, front matter, shortcodes."""
