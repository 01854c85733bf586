"""The checks of names: people and places, acronyms, speakers, required terms."""
