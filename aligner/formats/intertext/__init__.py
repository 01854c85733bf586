"""InterText: links between texts whose sentences are numbered in their paragraphs."""
