"""The text layer of a PDF: printed lines, columns and tables, paragraphs."""
