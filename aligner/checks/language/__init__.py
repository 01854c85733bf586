"""The checks of language: a part left untranslated, a text in a third language."""
