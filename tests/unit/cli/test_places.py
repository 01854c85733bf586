"""Where every command may write: `-` is standard output, and nothing that is read, named twice or
reviewed is replaced.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import warnings
from pathlib import Path

import pytest

from aligner.memory import Memory, memory_statistics
from tests.unit.cli.run import run
from tests.unit.cli.test_bad_input import EN, ES, contents

PO = 'msgid "The harbour house was empty."\nmsgstr "La casa del puerto estaba vacía."\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "es.txt").write_text(ES, encoding="utf-8")
    (folder / "en.txt").write_text(EN, encoding="utf-8")
    (folder / "m.po").write_text(PO, encoding="utf-8")
    (folder / "bad.tmx").write_text("<tmx><body><tu>", encoding="utf-8")
    (folder / "fr.toml").write_text('name = "mine"\n', encoding="utf-8")
    texts = [str(folder / name) for name in ("es.txt", "en.txt")]
    for out in ("x.alignment.json", "seen.alignment.json", "x.tmx"):
        done = run("align", *texts, "-s", "es", "-t", "en", "-o", folder / out)
        assert done.code == 0, done.err
    (folder / "seen.alignment.json.journal").write_text("{}\n")
    for out in ("sheet.tsv", "x.beads"):
        assert run("convert", folder / "x.alignment.json", folder / out).code == 0
    assert run("memory", "import", folder / "x.tmx", "-m", folder / "m.db").code == 0
    for side in ("a", "b"):
        (folder / side).mkdir()
    shutil.copy(folder / "es.txt", folder / "a/1.txt")
    shutil.copy(folder / "en.txt", folder / "b/1.txt")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path / "f")
    monkeypatch.chdir(tmp_path / "f")
    return tmp_path / "f"


REPLACES, TWICE, ENDING = "would replace one of the inputs", "named twice", "this is written as"
REFUSED = [
    ("check x.alignment.json --html x.alignment.json", REPLACES),
    ("check x.alignment.json --sarif x.alignment.json", REPLACES),
    ("check x.alignment.json --mqm a/../x.alignment.json", REPLACES),
    ("check x.alignment.json --write-baseline x.alignment.json --reason r", REPLACES),
    ("check x.alignment.json --html new --sarif new", TWICE),
    ("check x.alignment.json --html -", "standard output is named twice"),
    ("check x.alignment.json --html none/new", "the folder of this output does not exist"),
    ("check x.alignment.json --taxonomy vinay-darbelnet --labels es.txt", "--labels needs a file"),
    ("check x.tmx --taxonomy vinay-darbelnet --labels es.txt -o new.tmx", ENDING),
    ("align es.txt en.txt -o seen.alignment.json", "this alignment was reviewed"),
    ("convert x.tmx seen.alignment.json", "this alignment was reviewed"),
    ("memory export -m m.db -o m.db", REPLACES),
    ("memory export -m m.db -o new.tsv", ENDING),
    ("memory pretranslate es.txt -m m.db -o es.txt", REPLACES),
    ("memory pretranslate es.txt -m m.db -o m.db", REPLACES),
    ("memory pretranslate m.po -m m.db -o new.tsv", "filled in as what it is"),
    ("memory pretranslate es.txt -m m.db -o new.doc", "does not say which format to write"),
    ("memory pretranslate es.txt -m m.db -o - --json", "standard output is named twice"),
    ("memory import gone.tmx -m new.db", "gone.tmx: there is no such file"),
    ("memory import bad.tmx -m new.db", "bad.tmx, line 1"),
    ("memory import m.po -m new.db", "m.po: the language of the source is not known"),
    ("memory pretranslate x.tmx -m m.db -o new.tmx", "holds texts side by side already"),
    ("memory pretranslate x.tmx -m m.db -o new.xlf", "holds texts side by side already"),
    ("memory lookup x -m m.db -s english", "'english' is not a language tag"),
    ("apply sheet.tsv x.tmx", "x.tmx: this is no .alignment.json, which edits are kept in"),
    ("check x.beads", "this file does not hold the texts"),
    ("memory merge m.db -m m.db", "m.db: this is the memory itself"),
    ("memory merge gone.db -m new.db", "gone.db: there is no such file"),
    ("corpus filter x.tmx -o x.tmx", REPLACES),
    ("corpus filter x.tmx -o new.tmx", ENDING),
    ("corpus filter x.tmx -o new.jsonl --rejected new.jsonl", TWICE),
    ("corpus filter x.tmx -o - --json", "standard output is named twice"),
    ("corpus dedup x.tmx -o x.tmx", REPLACES),
    ("corpus sample x.tmx -o new.tsv", ENDING),
    ("corpus split x.tmx -o -", "three files cannot go to standard output"),
    ("corpus stats x.tmx --html x.tmx", REPLACES),
    ("corpus export x.tmx --to tmx -o x.tmx", REPLACES),
    ("corpus export x.tmx --to moses -o -", "several files cannot go to standard output"),
    ("corpus export x.tmx --to tmx -o new.jsonl", ENDING),
    ("corpus export x.tmx -o -", "standard output needs a format (add --to tmx, --to jsonl)"),
    ("corpus export x.tmx -o new", "new: the name does not say which format to write"),
    ("corpus export x.tmx -o new.xml", ".xml may be .tei.xml"),
    ("corpus export x.tmx --per-pair -o new.tmx", "a folder does not say which format to write"),
    ("corpus export x.tmx --shard-size 3 -o new", "a folder does not say which format to write"),
    ("corpus export x.tmx --to tmx --shard-size 3 -o new", "tmx is not written in shards"),
    ("corpus pair a b -o b/1.txt", REPLACES),
    ("corpus pair a b -o new.xlsx", ENDING),
    ("terms x.tmx -o x.tmx", REPLACES),
    ("terms x.tmx -o new.doc", ENDING),
    ("train a -o a", REPLACES),
    ("check x.alignment.json --html a", "there is a folder of this name"),
]


@pytest.mark.parametrize(("line", "message"), REFUSED, ids=[line for line, _ in REFUSED])
def test_refused_before_any_work(line: str, message: str, folder: Path) -> None:
    before = contents(folder)
    done = run(*line.split())
    assert done.code == 2, (done.out, done.err)
    assert message in done.err
    assert re.fullmatch(r"aligner: [^\n]+\n", done.err), done.err
    assert done.out == b""
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("corpus filter x.tmx -o -", b'{"document"'),
        ("corpus dedup x.alignment.json -o -", b'{"document"'),
        ("corpus sample x.tmx -o -", b'{"document"'),
        ("corpus export x.tmx --to tmx -o -", b"<?xml"),
        ("corpus export x.tmx --to tei -o -", b"<?xml"),
        ("corpus export x.tmx --to jsonl -o -", b'{"document"'),
        ("corpus pair a b -o - -s es -t en", b"a/1.txt\tb/1.txt\t"),
        ("memory export -m m.db -o -", b"<?xml"),
        ("memory pretranslate es.txt -m m.db -o -", b"The harbour house was empty."),
        ("memory pretranslate es.txt -m m.db -o - --to tsv", b"id\ttype\t"),
    ],
)
def test_dash_is_standard_output(line: str, begins: bytes, folder: Path) -> None:
    before = contents(folder)
    done = run(*line.split())
    assert done.code == 0, done.err
    assert done.out.startswith(begins)
    # SQLite leaves its log and index beside a memory that is only read
    left = {n: c for n, c in contents(folder).items() if not n.endswith(("-wal", "-shm"))}
    assert left == before


@pytest.mark.parametrize("form", ["tmx", "tei", "jsonl", "moses"])
def test_the_suffix_says_what_is_exported(form: str, folder: Path) -> None:
    """The same files as with --to."""
    line = f"corpus export x.tmx -o new/x.{'tei.xml' if form == 'tei' else form}"
    made = []
    for said in (line, f"{line} --to {form}"):
        (folder / "new").mkdir()
        done = run(*said.split())
        assert done.code == 0, done.err
        made.append({path.name: path.read_bytes() for path in (folder / "new").iterdir()})
        shutil.rmtree(folder / "new")
    assert made[0] == made[1]
    assert len(made[0]) >= (2 if form == "moses" else 1)


def test_any_text_is_drafted_from_the_memory(folder: Path) -> None:
    """What has no match is there, and empty; what has a fuzzy one says so."""
    (folder / "new.srt").write_text(
        "1\n00:00:01,000 --> 00:00:02,000\nNadie volvió en invierno.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nEl capitán cerró las puertas.\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\nMañana lloverá sobre la ciudad.\n",
        encoding="utf-8",
    )
    line = "memory pretranslate new.srt -m m.db -s es -t en -o new.xlf --json"
    done = run(*line.split())
    assert done.code == 0, done.err
    assert json.loads(done.out) == {
        "segments": 3,
        "exact": 1,
        "fuzzy": 1,
        "proposed": 0,
        "left": {},
    }
    written = (folder / "new.xlf").read_text(encoding="utf-8")
    assert written.count("<trans-unit") == 3
    assert written.count("<target") == 2
    assert "% match of: El capitán cerró la puerta.</note>" in written
    assert run("validate", "new.xlf").code == 0


def test_a_memory_answers_both_ways_and_for_regions(folder: Path) -> None:
    ask = ("memory", "lookup", "-m", "m.db", "--json")
    for text, langs, found in (
        (
            "Nadie volvió en invierno.",
            ("-s", "es-MX", "-t", "en-GB"),
            "Nobody came back in winter.",
        ),
        ("Nobody came back in winter.", ("-s", "en", "-t", "es"), "Nadie volvió en invierno."),
    ):
        done = run(*ask, text, *langs)
        assert done.code == 0, done.err
        (first, *_) = json.loads(done.out)
        assert (first["score"], first["kind"], first["target"]) == (100.0, "exact", found)
    done = run(*ask, "Nobody came back in wintertime.", "-s", "en")
    (first, *_) = json.loads(done.out)
    assert first["kind"] == "fuzzy"
    assert 85 < first["score"] < 100
    assert run(*ask, "Nobody came back in winter.").code == 1  # nobody says which text it is
    assert run(*ask, "x", "-s", "fr").code == 2
    assert "the text to look up is empty" in run(*ask, " ").err


def test_one_bad_file_costs_no_other(folder: Path) -> None:
    done = run("memory", "import", "bad.tmx", "x.tmx", "-m", "new.db")
    assert done.code == 2
    assert "bad.tmx, line 1" in done.err
    assert "1 file could not be read" in done.err
    known = json.loads(run("memory", "stats", "-m", "new.db", "--json").out)
    assert known["units"] == 3
    assert known["unfinished_imports"] == []


def test_a_folder_is_searched_for_alignments(folder: Path) -> None:
    (folder / "some").mkdir()
    for name in ("x.tmx", "m.po", "es.txt"):
        shutil.copy(folder / name, folder / "some" / name)
    done = run("memory", "import", "some", "-m", "new.db", "-s", "en", "-t", "es")
    assert done.code == 0, done.err
    assert "some: 1 other file not looked at" in done.err
    known = json.loads(run("memory", "stats", "-m", "new.db", "--json").out)
    assert known["documents"] == 2


def test_an_empty_cell_of_a_table_is_a_finding(folder: Path) -> None:
    rows = "id\tsource\ttarget\n1\tHay tres casas.\t\n2\t\tThere is a dog.\n3\t\t\n"
    (folder / "pairs.tsv").write_text(rows, encoding="utf-8")
    done = run("check", "--pairs", "pairs.tsv", "-s", "es", "-t", "en")
    assert done.code == 1
    assert [line.split("\t")[::2] for line in done.out.decode().splitlines()] == [
        ["1", "omitted-segment"],
        ["2", "added-segment"],
    ]


def test_a_memory_in_a_folder_that_nobody_may_write_to(folder: Path) -> None:
    """As on a CD, or of somebody else. Root may write anywhere, so a child becomes another user."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copy(folder / "m.db", place / "m.db")
        (place / "m.db").chmod(0o444)
        place.chmod(0o555)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # threads of other tests
            child = os.fork()
        if not child:
            code = 9
            try:
                if os.getuid() == 0:
                    os.setuid(65534)
                with Memory(place / "m.db") as memory:
                    code = 0 if memory_statistics(memory)["units"] == 3 else 8
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert sorted(path.name for path in place.iterdir()) == ["m.db"]
        place.chmod(0o755)


def test_any_alignment_is_checked(folder: Path) -> None:
    done = run("check", "x.tmx", "--json")
    assert done.code in (0, 1), done.err
    assert json.loads(done.out)["summary"]["beads"] == 3
    (folder / "bare.tsv").write_text("source\ttarget\nHay 3 casas.\tThere are 4 houses.\n")
    done = run("check", "bare.tsv")
    assert done.code == 2
    assert "the language of a text is not known (give -s and -t)" in done.err
    done = run("check", "bare.tsv", "-s", "es", "-t", "en")
    assert done.code == 1
    assert "s1 t1: “3” became “4”" in done.out.decode()
    done = run("check", "bare.tsv", "-s", "es")
    assert "one language of two (give both -s and -t)" in done.err


def test_a_language_that_the_text_contradicts_is_told(folder: Path) -> None:
    long = (ES * 3, EN * 3)
    for name, text in zip(("es.txt", "en.txt"), long, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    done = run("align", "es.txt", "en.txt", "-s", "de", "-t", "en-GB", "-o", "y.tmx")
    assert done.code == 0
    assert "es.txt: de was named, but the text looks like es" in done.err
    assert "en.txt" not in done.err
    done = run("align", "es.txt", "en.txt", "-s", "en", "-t", "es-MX", "-o", "y.tmx")
    assert done.code == 0
    assert "the texts look swapped: es.txt looks like es and en.txt like en, not" in done.err
    assert "was named" not in done.err


def test_options_that_no_output_heeds_are_told(folder: Path) -> None:
    words = ("--inline", "--tei-layout", "parallel", "--tokenize")
    done = run("convert", "x.alignment.json", "y.tsv", *words)
    assert done.code == 0
    for option, form in (("--inline", "tmx"), ("--tei-layout", "tei"), ("--tokenize", "moses")):
        assert f"{option} has no effect: it is for {form}" in done.err
    done = run("convert", "x.alignment.json", "y.tmx", "--inline")
    assert "has no effect" not in done.err


def test_utf8_is_never_read_as_utf16(folder: Path) -> None:
    done = run("segment", "es.txt", "--encoding", "utf-16")
    assert done.code == 2
    assert "es.txt: this is UTF-8, not utf-16" in done.err


def test_build_counts_what_it_did(folder: Path) -> None:
    (folder / "pairs.tsv").write_text(
        "a/1.txt\tb/1.txt\na/1.txt\tb/1.txt\na/1.txt\tb/none.txt\n", encoding="utf-8"
    )
    for told in ("1 aligned now, 0", "0 aligned now, 1"):
        done = run("corpus", "build", "pairs.tsv", "-o", "out", "-s", "es", "-t", "en")
        assert done.code == 1
        assert "1 line of the manifest that came before" in done.err
        assert f"2 pairs, {told} finished before, 1 failed" in done.err
    done = run("corpus", "build", "pairs.tsv", "-o", "out", "-s", "es", "-t", "en", "--to", "tmx")
    assert done.code == 2
    assert 'made otherwise: formats ["json"], now ["json", "tmx"]' in done.err
    for lang, text in (("es", ES), ("en", EN)):
        (folder / "both" / lang).mkdir(parents=True)
        (folder / "both" / lang / "1.txt").write_text(text, encoding="utf-8")
    assert "from en to es; -s names the source" in run("corpus", "build", "both", "-o", "o3").err
    (folder / "nothing").mkdir()
    done = run("corpus", "build", "nothing", "-o", "out2")
    assert "nothing: there is no file in this folder" in done.err
