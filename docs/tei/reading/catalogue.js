// made by scripts/make_catalogue.py
const CATALOGUE = {
  "es": {
    "Reading edition": "Edición de lectura",
    "The edition (written with --tei-layout parallel):": "La edición (escrita con --tei-layout parallel):",
    "note {number}": "nota {number}"
  }
};
