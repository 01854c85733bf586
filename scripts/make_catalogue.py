#!/usr/bin/env python3
"""The Spanish catalogue, brought in step with the code: aligner/locale/es/LC_MESSAGES/aligner.po.

scripts/make_catalogue.py          new texts are added (untranslated), those that are gone removed,
                                   aligner.mo is compiled, and the words of docs/tei/reading
                                   written; says what has no translation yet
scripts/make_catalogue.py --check  say by the exit code whether all files are as they should be

The first page of help (aligner/cli/ui/help.*.txt), which says the same in both languages, is made with it.

aligner.mo is committed: the program runs from a checkout and from an sdist without a step that
compiles it. Whoever changes a text runs this, translates what it names, and runs it again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from string import Formatter

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the program of this checkout, whatever is installed

from _catalogue.helps import helps  # noqa: E402
from _catalogue.messages import messages  # noqa: E402
from _catalogue.pages import CATALOGUE, PAGE, page_texts, reading_catalogue  # noqa: E402

from aligner.cli import ui  # noqa: E402
from aligner.cli.ui.front import COLUMNS, COMPLETION, place_of  # noqa: E402

PO = ROOT / "aligner" / "locale" / "es" / "LC_MESSAGES" / "aligner.po"
MO = PO.with_suffix(".mo")
Key = tuple[str, str | None]


def wanted() -> dict[Key, list[str]]:
    """(text, context) -> where it stands, in the order of the catalogue."""
    places: dict[Key, list[str]] = {}
    for text, context, place in (*helps(), *messages()):
        rows = places.setdefault((text, context), [])
        if place not in rows:
            rows.append(place)
    return places


def shown() -> dict[tuple[str, str], list[str]]:
    """(text, its form for many) of pages -> where it stands."""
    places: dict[tuple[str, str], list[str]] = {}
    for one, many, place in page_texts():
        rows = places.setdefault((one, many), [])
        if place not in rows:
            rows.append(place)
    return places


def refreshed(old: polib.POFile) -> polib.POFile:
    """The catalogue with the texts of the code, and the translations that it had."""
    known = {(e.msgid, e.msgctxt): e.msgstr for e in old if not e.msgid_plural}
    forms = {entry.msgid: entry.msgstr_plural for entry in old if entry.msgid_plural}
    made = polib.POFile(wrapwidth=100)
    made.header = old.header
    made.metadata = old.metadata
    for (text, context), places in wanted().items():
        made.append(
            polib.POEntry(
                msgid=text,
                msgctxt=context,
                msgstr=known.get((text, context), ""),
                comment=", ".join(places[:3]),
            )
        )
    for (one, many), places in shown().items():
        entry = polib.POEntry(msgid=one, msgctxt=PAGE, comment=", ".join(places[:3]))
        if many:
            entry.msgid_plural = many
            entry.msgstr_plural = forms.get(one, {0: "", 1: ""})
        else:
            entry.msgstr = known.get((one, PAGE), "")
        made.append(entry)
    return made


def untranslated(catalogue: polib.POFile) -> list[str]:
    """The texts without a translation."""
    return [
        entry.msgid
        for entry in catalogue
        if not (all(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr)
    ]


def places_of(text: str) -> list[str]:
    """The places for values in a template, sorted."""
    return sorted(
        f"{name}!{how}" for _, name, _, how in Formatter().parse(text) if name is not None
    )


_PRINT = """
import sys
from aligner.cli import ui
from aligner.cli.commands import app
ui.speak(sys.argv[1])
sys.stdout.reconfigure(encoding="utf-8")
app(["--help"], prog_name="aligner")
"""


def first_page(language: str) -> str:
    """`aligner --help` as typer prints it, with the catalogue as it lies."""
    env = {name: value for name, value in os.environ.items() if name != COMPLETION}
    done = subprocess.run(
        [sys.executable, "-c", _PRINT, language],
        env={**env, "COLUMNS": str(COLUMNS), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8")


def main() -> int:
    """Write all files; under --check compare them."""
    old = polib.pofile(str(PO))
    made = refreshed(old)
    missing = untranslated(made)
    for entry in made:
        if entry.msgid in missing:
            print(f"no translation ({entry.comment}): {entry.msgid!r}", file=sys.stderr)
    reading = reading_catalogue({e.msgid: e.msgstr for e in made if e.msgctxt == PAGE})
    if "--check" in sys.argv:
        same = str(made) == PO.read_text(encoding="utf-8") and made.to_binary() == MO.read_bytes()
        same = same and reading == CATALOGUE.read_text(encoding="utf-8")
        pages = all(
            first_page(tag) == Path(place_of(tag)).read_text(encoding="utf-8")
            for tag in ui.LANGUAGES
        )
        return int(bool(missing) or not same or not pages)
    PO.write_text(str(made), encoding="utf-8")
    MO.write_bytes(made.to_binary())
    CATALOGUE.write_text(reading, encoding="utf-8")
    for tag in ui.LANGUAGES:
        Path(place_of(tag)).write_text(first_page(tag), encoding="utf-8")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
