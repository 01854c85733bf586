"""Moses text: one file a language, line n of one translating line n of the others."""
