"""What every writer makes of the same small texts and units, as text: `expected/` holds it.

    python -m tests.unit.formats.written

writes the folder anew after a change of a writer that is meant: read the difference before you
commit it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pyarrow import parquet

from aligner.files import FileSink
from aligner.formats import FORMATS, UnitLosses, WriteOptions, losses, write
from aligner.formats.glossaries import GlossaryEntry, write_glossary
from aligner.model import (
    Alignment,
    AlignmentSet,
    Code,
    Document,
    Header,
    Paragraph,
    Segment,
    Span,
    Unit,
    UnitStream,
    Variant,
)
from aligner.workflows.unit_files import open_units
from tests.unit.formats.po.test_stream import CATALOGUE
from tests.unit.formats.samples import SUFFIX, bead, document, export, interview, trilingual
from tests.unit.formats.tei_samples import edition, transcript
from tests.unit.formats.test_tmx_units import WHOLE
from tests.unit.formats.xliff.test_stream import ALL as XLIFF

__all__ = ["EXPECTED", "cases", "shown"]

EXPECTED = Path(__file__).with_name("expected")
Files = dict[str, bytes]
TIMED = {
    "srt": ".srt",
    "vtt": ".vtt",
    "ttml": ".ttml",
    "both-srt": ".srt",
    "both-vtt": ".vtt",
    "ass": ".ass",
}


def cases() -> dict[str, Callable[[Path], Files]]:
    """By name: what writes the files of the case into a folder and returns them."""
    made: dict[str, Callable[[Path], Files]] = {}
    for fmt in SUFFIX:
        made[f"interview.{fmt}"] = partial(aligned, interview(), fmt)
        made[f"three.{fmt}"] = partial(aligned, trilingual(), fmt)
        made[f"arabic.{fmt}"] = partial(aligned, arabic(), fmt)
    for fmt in ("tmx", "xliff", "xliff2"):
        made[f"interview-codes.{fmt}"] = partial(export, interview(), fmt, inline=True)
        made[f"interview-nulls.{fmt}"] = partial(export, interview(), fmt, nulls="keep")
    made["interview-apart.tmx"] = partial(export, interview(), "tmx", nulls="separate")
    made["interview-omegat.tmx"] = partial(export, interview(), "tmx", flavour="omegat")
    made["three-codes.tmx"] = partial(export, coded(), "tmx", inline=True)
    for fmt in ("docx", "odt", "epub", "html", "xliff", "xliff2", "tsv"):
        made[f"codes.{fmt}"] = partial(export, coded(), fmt, inline=True)
    for layout in ("corpus", "separate", "parallel"):
        for words in (False, True):
            end = f"{layout}{'-words' * words}.tei"
            made[f"edition-{end}"] = partial(export, edition(), "tei", layout=layout, words=words)
    made["transcript-words.tei"] = partial(export, transcript(), "tei", words=True)
    made["three-parallel.tei"] = partial(export, trilingual(), "tei", layout="parallel")
    for fmt, suffix in TIMED.items():
        made[f"film.{fmt}"] = partial(exported, film(), fmt, suffix)
    for name, form in FORMATS.items():
        if form.write_units is not None:
            made[f"units.{name}"] = partial(units_written, name, units)
            made[f"codes-of-units.{name}"] = partial(units_written, name, units_of_codes)
    for name, (text, formats) in foreign().items():
        for fmt in formats:
            made[f"foreign-{'-'.join(name.split())}.{fmt}"] = partial(again, name, text, fmt)
    made["article.tei"] = partial(aligned, article(), "tei")
    for fmt in ("tbx", "tbx3", "omegat", "csv", "tsv"):
        made[f"terms-{fmt}"] = partial(terms, fmt)
    return made


def aligned(alignment: Alignment | AlignmentSet, fmt: str, folder: Path) -> Files:
    """The files, and what the format loses."""
    lost = "".join(f"{line}\n" for line in losses(alignment, fmt))
    return {**export(alignment, fmt, folder), "lost": lost.encode()}


def arabic() -> Alignment:
    """Right to left, without a title or confidences; labels and texts with what parts cells."""
    rows = ["مرحبا.", "(أنا هنا)", "نعم"]
    source = document("ar", [("turn", [rows[0]], {"speaker": "أ;"}), ("item", rows[1:])])
    target = document("en", [("para", ["#Hello; there,\tyou."]), ("heading", ['=I "am" here\\n'])])
    beads = (
        bead(0, 1, 0, 1, None, labels=("a;b", "c\\d"), quality=0.5),
        bead(1, 2, 1, 1, 0.12345678, comment="two\nlines"),
    )
    return Alignment(source, target, beads)


def article() -> Alignment:
    """An edition with terms and no publisher; bylines in the middle."""
    source = document(
        "es",
        [
            ("para", ["Ana canta bien."]),
            ("byline", ["Madrid, enero"]),
            ("standfirst", ["Y sigue."]),
            ("para", ["Fin."]),
        ],
        metadata={
            "edition-licence": ("https://creativecommons.org/licenses/by/4.0/",),
            "edition-editor": ("Eva Soler",),
            "edition-place": ("Madrid",),
            "edition-date": ("2024-05",),
            "edition-url": ("https://example.org/edition",),
        },
    )
    target = document("en", [("para", ["Ana sings well."]), ("para", ["And on.", "End."])])
    beads = (bead(0, 1, 0, 1), bead(1, 1, 1, 0), bead(2, 1, 1, 1), bead(3, 1, 2, 1))
    return Alignment(source, target, beads)


def foreign() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Files as other programs write them, and the formats that they are written in."""
    made: dict[str, tuple[str, tuple[str, ...]]] = {
        name: (text, ("xliff", "xliff2", "tmx")) for name, text in XLIFF.items()
    }
    made["whole.tmx"] = (WHOLE, ("tmx", "xliff", "xliff2", "po"))
    made["catalogue.po"] = (CATALOGUE, ("po", "tmx", "xliff", "xliff2", "tsv"))
    return made


def again(name: str, text: str, fmt: str, folder: Path) -> Files:
    """The units of a file as they were, and decided on."""
    path = folder / (name if "." in name else f"{name}.xlf")
    path.write_text(text, encoding="utf-8")
    made: Files = {}
    for form in ("as it was", "decided"):
        with open_units(str(path)) as stream:
            rows, header = list(stream), stream.header
        if form == "decided":
            rows = [
                unit._replace(
                    status=("accepted", "edited", "rejected", "auto")[n % 4],
                    confidence=0.25,
                    labels=("law", "sea"),
                    comment="really?",
                )
                for n, unit in enumerate(rows)
            ]
        place = folder / form
        place.mkdir()
        files = units_written(fmt, lambda rows=rows: iter(rows), place, header)  # type: ignore[misc]
        made |= {f"{form}: {name}": data for name, data in files.items()}
    return made


def terms(fmt: str, folder: Path) -> Files:
    entries = [
        GlossaryEntry(
            "#casa  vieja", "house & home", "=old <one>", ("Una casa.", ""), (("count", "3"),)
        ),
        GlossaryEntry("perro", "dog", "", ("", 'A "dog".'), (("count", "12"),)),
    ]
    path = folder / "terms"
    write_glossary(entries, path, fmt, ("es", ""), "Terms of <a>")
    return {"terms": path.read_bytes()}


def coded() -> Alignment:
    """Formatting of every kind, some that begins or ends inside other."""
    kinds = ("bold", "italic", "underline", "link", "sup", "sub", "code")
    text = "Uno dos tres cuatro cinco seis siete ocho nueve."
    spans = [
        Span(4 * n, 4 * n + 5 + n % 3, kind, "https://example.org/?a=1&b" if kind == "link" else "")
        for n, kind in enumerate(kinds)
    ]
    spans += [Span(20, 20, "break"), Span(26, 26, "image", "a.png"), Span(31, 31, "note", "n1")]
    source = document("es", [("para", [text], {"spans": tuple(spans)}), ("para", ["Fin."])])
    target = document("en", [("para", ["One two."], {"spans": (Span(4, 8, "bold"),)})])
    return Alignment(source, target, (bead(0, 1, 0, 1), bead(1, 1, 1, 0)))


def film() -> Alignment:
    """Three cues: two speakers at once, formatting with a break in it, one without a translation."""
    rows: list[tuple[str, tuple[int, int], str, tuple[Span, ...]]] = [
        ("Hola, amigo.", (1000, 3000), "Ana", (Span(0, 4, "italic"),)),
        ("¿Qué tal?", (1000, 3000), "Él", ()),
        (
            "La gata & la luz <3 duerme.",
            (3_661_004, 3_662_500),
            "",
            (Span(3, 12, "bold"), Span(8, 8, "break"), Span(8, 16, "underline")),
        ),
        ("Nadie --> vino.", (7_199_999, 7_200_000), "", ()),
    ]
    paragraphs = tuple(
        Paragraph(
            n,
            "cue",
            text,
            (Segment(n, n, 0, len(text), text),),
            spans=spans,
            times=times,
            speaker=speaker or None,
        )
        for n, (text, times, speaker, spans) in enumerate(rows)
    )
    source = Document(
        id="film",
        origin="film.vtt",
        lang="es",
        title="Una película",
        digest="",
        paragraphs=paragraphs,
    )
    target = document("en", [("para", ["Hello, friend. How are you?"]), ("para", ["The {cat}."])])
    beads = (bead(0, 2, 0, 1), bead(2, 1, 1, 1), bead(3, 1, 2, 0))
    return Alignment(source, target, beads)


def units() -> Iterator[Unit]:
    """Units with everything that a unit can hold, of two and of three languages, and nulls."""
    opened = Code(5, "open", "1", "bold", "<b>", "bpt", (("i", "1"), ("x", "1")))
    count = Code(5, "point", "2", "", "%d", "ph", (("x", "2"),))
    closed = Code(9, "close", "1", "bold", "</b>", "ept", (("i", "1"),))
    yield Unit(
        (
            Variant("en", "Open file.", (opened, count, closed)),
            Variant("es-MX", "Abrir archivo.", (count._replace(place=6),)),
        ),
        "guide",
        3,
        confidence=0.8125,
        status="edited",
        labels=("free", "style"),
        comment="a doubt: <x> & more",
        before="Before.",
        after="After.",
        metadata={"url": "https://example.org/?a=1&b=2", "licence": "CC0"},
        context="menu",
        id="u-1",
        attributes=(("creationdate", "20210304T050607Z"), ("usagecount", "2")),
        properties=(("domain", "legal"), ("x-client", "A & B")),
        notes=("first note", "second <note>"),
        form="tmx",
        quality=0.9,
    )
    yield Unit(
        (
            Variant(
                "en", "One. Two.", (), (4, 4), (("creationid", "ana"),), (("x", "y"),), ("of it",)
            ),
            Variant("es-MX", "Uno. Dos.", (), (4, 4)),
            Variant("zh-Hant", "一。二。"),
        ),
        "guide",
        4,
        "2-2",
        status="accepted",
        role="heading",
        speaker="P:",
        joins=True,
    )
    yield Unit.of("en", "es", '=1+1 "x"\ttab', "\\n; a|b,\nsecond line", "other", 1, "1-1", 0.5)
    yield Unit.of("en", "es", "Only here.", "", "other", 2, "1-0", 0.25, "rejected")
    yield Unit.of("en", "es", "", "Sólo aquí.", "other", 3, "0-1")
    yield Unit.of("en", "ar", "Hello", "مرحبا", "other", 4)


def units_of_codes() -> Iterator[Unit]:
    """Codes of other formats and of none: pairs, halves of pairs, points, twice the same."""
    codes = (
        Code(0, "open", "a", "italic", "<i>"),
        Code(2, "point", "b", "break", "<br/>"),
        Code(2, "open", "", "x-own", "{1>"),
        Code(4, "close", "", "x-own", "<1}"),
        Code(4, "close", "a", "italic", "</i>"),
        Code(5, "begin", "c", "bold", "<b>"),
        Code(6, "end", "d", "link", "</a>"),
        Code(7, "point", "b", "image", "", "x", (("id", "7"), ("n", "a & b"))),
        Code(8, "open", "e", "", "", "g", (("id", "8"),)),
        Code(8, "close", "e", "", "", "g"),
        Code(9, "point", "f", "note", "", "ph", (), "<sub>a note</sub>"),
    )
    yield Unit((Variant("en", "ab cd e f.", codes), Variant("fr", "AB CD E F.", codes[:5])), "d", 1)
    more = (("domain", "law"), ("domain", "tax"), ("score", "7"), ("note", "x"), ("en", "text"))
    yield Unit(
        (Variant("en", "Twice."), Variant("fr", "Deux.", (), (), (("creationid", "a"),), more)),
        "d",
        2,
        properties=more,
        attributes=(("changeid", "a"), ("usagecount", "7")),
        notes=("one", "two"),
        form="tmx",
    )
    yield Unit((Variant("en", "Twice."), Variant("fr", "Bis.")), "d", 3, context="second", id="u")
    yield Unit((Variant("en", "Twice."), Variant("fr", "Bis.")), "d", 4, context="third", id="u")


def units_written(
    fmt: str, make: Callable[[], Iterator[Unit]], folder: Path, header: Header | None = None
) -> Files:
    form = FORMATS[fmt]
    assert form.write_units is not None
    sink = FileSink(folder / f"out{form.suffixes[0]}")
    header = header or Header(source_lang="en")
    lost = UnitLosses(form, header)
    stream = UnitStream(lost.passing(make()), header)
    count = form.write_units()(stream, sink, WriteOptions(version="0.1.0"))
    files = {path.name: path.read_bytes() for path in sink.commit()}
    altered = "".join(f"{n} {many}\n" for (_, many), n in sorted(stream.altered.items()))
    told = "\n".join([f"{count} units", *lost.sentences(), altered])
    return {**files, "told": told.encode()}


def exported(alignment: Alignment | AlignmentSet, fmt: str, suffix: str, folder: Path) -> Files:
    sink = FileSink(folder / f"out{suffix}")
    write(alignment, fmt, sink, WriteOptions(version="0.1.0"))
    return {path.name: path.read_bytes() for path in sink.commit()}


def shown(files: Files) -> str:
    """All files as one text; of packages their members, of Parquet the columns and the rows."""
    return "".join(f"=== {name}\n{text}\n" for name, text in sorted(_texts(files)))


def _texts(files: Files) -> Iterator[tuple[str, str]]:
    for name, data in files.items():
        if name.endswith(".parquet"):
            table = parquet.read_table(io.BytesIO(data))
            rows = (json.dumps(row, ensure_ascii=False) for row in table.to_pylist())
            columns = (f"{field.name}: {field.type}" for field in table.schema)
            yield name, "\n".join([*columns, *rows])
        elif data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                for member in filter(_is_ours, package.namelist()):
                    mode = package.getinfo(member).external_attr >> 16
                    yield f"{name}/{member} {mode:o}", package.read(member).decode()
        else:
            yield name, data.decode()


def _is_ours(member: str) -> bool:
    """Not what XlsxWriter puts into every workbook."""
    return not member.startswith(("xl/theme/", "docProps/app"))


def main() -> None:
    EXPECTED.mkdir(exist_ok=True)
    for old in EXPECTED.iterdir():
        old.unlink()
    for name, make in cases().items():
        with TemporaryDirectory() as folder:
            (EXPECTED / name).write_bytes(shown(make(Path(folder))).encode())


if __name__ == "__main__":
    main()
