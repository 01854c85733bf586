#!/usr/bin/env python
"""One text in every document format, each written by a program that people write such files with.

    scripts/make_documents.py DIR

pandoc writes docx (with footnotes and tracked changes), odt, epub, rtf, html, md and tei;
LibreOffice writes odt, docx, rtf, fodt, html, txt, epub and pdf; Chromium prints a page to pdf.
`SENTENCES` and `NOTES` are what a reader must find, in order. Debian: pandoc,
libreoffice-writer-nogui, chromium. Subtitles, catalogues, memories and tables: make_interchange.py.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

TITLE = "El faro de la isla"
# the text as its author wrote it; {+...+} was added and {-...-} deleted with changes tracked
MARKDOWN = """---
title: El faro de la isla
author: Autora de Prueba
lang: es
---

# La torre

El faro se encendió por primera vez **en 1874**, y desde entonces *no se ha apagado* ninguna noche.
La torre mide 21 metros[^torre] y se ve a dieciocho millas. El Sr. Lobos, que fue su último
guardián, vive ahora en [el puerto](https://example.org/puerto).

Cada tarde subía los 96 escalones con un candil. «No contaba los días», dice. «Contaba los barcos».

> El mar no avisa. El farero tampoco.

## Lo que se necesita

- Un bidón de aceite.
- Dos mechas nuevas.

| Mes     | Noches sin luna |
|---------|-----------------|
| Enero   | Doce            |
| Febrero | Once            |

La última visita fue breve[^visita]. Nadie volvió a subir.

[^torre]: La altura se midió desde la roca. No incluye la veleta.

[^visita]: Duró menos de una hora.
"""
SENTENCES = (
    "La torre",
    "El faro se encendió por primera vez en 1874, y desde entonces no se ha apagado ninguna noche.",
    "La torre mide 21 metros y se ve a dieciocho millas.",
    "El Sr. Lobos, que fue su último guardián, vive ahora en el puerto.",
    "Cada tarde subía los 96 escalones con un candil.",
    "«No contaba los días», dice.",
    "«Contaba los barcos».",
    "El mar no avisa.",
    "El farero tampoco.",
    "Lo que se necesita",
    "Un bidón de aceite.",
    "Dos mechas nuevas.",
    "Mes",
    "Noches sin luna",
    "Enero",
    "Doce",
    "Febrero",
    "Once",
    "La última visita fue breve.",
    "Nadie volvió a subir.",
)
CELLS = ("Mes", "Noches sin luna", "Enero", "Doce", "Febrero", "Once")
NOTES = (
    "La altura se midió desde la roca.",
    "No incluye la veleta.",
    "Duró menos de una hora.",
)
TRACKED = """El guardián tenía dos [gatas]{.deletion author="A" date="2024-01-01T00:00:00Z"}[perras
viejas]{.insertion author="A" date="2024-01-01T00:00:00Z"} y un bote. [Nadie las
vio.]{.insertion author="A" date="2024-01-01T00:00:00Z"} Salió al alba[^alba].

[^alba]: Según [su]{.insertion author="A" date="2024-01-01T00:00:00Z"} cuaderno.
"""
TRACKED_SENTENCES = (
    "El guardián tenía dos perras viejas y un bote.",
    "Nadie las vio.",
    "Salió al alba.",
)
TRACKED_NOTES = ("Según su cuaderno.",)

# what is hard on a printed page: wide gaps, wrapped cells, columns, raised numbers, hyphens
PAGE = """<html lang="es"><head><meta charset="utf-8"><style>
td,th{padding:4px 10px;vertical-align:top} .columns{column-count:2;text-align:justify}
</style></head><body><h1>Cuentas del puerto</h1>
<p>El puerto llevó sus cuentas en un cuaderno azul durante veinte años<sup>1</sup>. Nadie las leyó.</p>
<table style="width:100%"><tr><th>Mes</th><th>Barcos</th><th>Qué traían</th></tr>
<tr><td>Enero</td><td align="right">12</td><td>Sal y aceite</td></tr>
<tr><td>Febrero</td><td align="right">7</td><td>Harina, velas, tres cajas de libros que nadie reclamó
y una campana de bronce que acabó en la iglesia del pueblo de arriba, junto a la fuente</td></tr>
<tr><td>Marzo, el mes en que el temporal se llevó el muelle</td><td align="right">105</td>
<td>Nada</td></tr><tr><td>Abril</td><td align="right">31</td><td></td></tr></table>
<p>Después del temporal no hubo cuentas.</p>
<table><tr><td>Ancla</td><td>Anchor</td></tr><tr><td>Vela</td><td>Sail</td></tr>
<tr><td>Timón</td><td>Rudder</td></tr></table>
<p>Nadie las echó de menos.</p>
<div class="columns"><p>La columna de la izquierda cuenta una cosa. Habla del mar y de los barcos que
lo cruzan de noche, con las luces apagadas, y de quien los mira desde la Torre Vieja sin decir nada.
Dicen que Ana los cuenta en voz baja.</p><p>La segunda cuenta otra. Habla de la tierra, de las casas
blancas y de las mujeres que esperan en la puerta con un candil encendido. Ellas tampoco dicen
nada.</p></div>
<ol><li>Una cosa de la lista.</li><li>Otra cosa de la lista.</li><li>La última.</li></ol>
</body></html>
"""
PAGE_CELLS = (
    *("Mes", "Barcos", "Qué traían", "Enero", "12", "Sal y aceite", "Febrero", "7"),
    (
        "Harina, velas, tres cajas de libros que nadie reclamó y una campana de bronce que acabó en la "
        "iglesia del pueblo de arriba, junto a la fuente"
    ),
    *("Marzo, el mes en que el temporal se llevó el muelle", "105", "Nada", "Abril", "31"),
    *("Ancla", "Anchor", "Vela", "Sail", "Timón", "Rudder"),
)
PAGE_SENTENCES = (
    "Cuentas del puerto",
    "El puerto llevó sus cuentas en un cuaderno azul durante veinte años.",
    "Nadie las leyó.",
    "Después del temporal no hubo cuentas.",
    "Nadie las echó de menos.",
    "La columna de la izquierda cuenta una cosa.",
    (
        "Habla del mar y de los barcos que lo cruzan de noche, con las luces apagadas, y de quien los "
        "mira desde la Torre Vieja sin decir nada."
    ),
    "Dicen que Ana los cuenta en voz baja.",
    "La segunda cuenta otra.",
    (
        "Habla de la tierra, de las casas blancas y de las mujeres que esperan en la puerta con un "
        "candil encendido."
    ),
    "Ellas tampoco dicen nada.",
    "1. Una cosa de la lista.",
    "2. Otra cosa de la lista.",
    "3. La última.",
)


def pandoc(folder: Path, program: str = "pandoc") -> Iterator[Path]:
    """Files that pandoc writes."""
    source, tracked = folder / "text.md", folder / "tracked.md"
    source.write_text(MARKDOWN, encoding="utf-8")
    tracked.write_text(TRACKED, encoding="utf-8")
    yield source
    for suffix, form in (
        ("docx", "docx"),
        ("odt", "odt"),
        ("epub", "epub3"),
        ("rtf", "rtf"),
        ("html", "html5"),
        ("tei", "tei"),
    ):
        target = folder / f"pandoc.{suffix}"
        run([program, str(source), "-s", "-t", form, "-o", str(target)])
        yield target
    target = folder / "tracked.docx"
    run([program, str(tracked), "-s", "-o", str(target)])
    yield target


def libreoffice(folder: Path, program: str = "soffice") -> Iterator[Path]:
    """Files that LibreOffice writes from pandoc's; `pandoc` must have run."""
    text = {
        "odt": "odt",
        "docx": "docx:MS Word 2007 XML",
        "rtf": "rtf",
        "fodt": "fodt",
        "html": "html",
        "txt": "txt:Text (encoded):UTF8",
        "epub": "epub",
        "pdf": "pdf",
        "doc": "doc:MS Word 97",
    }
    for suffix, form in text.items():
        origin = "pandoc.docx" if suffix != "docx" else "pandoc.odt"
        yield converted(folder, program, folder / origin, suffix, form, "libreoffice")
    yield converted(folder, program, folder / "tracked.docx", "odt", "odt", "tracked")


def chromium(folder: Path, program: str = "chromium") -> Iterator[Path]:
    """The web page of pandoc, printed to pdf."""
    yield _print(folder / "pandoc.html", folder / "chromium.pdf", program)


def printed(folder: Path, program: str = "chromium") -> Path:
    """`PAGE`, printed to pdf."""
    page = folder / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    return _print(page, folder / "page.pdf", program)


def printed_by_office(folder: Path, pandoc: str = "pandoc", soffice: str = "soffice") -> Path:
    """`PAGE` as a document of pandoc's, printed by LibreOffice; `printed` must have run."""
    run([pandoc, str(folder / "page.html"), "-o", str(folder / "page.docx")])
    return converted(folder, soffice, folder / "page.docx", "pdf", "pdf", "office")


def _print(page: Path, target: Path, program: str) -> Path:
    with tempfile.TemporaryDirectory() as profile:
        run(
            [
                *(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
                *(f"--user-data-dir={profile}", f"--print-to-pdf={target}", page.as_uri()),
            ]
        )
    return target


def converted(folder: Path, program: str, source: Path, suffix: str, form: str, name: str) -> Path:
    """`source` as LibreOffice saves it in another format, as `name`."""
    with tempfile.TemporaryDirectory() as out:
        run(
            [
                *(program, "--headless", f"-env:UserInstallation=file://{folder}/profile"),
                *("--convert-to", form, "--outdir", out, str(source)),
            ]
        )
        target = folder / f"{name}.{suffix}"
        shutil.move(Path(out) / f"{source.stem}.{suffix}", target)
    return target


def run(command: list[str], env: Mapping[str, str] | None = None) -> None:
    """A program that must succeed."""
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, env=env
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed ({done.returncode}): {done.stderr.strip()[-500:]}")


def main() -> None:
    """Command line."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for make, program, package in (
        (pandoc, "pandoc", "pandoc"),
        (libreoffice, "soffice", "libreoffice-writer-nogui"),
        (chromium, "chromium", "chromium"),
    ):
        found = shutil.which(program)
        if found is None:
            raise SystemExit(f"{program} is not installed: apt-get install {package}")
        for path in make(folder, found):
            print(path)
    print(printed(folder), printed_by_office(folder), sep="\n")


if __name__ == "__main__":
    main()
