"""Words that messages are put together of, where the code has no sentence to read."""

from __future__ import annotations

__all__ = ["PAGES", "PARTS", "SINGLE", "WORDS"]

# single words in templates, by the names of their places
WORDS = {
    "kind": ("encoder",),
    "state": ("finished", "running", "stopped"),
    "side": ("source", "target"),
    "sides": ("source", "target"),
    "way": ("earlier", "later"),
    "where": ("source", "translation"),
    "word": ("dropped", "longer", "shorter"),
}
# single words that are messages: what a format keeps
SINGLE = (
    "comments",
    "confidences",
    "crossings",
    "keeps",
    "pieces",
    "labels",
    "pins",
    "speakers",
    "warnings",
    "the texts",
    "installed",
)
# what pages show of values: names of actions, statuses, severities, kinds of paragraph
PAGES = (
    *("accept", "accept {count}", "pin", "unpin", "label", "comment", "merge", "split", "move"),
    *("null", "link", "unlink", "split text", "join", "edit text", "restore text", "apply"),
    *("re-align", "undo", "redo", "open", "accepted", "edited"),
    *("critical", "major", "minor", "note"),
    *("title", "standfirst", "byline", "heading", "item", "cell", "quote", "caption", "turn"),
    *("stage", "cue", "box"),
)
# CLDR's English names of units, as findings about measures have them
UNITS = (
    *((f"{prefix}meter", f"{prefix}meters") for prefix in ("kilo", "", "centi", "milli")),
    *((f"{prefix}gram", f"{prefix}grams") for prefix in ("kilo", "", "milli")),
    *((f"{prefix}liter", f"{prefix}liters") for prefix in ("", "milli")),
    *((word, f"{word}s") for word in ("mile", "yard", "pound", "ounce", "gallon", "acre")),
    *((word, f"{word}s") for word in ("hectare", "year", "month", "week", "day", "hour", "minute")),
    *((word, f"{word}s") for word in ("second", "metric ton", "ton", "decade")),
    *((f"square {word}", f"square {word}s") for word in ("kilometer", "meter", "mile")),
    ("century", "centuries"),
    ("inch", "inches"),
    ("foot", "feet"),
    ("square foot", "square feet"),
    ("cubic meter", "cubic meters"),
    ("kilometer per hour", "kilometers per hour"),
    ("mile per hour", "miles per hour"),
    ("degree Celsius", "degrees Celsius"),
    ("degree Fahrenheit", "degrees Fahrenheit"),
)
# parts of messages that are put together of values alone: places in files, counts of corpus tools
PARTS = (
    "line {count}",
    "column {count}",
    "{measure} is {measure2}",
    "{measure} are {measure2}",
    *(f"{{count}} {unit}" for pair in UNITS for unit in pair),
    *(f"{{count}} {word}" for word in ("error", "errors", "warning", "warnings", "fatal", "style")),
    *(f"{{count}} {kind}" for kind in ("kept", "null", "confidence", "short", "long", "ratio")),
    *(f"{{count}} {kind}" for kind in ("identical", "numbers", "language", "exact", "near")),
    *(
        f"{{count}} {part} {what}"
        for part in ("train", "dev", "test")
        for what in ("document", "documents", "unit", "units", "leak left out", "leaks left out")
    ),
)
