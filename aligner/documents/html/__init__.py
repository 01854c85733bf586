"""Web pages: tree to paragraphs (`walk`), which of them are the article (`body`), what the page says of itself."""
