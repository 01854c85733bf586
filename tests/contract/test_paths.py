"""Absolute paths stay on the machine: no file that a command writes and no report that it prints
says where a text lies, though every input is named by its absolute path.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.files import FileSink
from aligner.formats import SUFFIXES, WRITERS, WriteOptions, write
from aligner.formats.json.read import read_alignment
from aligner.model import Alignment, AlignmentSet, Document, Source, as_set
from aligner.runtime import places
from tests.contract.test_writers import TIMED
from tests.unit.cli.run import Done, run
from tests.unit.formats.samples import document, one_to_one

TOKEN = "Wq7xPrivateFolder"
ES = "El capitán cerró la puerta.\nNadie volvió en invierno.\nLa casa tenía 12 ventanas.\n"
EN = "The captain closed the door.\nNobody came back in winter.\nThe house had 14 windows.\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\n{0}\n\n2\n00:00:03,000 --> 00:00:04,000\n{1}\n\n"
WRITTEN = sorted({name: suffix for suffix, name in reversed(SUFFIXES.items())}.items())


def plain(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and all that is packed in it."""
    yield name, data
    if data.startswith(b"\x1f\x8b"):
        yield from plain(f"{name} unpacked", gzip.decompress(data))
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from plain(f"{name}:{member}", archive.read(member))


def clean(*places_: Path) -> None:
    """The token is in no file of these folders, nor in their names."""
    looked = 0
    for folder in places_:
        for path in folder.rglob("*") if folder.is_dir() else [folder]:
            assert TOKEN not in str(path.relative_to(folder) if folder.is_dir() else path.name)
            if path.is_file():
                for name, data in plain(path.name, path.read_bytes()):
                    looked += 1
                    for encoding in ("utf-8", "utf-16-le"):
                        assert TOKEN.encode(encoding) not in data, name
    assert looked


def good(done: Done, *codes: int) -> None:
    assert done.code in (codes or (0,)), done.err
    assert TOKEN.encode() not in done.out


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("here") / TOKEN
    folder.mkdir()
    for lang, text in (("es", ES), ("en", EN)):
        (folder / f"{lang}.txt").write_text(text, encoding="utf-8")
        (folder / f"{lang}.srt").write_text(SRT.format(*text.splitlines()), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def aligned(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An alignment beside the texts' folder."""
    out = texts.parent / "out" / "x.alignment.json"
    out.parent.mkdir()
    good(run("align", *_both(texts), "-s", "es", "-t", "en", "--quiet", "-o", out))
    return out


def _both(texts: Path, suffix: str = "txt") -> list[str]:
    return [str(texts / f"{lang}.{suffix}") for lang in ("es", "en")]


@pytest.mark.parametrize(("form", "suffix"), WRITTEN, ids=[name for name, _ in WRITTEN])
def test_alignments(form: str, suffix: str, texts: Path, tmp_path: Path) -> None:
    if form == "json":
        pytest.skip("it says where the texts are, seen from itself: see below")
    kind = "srt" if form in TIMED else "txt"
    (tmp_path / "out").mkdir()
    more = ["-o", tmp_path / "out" / "again.tmx.gz"] if form == "tmx" else []
    good(
        run(
            *("align", *_both(texts, kind), "-s", "es", "-t", "en", "--json"),
            *("-o", tmp_path / "out" / f"x{suffix}", *more),
        )
    )
    clean(tmp_path / "out")


def test_every_writer_is_asked() -> None:
    assert {name for name, _ in WRITTEN} == set(WRITERS.entries)


def test_our_own_format_sees_the_texts_from_itself(texts: Path, aligned: Path) -> None:
    whole = json.loads(aligned.read_bytes())
    assert [one["origin"] for one in whole["documents"]] == [
        f"../{TOKEN}/es.txt",
        f"../{TOKEN}/en.txt",
    ]
    assert str(texts.parent) not in aligned.read_text(encoding="utf-8")
    back = as_set(read_alignment(Source(str(aligned), aligned.read_bytes())))
    assert [one.origin for one in back.documents] == _both(texts)


@pytest.mark.parametrize(("form", "suffix"), WRITTEN, ids=[name for name, _ in WRITTEN])
def test_converting(form: str, suffix: str, aligned: Path, tmp_path: Path) -> None:
    if form in ("json", *TIMED):
        pytest.skip("see the others")
    (tmp_path / "out").mkdir()
    good(run("convert", aligned, tmp_path / "out" / f"x{suffix}", "--json"))
    clean(tmp_path / "out")


def test_reports(texts: Path, aligned: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    reports = [f"--{name}={out / name}" for name in ("html", "sarif", "mqm", "write-baseline")]
    strict = ("--judged-as", "pairs", "--json", "--quiet")
    good(run("check", aligned, *reports, "--reason", "r", *strict), 1)
    good(run("check", aligned, "--against", aligned, *strict), 1)
    pairs = texts / "pairs.tsv"
    rows = "".join(
        f"{n}\t{s}\t{t}\n" for n, s, t in zip("123", ES.split("\n"), EN.split("\n"), strict=False)
    )
    pairs.write_text(f"id\tsource\ttarget\n{rows}", encoding="utf-8")
    good(
        run("check", "--pairs", pairs, "-s", "es", "-t", "en", f"--sarif={out / 'p'}", "--json"), 1
    )
    (texts / "x.tmx").write_bytes(b'<tmx version="1.4"><header/><body/></tmx>')
    (texts / "b").mkdir(exist_ok=True)
    (texts / "b" / "x.tmx").write_bytes(b'<tmx version="1.4"><header/><body/></tmx>')
    both = [texts / "x.tmx", texts / "b" / "x.tmx"]
    done = run("validate", *both, f"--sarif={out / 'v'}", "--json")
    good(done, 1)
    assert {one["file"] for one in json.loads(done.out)["findings"]} == {"x.tmx", "b/x.tmx"}
    (texts / "x.beads").write_text("[0]:[0]\n", encoding="utf-8")
    good(run("evaluate", texts / "x.beads", texts / "x.beads", "--json"))
    good(run("evaluate", texts / "x.beads", texts / "x.beads"))
    for to in ("native", "html", "text"):
        good(run("read", texts / "es.txt", "--to", to))
    for to in ("json", "text", "view"):
        good(run("segment", texts / "es.txt", "--to", to))
    clean(out)


@pytest.mark.parametrize("suffix", [".tmx", ".jsonl", ".parquet", ".tsv", ".xlsx", ".xlf", ".po"])
def test_units(suffix: str, texts: Path, tmp_path: Path) -> None:
    """From alignments to files of units and memories, and on."""
    out, inner = tmp_path / "out", texts / f"units{suffix}"
    out.mkdir()
    good(run("align", *_both(texts), "-s", "es", "-t", "en", "--quiet", "-o", inner))
    langs = ("-s", "es", "-t", "en")
    good(run("corpus", "filter", inner, "-o", out / "f.jsonl", "--rejected", out / "r.jsonl"))
    good(run("corpus", "stats", inner, "--html", out / "s.html", "--json"))
    for to in ("tmx", "jsonl", "parquet", "tei"):
        good(run("corpus", "export", out / "f.jsonl", "--to", to, "-o", out / f"e.{to}"))
    good(run("memory", "import", inner, "-m", out / "m.db", *langs))
    good(run("memory", "export", "-m", out / "m.db", "-o", out / "m.tmx"))
    asked = ("memory", "lookup", "Nadie volvió en invierno.", "-m", out / "m.db", "--json", *langs)
    good(run(*asked))
    good(
        run(
            "memory",
            "pretranslate",
            texts / "es.txt",
            "-m",
            out / "m.db",
            "-o",
            out / "d.xlf",
            *langs,
        )
    )
    good(run("terms", inner, "-o", out / "t.tsv"), 0, 1)
    clean(out)


def test_a_memory_of_alignments(aligned: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    good(run("memory", "import", aligned, "-m", out / "m.db"))
    good(run("memory", "export", "-m", out / "m.db", "-o", out / "m.tmx"))
    good(run("memory", "stats", "-m", out / "m.db", "--json"))
    clean(out)


@pytest.mark.parametrize("how", ["folder", "manifest"])
def test_a_corpus(how: str, texts: Path, tmp_path: Path) -> None:
    """Its alignments say where the texts are, seen from themselves; nothing else says more than
    the name of a file.
    """
    inner = tmp_path / TOKEN
    for lang, text in (("es", ES), ("en", EN)):
        (inner / "t" / lang).mkdir(parents=True)
        (inner / "t" / lang / "a.txt").write_text(text, encoding="utf-8")
        (inner / "t" / lang / "bad.docx").write_bytes(b"PK\x03\x04 no archive")
    names = inner / "t"
    if how == "manifest":
        names = inner / "pairs.tsv"
        rows = [
            [str(inner / "t" / lang / name) for lang in ("es", "en")]
            for name in ("a.txt", "bad.docx")
        ]
        names.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    weights = inner / "weights.json"
    weights.write_bytes(Path("aligner/engine/features/weights.json").read_bytes())
    out = tmp_path / "corpus"
    command = ("corpus", "build", names, "-o", out, "-s", "es", "-t", "en", "--to", "tmx")
    good(run(*command, "--to", "tei", "--workers", 1, "--weights", weights, "--quiet", "--json"), 1)
    (made,) = out.glob("pairs/*/*.alignment.json")
    origins = [one["origin"] for one in json.loads(made.read_bytes())["documents"]]
    assert origins == [f"../../../{TOKEN}/t/{lang}/a.txt" for lang in ("es", "en")]
    made.unlink()
    clean(out)
    # again: everything is known
    assert run(*command, "--to", "tei", "--weights", weights, "--quiet").code in (0, 1)


def test_a_merged_corpus_sees_the_texts_from_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for lang, text in (("es", ES), ("en", EN)):
        Path("t", lang).mkdir(parents=True)
        for name in ("a.txt", "b.txt", "c.txt"):
            Path("t", lang, name).write_text(text, encoding="utf-8")
    command = ("corpus", "build", "t", "-s", "es", "-t", "en", "--workers", 1, "--quiet", "-o")
    good(run(*command, "deep/er/whole"))
    parts = ["one", "far/two"]
    for number, part in enumerate(parts, 1):
        good(run(*command, part, "--shard", f"{number}/2"))
    good(run("corpus", "merge", *parts, "-o", "deep/er/merged"))
    whole, merged = (
        {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name != ".lock"
        }
        for folder in (Path("deep/er/whole"), Path("deep/er/merged"))
    )
    assert len(whole) > 9
    assert whole == merged


def _pair(origin: str) -> Alignment:
    sides = [document(lang, [("para", ["a"])]) for lang in ("es", "en")]
    return one_to_one(*(Document(s.id, s.lang, origin, "", "", s.paragraphs) for s in sides))


@pytest.mark.parametrize(
    ("origin", "kept"),
    [
        ("https://example.org/a/b.html", "https://example.org/a/b.html"),
        (rf"C:\Users\{TOKEN}\es.html", "es.html"),
        (rf"\\server\{TOKEN}\es.html", "es.html"),
        (f"file:///home/{TOKEN}/es.html", "es.html"),
        (f"/{TOKEN}/book.zip:ch1.html", "book.zip:ch1.html"),
        ("texts/es.html", "texts/es.html"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("form", ["html", "tei", "json"])
def test_names_of_texts(form: str, origin: str, kept: str, tmp_path: Path) -> None:
    pair = _pair(origin)
    for whole in (pair, AlignmentSet((pair,))):
        sink = FileSink(tmp_path / "x")
        sink.folder = None
        write(whole, form, sink, WriteOptions())
        (path,) = sink.commit()
        text = path.read_text(encoding="utf-8")
        assert TOKEN not in text
        # TEI has the name of the file alone
        name = kept.removeprefix("texts/") if form == "tei" else kept
        assert not name or name in text or form == "html"
        assert form != "tei" or "texts/" not in text


def test_there_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with texts and alignments can be moved: the paths are seen from the file."""
    monkeypatch.chdir(tmp_path)
    for name in ("a/b", "c"):
        (tmp_path / name).mkdir(parents=True)
    for origin, folder, stored in (
        ("a/es.txt", "", "a/es.txt"),
        ("a/es.txt", "a", "es.txt"),
        ("a/es.txt", "a/b", "../es.txt"),
        ("c/es.txt", "a/b", "../../c/es.txt"),
        (str(tmp_path / "a/es.txt"), "c", "../a/es.txt"),
        ("-", "a", "-"),
        ("https://x.org/y", "a", "https://x.org/y"),
    ):
        file = Path(folder, "x.alignment.json")
        sink = FileSink(file)
        write(_pair(origin), "json", sink, WriteOptions())
        sink.commit()
        assert json.loads(file.read_bytes())["documents"][0]["origin"] == stored
        back = read_alignment(Source(str(file), file.read_bytes()))
        assert isinstance(back, Alignment)
        assert back.source.origin == places.brought_back(stored, folder)
        if not Path(origin).is_absolute():
            assert back.source.origin == origin
