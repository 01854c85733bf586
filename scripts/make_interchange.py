#!/usr/bin/env python
"""Subtitles, catalogues, memories and tables, each written by a program that makes such files.

    scripts/make_interchange.py DIR

pysubs2 writes ass, srt and vtt; GNU gettext takes the texts out of a program (pot) and brings its
catalogue up to date (po); translate-toolkit turns it into XLIFF 1, XLIFF 2, TMX and csv, and a text document
into XLIFF; OmegaT writes its three memories; LibreOffice saves a sheet as csv, tsv and xlsx;
Python writes lines of JSON. The constants are what a reader must find, in order. Debian: gettext,
omegat, default-jre-headless, libreoffice-calc-nogui; Python: pysubs2, translate-toolkit, XlsxWriter.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from make_documents import converted, run

# start and end in milliseconds, speaker, text as an ASS script has it; the third is a comment
EVENTS = (
    (1000, 3500, "Ana", "Buenas tardes. ¿Quién cuida el faro?"),
    (4000, 6250, "", r"{\i1}Nadie{\i0}, {\an8}desde {\b1}marzo{\b0}."),
    (4100, 4200, "", "revisar la música"),
    (6500, 9000, "", r"- ¿Y la llave?\N- La tiene el alcalde."),
    (9100, 9900, "", "[suena una campana]"),
    (10_000, 11_000, "", r"-3 grados\Nesta noche."),
    (3_723_040, 3_725_500, "", r"Uno, dos\Ny tres: «ya está»."),
)
CUES = (
    ("cue", (1000, 3500), "Buenas tardes. ¿Quién cuida el faro?"),
    ("cue", (4000, 6250), "Nadie, desde marzo."),
    ("cue", (6500, 9000), "¿Y la llave?"),
    ("cue", (6500, 9000), "La tiene el alcalde."),
    ("stage", (9100, 9900), "[suena una campana]"),
    ("cue", (10_000, 11_000), "-3 grados esta noche."),
    ("cue", (3_723_040, 3_725_500), "Uno, dos y tres: «ya está»."),
)

# two versions of a program: what was in the first only becomes obsolete, what changed, fuzzy
PROGRAM = r"""
from gettext import gettext as _, ngettext, pgettext
# TRANSLATORS: on the door of the tower
_("Open the door.")
_("The lamp was lit in 1874. It has not gone out since.\nNobody climbs the stairs.")
pgettext("menu", "Log")
pgettext("wood", "Log")
ngettext("%d boat came in.", "%d boats came in.", 3)
_('He said "no"\tand left.')
_("Nothing of this is translated.")
_("Both boats came back late last night.")
"""
CHANGE = ("late last night", "very late last night")
GONE = '_("The old harbour is closed.")\n'
# what the translator wrote
TRANSLATED = r"""
msgid ""
msgstr "Language: es\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

# hay otra puerta en el puerto
msgid "Open the door."
msgstr "Abra la puerta."

msgid "The lamp was lit in 1874. It has not gone out since.\nNobody climbs the stairs."
msgstr ""
"La lámpara se encendió en 1874. No se ha apagado desde entonces.\n"
"Nadie sube las escaleras."

msgctxt "menu"
msgid "Log"
msgstr "Registro"

msgctxt "wood"
msgid "Log"
msgstr "Tronco"

msgid "%d boat came in."
msgid_plural "%d boats came in."
msgstr[0] "Entró %d barco."
msgstr[1] "Entraron %d barcos."

msgid "He said \"no\"\tand left."
msgstr "Dijo «no»\ty se fue."

msgid "Both boats came back late last night."
msgstr "Los dos barcos volvieron tarde anoche."

msgid "The old harbour is closed."
msgstr "El puerto viejo está cerrado."
"""
# context, source, target ("" where there is none)
MESSAGES = (
    ("", "Open the door.", "Abra la puerta."),
    (
        "",
        "The lamp was lit in 1874. It has not gone out since. Nobody climbs the stairs.",
        "La lámpara se encendió en 1874. No se ha apagado desde entonces. Nadie sube las escaleras.",
    ),
    ("menu", "Log", "Registro"),
    ("wood", "Log", "Tronco"),
    ("", "%d boat came in.", "Entró %d barco."),
    ("", "%d boats came in.", "Entraron %d barcos."),
    ("", 'He said "no" and left.', "Dijo «no» y se fue."),
    ("", "Nothing of this is translated.", ""),
    ("", "Both boats came back very late last night.", "Los dos barcos volvieron tarde anoche."),
)
FUZZY = MESSAGES[-1][1]

# rows of a sheet; the first names the columns
ROWS = (
    ("en", "es"),
    ("The lamp, the rope; the oil.", "La lámpara, la cuerda; el aceite."),
    ('He said "no".', 'Dijo "no".'),
    ("First line.\nSecond line.", "Primera línea.\nSegunda línea."),
    ("It was lit in\n1874.", "Se encendió en 1874."),
    ("Nothing yet.", ""),
    ('"No", he said.', '"No", dijo.'),
    ("1874", "1874"),
    ("The end.", "Fin."),
)

# XLIFF 2 has no converter in translate-toolkit: its library writes the file
_XLIFF_2 = """
import sys
from translate.storage import factory, xliff2
store = xliff2.Xliff2File(sourcelanguage="en", targetlanguage="es")
for unit in factory.getobject(sys.argv[1]).units:
    if unit.isheader() or unit.isobsolete():
        continue
    forms = unit.target.strings if unit.hasplural() else [unit.target]
    for number, text in enumerate(unit.source.strings if unit.hasplural() else [unit.source]):
        made = store.addsourceunit(str(text))
        if unit.target and not unit.isfuzzy():
            made.target = str(forms[number])
        if unit.getnotes("translator"):
            made.addnote(unit.getnotes("translator"), origin="translator")
store.savefile(sys.argv[2])
"""

_PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN-US</source_lang>
<target_lang>ES</target_lang><sentence_seg>true</sentence_seg>
<support_default_translations>true</support_default_translations></project></omegat>
"""
_PAGE = "<html><body><p>Open the <b>door</b>. Then wait &amp; listen.</p></body></html>"
_PAGE_MEMORY = """<tmx version="1.4"><header creationtool="x" creationtoolversion="1"
 segtype="sentence" o-tmf="x" adminlang="en" srclang="EN-US" datatype="html"/><body>
<tu><tuv xml:lang="EN-US"><seg>Open the &lt;b0>door&lt;/b0>.</seg></tuv>
<tuv xml:lang="ES"><seg>Abra la &lt;b0>puerta&lt;/b0>.</seg></tuv></tu>
<tu><tuv xml:lang="EN-US"><seg>Then wait &amp; listen.</seg></tuv>
<tuv xml:lang="ES"><seg>Luego espere &amp; escuche.</seg></tuv></tu></body></tmx>
"""
# of the page; OmegaT sorts its memories by source
SENTENCES = (
    ("Open the door.", "Abra la puerta."),
    ("Then wait & listen.", "Luego espere & escuche."),
)


def subtitles(folder: Path) -> Iterator[Path]:
    """A script that pysubs2 writes, and what its command makes of it."""
    import pysubs2

    script = pysubs2.SSAFile()
    script.info["Title"] = "El faro"
    for number, (start, end, name, text) in enumerate(EVENTS):
        kind: Any = "Comment" if number == 2 else "Dialogue"
        script.append(pysubs2.SSAEvent(start=start, end=end, name=name, text=text, type=kind))
    made = folder / "pysubs2.ass"
    script.save(str(made))
    yield made
    for form in ("srt", "vtt"):
        _run([sys.executable, "-m", "pysubs2", "--to", form, str(made)])
        yield made.with_suffix(f".{form}")


def gettext(folder: Path, bin_folder: Path) -> Iterator[Path]:
    """A catalogue that GNU gettext takes out of a program and brings up to date."""
    old, new = folder / "old.py", folder / "new.py"
    old.write_text(PROGRAM + GONE, encoding="utf-8")
    new.write_text(PROGRAM.replace(*CHANGE), encoding="utf-8")
    done = folder / "done.po"
    done.write_text(TRANSLATED, encoding="utf-8")
    for path in (old, new):
        template = path.with_suffix(".pot")
        options = ["--from-code=UTF-8", "--keyword=pgettext:1c,2", "--add-comments=TRANSLATORS:"]
        _run([str(bin_folder / "xgettext"), *options, "-o", str(template), str(path)])
    first, last = folder / "first.po", folder / "gettext.po"
    merge = [str(bin_folder / "msgmerge"), "--quiet", "--previous", "-o"]
    _run([*merge, str(first), str(done), str(old.with_suffix(".pot"))])
    _run([*merge, str(last), str(first), str(new.with_suffix(".pot"))])
    yield last
    yield new.with_suffix(".pot")


def toolkit(folder: Path, bin_folder: Path) -> Iterator[Path]:
    """What translate-toolkit makes of the catalogue; `gettext` must have run."""
    catalogue = str(folder / "gettext.po")
    for program, suffix, options in (
        ("po2xliff", "xlf", []),
        ("po2tmx", "tmx", ["-l", "es", "--comments=others"]),
        ("po2csv", "csv", []),
    ):
        target = folder / f"toolkit.{suffix}"
        _run([str(bin_folder / program), "--progress=none", *options, catalogue, str(target)])
        yield target
    target = folder / "toolkit2.xlf"
    _run([sys.executable, "-c", _XLIFF_2, catalogue, str(target)])
    yield target


def omegat(folder: Path, java: str, jar: Path) -> Iterator[Path]:
    """The three memories that OmegaT writes for a translated page."""
    project = folder / "faro"
    for name in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat", "home"):
        (project / name).mkdir(parents=True, exist_ok=True)
    (project / "omegat.project").write_text(_PROJECT, encoding="utf-8")
    (project / "source" / "page.html").write_text(_PAGE, encoding="utf-8")
    (project / "tm" / "auto" / "page.tmx").write_text(_PAGE_MEMORY, encoding="utf-8")
    settings = ["-Dfile.encoding=UTF-8", "-Djava.awt.headless=true"]
    settings.append(f"-Duser.home={project / 'home'}")
    _run([java, *settings, "-jar", str(jar), str(project), "--mode=console-translate"])
    for level in ("omegat", "level1", "level2"):
        yield project / f"faro-{level}.tmx"


def tables(folder: Path, soffice: str) -> Iterator[Path]:
    """A sheet that LibreOffice saves as text in three ways, and as a workbook of its own."""
    import xlsxwriter

    sheet = folder / "sheet.xlsx"
    with xlsxwriter.Workbook(str(sheet), {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(ROWS):
            for column, text in enumerate(row):
                page.write_string(number, column, text)
    for name, delimiter in (("comma.csv", 44), ("semicolon.csv", 59), ("tab.tsv", 9)):
        form = f"csv:Text - txt - csv (StarCalc):{delimiter},34,76,1"
        made = converted(folder, soffice, sheet, "csv", form, "sheet")
        yield made.rename(folder / name)
    ods = converted(folder, soffice, sheet, "ods", "ods", "sheet")
    yield converted(folder, soffice, ods, "xlsx", "xlsx:Calc MS Excel 2007 XML", "libreoffice")


def json_lines(folder: Path) -> Iterator[Path]:
    """Lines of JSON as data sets have them: one object a row, and one with both texts nested."""
    flat, nested = folder / "rows.jsonl", folder / "nested.jsonl"
    (first, second), *rows = ROWS
    with flat.open("w", encoding="utf-8") as out:
        for source, target in rows:
            out.write(json.dumps({first: source, second: target}) + "\n")
    with nested.open("w", encoding="utf-8") as out:
        for number, (source, target) in enumerate(rows):
            row = {"id": str(number), "translation": {first: source, second: target}}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    yield from (flat, nested)


def _run(command: list[str]) -> None:
    """A program that must succeed, with the same settings everywhere."""
    run(command, {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"})


def _found(name: str, package: str) -> Path:
    beside = Path(sys.executable).with_name(name)
    found = beside if beside.exists() else shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is not installed: {package}")
    return Path(found)


def main() -> None:
    """Command line."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    jar = Path("/usr/share/omegat/OmegaT.jar")
    if not jar.exists():
        raise SystemExit("OmegaT is not installed: apt-get install omegat")
    for made in (
        subtitles(folder),
        gettext(folder, _found("xgettext", "apt-get install gettext").parent),
        toolkit(folder, _found("po2xliff", "pip install translate-toolkit").parent),
        omegat(folder, str(_found("java", "apt-get install default-jre-headless")), jar),
        tables(folder, str(_found("soffice", "apt-get install libreoffice-calc-nogui"))),
        json_lines(folder),
    ):
        for path in made:
            print(path)


if __name__ == "__main__":
    main()
