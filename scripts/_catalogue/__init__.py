"""What the program says to people: collected out of the code for the catalogue of translations."""
