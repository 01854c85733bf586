"""Bad input: one sentence and exit code 2, or a warning and a right result; nothing half-written.

Every row runs the real command in a folder of its own. Whatever happens, the folder afterwards is
the folder before: no file more, none fewer, none changed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CORPORA
from tests.unit.cli.run import Done, run

ES = "La casa del puerto estaba vacía. Nadie volvió en invierno.\n\nEl capitán cerró la puerta.\n"
EN = "The harbour house was empty. Nobody came back in winter.\n\nThe captain shut the door.\n"
STRAIGHT = b"[0]:[0] [1]:[1] [2]:[2]"
NOISE = bytes(range(256)) * 40
PAGE = "<html lang='es'><head><title>Inicio</title></head><body>{}</body></html>"
MENU = "<nav><a href='/a'>Inicio</a> <a href='/b'>Noticias</a></nav><script>x()</script>"
TEXT_ES = PAGE.format("<article>" + ES.replace("\n\n", "<p>") * 4 + "</article>")

FILES: dict[str, str | bytes] = {
    "es.txt": ES,
    "en.txt": EN,
    "es.html": TEXT_ES,
    "empty.txt": "",
    "empty.html": "",
    "blank.txt": " \n\n\t\r\n\u00a0\n",
    "bom.txt": b"\xef\xbb\xbf",
    "binary.txt": NOISE,
    "binary.md": NOISE,
    "binary.html": b"\x7fELF" + NOISE,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + NOISE,
    "zero-byte.txt": "La casa\x00 del puerto.\n",
    "latin1.txt": ES.encode("latin-1"),
    "utf16.txt": ES.encode("utf-16"),
    "two-encodings.txt": ES.encode() + b"\xff\xfe\n" + ES.encode("latin-1"),
    "nothing.html": PAGE.format(""),
    "text.xyz": EN,
    "other.xml": "<library><shelf>Moby-Dick</shelf></library>",
    "cut.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE,
    "noise.xyz": NOISE,
    "cut.docx": b"PK\x03\x04" + NOISE[:200],
    "cut.tmx": "<tmx version='1.4'><header/><body><tu>",
    "cut.alignment.json": '{"format": "aligner',
    "numbers.txt": "1\n2\n3\n",
    "broken.toml": "[text.es\n",
    "key.toml": '[text.es]\ntitle = "Casa"\ncolour = "red"\n',
    "kind.toml": "[text.es]\ntitle = 3\n",
    "relation.toml": '[text.es]\nrelation = "cousin"\n',
    "nobody.toml": '[[speakers]]\nrole = "interviewer"\n',
    "stranger.toml": '[text.fr]\ntitle = "Maison"\n',
    "latin1.toml": "[text.es]\ntitle = 'Años'\n".encode("latin-1"),
    "words.pins": "[0]:[0]\nthe first with the first\n",
    "far.pins": "[0]:[9]\n",
    "cut.pins": "cut 9:9\n",
    "gap.pins": "[0, 2]:[0]\n",
    "nothing.pins": "[]:[]\n",
    "crossed.pins": "[0]:[1]\n[1]:[0]\n",
    "twice.pins": "[0]:[0]\n[0]:[1]\n",
    "against-cut.pins": "cut 1:1\n# a bead over the cut\n[0, 1]:[0, 1]\n",
    "utf16.pins": "[0]:[0]\n".encode("utf-16"),
    "cut.json": "{",
    "list.json": "[]",
    "other.json": '{"format": 99}',
    "cut.srx": "<srx",
    "other.srx": "<rules/>",
    "old.tmx": "what stood here before",
    "old.beads": "[0]:[0]\n",
    "far.beads": "[0]:[0]\n[3]:[99]\n",
    "negative.beads": "[-1]:[0]\n",
    "prose.beads": "Not beads at all.\n",
    "gold/src.es.txt": "Uno.\nDos.\n",
    "gold/tgt.en.txt": "One.\nTwo.\n",
    "gold/gold.txt": "[0]:[0]\n[1]:[1]\n",
    "far-gold/src.es.txt": "Uno.\nDos.\n",
    "far-gold/tgt.en.txt": "One.\nTwo.\n",
    "far-gold/gold.txt": "[0]:[0]\n[1]:[7]\n",
    "half-gold/src.es.txt": "Uno.\n",
    "half-gold/gold.txt": "[0]:[0]\n",
    "no-gold/src.es.txt": "Uno.\n",
    "meta-gold/src.es.txt": "Uno.\n",
    "meta-gold/tgt.en.txt": "One.\n",
    "meta-gold/gold.txt": "[0]:[0]\n",
    "meta-gold/META.json": "{'name'",
    "folder.tmx/inside.txt": "x",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "loop.txt").symlink_to("pool.txt")
    (tmp_path / "pool.txt").symlink_to("loop.txt")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


OLD = "-o old.tmx -o new.tei.xml"
ERRORS = [
    # the texts
    (f"align gone.txt en.txt {OLD}", "gone.txt: there is no such file"),
    (f"align es.txt gone.txt {OLD}", "gone.txt: there is no such file"),
    (f"align gold en.txt {OLD}", "gold: this is a folder"),
    (f"align loop.txt en.txt {OLD}", "loop.txt: cannot be read: "),
    (f"align empty.txt en.txt {OLD}", "empty.txt: the file is empty"),
    (f"align es.txt empty.txt {OLD}", "empty.txt: the file is empty"),
    (f"align empty.html en.txt {OLD}", "empty.html: the file is empty"),
    (f"align blank.txt en.txt {OLD}", "blank.txt: "),
    (f"align bom.txt en.txt {OLD}", "bom.txt: "),
    (f"align es.txt - {OLD}", "standard input: the file is empty"),
    (f"align - - {OLD}", "standard input can be only one"),
    (f"align binary.txt en.txt {OLD}", "binary.txt: this is a binary file"),
    (f"align binary.md en.txt {OLD}", "binary.md: this is a binary file"),
    (f"align binary.html en.txt {OLD}", "binary.html: this is a program"),
    (f"align picture.txt en.txt {OLD}", "picture.txt: this is a PNG image"),
    (f"align zero-byte.txt en.txt {OLD}", "zero-byte.txt: this is a binary file"),
    (f"align es.txt en.txt {OLD} --encoding ascii", "es.txt: byte 29"),
    (f"align latin1.txt en.txt {OLD} --encoding utf-8", "latin1.txt: byte 29 "),
    (f"align es.txt en.txt {OLD} --encoding klingon", "no text encoding 'klingon'"),
    (f"align two-encodings.txt en.txt {OLD}", "two-encodings.txt: byte 92 "),
    (f"align nothing.html en.txt {OLD}", "nothing.html: the "),
    (f"align es.html en.txt {OLD} --html-body p[", "p["),
    (f"align es.html en.txt {OLD} --html-body .nowhere", ".nowhere"),
    (f"align text.xyz en.txt {OLD}", "text.xyz: files named .xyz are not read here"),
    (f"align other.xml en.txt {OLD}", "its root element is <library> (name a format with --from"),
    (f"align cut.pdf en.txt {OLD}", "cut.pdf: a damaged PDF: "),
    (f"align old.doc en.txt {OLD}", "not what its name says: an OLE file without a Word document"),
    (f"align https://example.org/a.html en.txt {OLD}", "from which nothing is fetched (save"),
    (f"align www.example.org/a en.txt {OLD}", "from which nothing is fetched (save the page"),
    ("check other.xml", "other.xml: this looks like one text, not like an alignment"),
    # no command, or none that is known
    ("es.txt en.txt", "a command comes first (to align two texts: aligner align es.txt en.txt -o"),
    ("es.txt -o out.tmx", "aligner align es.txt TRANSLATION -o out.tmx"),
    ("algin es.txt en.txt", "there is no command 'algin' (did you mean 'align'?"),
    ("nonsense", "there is no command 'nonsense' (known: align, check, "),
    ("align es.txt en.txt -o out.xml", ".xml may be .tei.xml, .xces.xml, .intertext.xml; or name"),
    (f"align noise.xyz en.txt {OLD}", "noise.xyz: "),
    (f"align cut.docx en.txt {OLD}", "cut.docx: "),
    (f"align cut.tmx en.txt {OLD}", "cut.tmx, line 1"),
    (f"align cut.alignment.json en.txt {OLD}", "cut.alignment.json, line 1"),
    (f"align es.txt en.txt {OLD} --from docx", "es.txt: the docx reader"),
    (f"align es.txt en.txt {OLD} --from nothing", "no input format 'nothing'"),
    (f"align numbers.txt en.txt {OLD}", "numbers.txt: the language cannot be told"),
    (f"align es.txt es.txt {OLD}", "source and target are the same text"),
    (f"align es.txt {OLD}", "an alignment needs two texts"),
    # languages
    (f"align es.txt en.txt {OLD} -s spanish", "'spanish' is not a language tag"),
    (f"align es.txt en.txt {OLD} -t e", "'e' is not a language tag"),
    (f"align es.txt en.txt {OLD} -s es_ES", "'es_ES' is not a language tag"),
    (f"align es.txt en.txt {OLD} -l es", "1 language for 2 texts"),
    (f"align es.txt en.txt {OLD} -l es -l en -s es", "the languages are given twice"),
    (f"align es.txt en.txt latin1.txt {OLD} -t en", "-t is for two texts"),
    # outputs
    ("align es.txt en.txt", "no output is named"),
    ("align es.txt en.txt -o -", "standard output needs a format"),
    ("align es.txt en.txt -o - --to tmxx", "did you mean 'tmx'?"),
    ("align es.txt en.txt -o out.xyz", "out.xyz: the name does not say which format"),
    ("align es.txt en.txt -o new.tsv -o none/out.tmx", "none/out.tmx: the folder of this output"),
    ("align es.txt en.txt -o new.tsv -o folder.tmx", "folder.tmx: there is a folder of this name"),
    ("align es.txt en.txt -o new.tsv -o es.txt/x.tmx", "es.txt/x.tmx: the folder of this output"),
    ("align es.txt en.txt -o new.tsv -o /proc/x.tmx", "/proc/x.tmx: cannot write"),
    ("align es.txt en.txt --to tmx -o es.txt", "es.txt: this output would replace one of"),
    ("align es.txt en.txt --to tmx -o gold/../en.txt", "would replace one of the inputs"),
    ("align es.txt en.txt -o old.tmx --pins old.tmx", "would replace one of the inputs"),
    ("align es.txt en.txt -o new.tmx -o gold/../new.tmx", "one output is named twice"),
    ("align es.txt en.txt -o - -o - --to tmx", "standard output is named twice"),
    ("align es.txt en.txt -o - --to tei --tei-layout separate", "several files"),
    (f"align es.txt en.txt {OLD} --nulls maybe", "--nulls cannot be 'maybe'"),
    (f"align es.txt en.txt {OLD} --tei-layout x", "--tei-layout cannot be 'x'"),
    (f"align es.txt en.txt {OLD} --flavour vanilla", "no TMX flavour 'vanilla'"),
    # parts and what is said about the texts
    (f"align es.txt en.txt {OLD} --encoder magic", "'magic'"),
    (f"align es.txt en.txt {OLD} --segmenter magic", "no segmenter 'magic'"),
    (f"align es.txt en.txt {OLD} --srx gone.srx", "gone.srx: there is no such file"),
    (f"align es.txt en.txt {OLD} --srx cut.srx", "cut.srx, line 1"),
    (f"align es.txt en.txt {OLD} --srx other.srx", "other.srx, line 1: the root element"),
    (f"align es.txt en.txt {OLD} --abbreviations gone", "gone: there is no such file"),
    (f"align es.txt en.txt {OLD} --weights gone.json", "gone.json: there is no such file"),
    (f"align es.txt en.txt {OLD} --weights cut.json", "cut.json: this is not a weights file"),
    (f"align es.txt en.txt {OLD} --weights list.json", "list.json: this is not a weights"),
    (f"align es.txt en.txt {OLD} --weights other.json", "other.json: weights of format 99"),
    (f"align es.txt en.txt {OLD} --meta gone.toml", "gone.toml: there is no such file"),
    (f"align es.txt en.txt {OLD} --meta broken.toml", "broken.toml, line 1"),
    (f"align es.txt en.txt {OLD} --meta key.toml", "key.toml, line 3: unknown key 'colour'"),
    (f"align es.txt en.txt {OLD} --meta kind.toml", "kind.toml, line 2: title must be text"),
    (f"align es.txt en.txt {OLD} --meta relation.toml", "relation.toml, line 2: relation is one"),
    (f"align es.txt en.txt {OLD} --meta nobody.toml", "nobody.toml, line 1: every speaker"),
    (f"align es.txt en.txt {OLD} --meta stranger.toml", "stranger.toml: [text.fr] is about none"),
    (f"align es.txt en.txt {OLD} --meta latin1.toml", "latin1.toml: byte 20 is not UTF-8"),
    (f"align es.txt en.txt {OLD} --pins gone.pins", "gone.pins: there is no such file"),
    (f"align es.txt en.txt {OLD} --pins words.pins", "words.pins, line 2: this is not a pin"),
    (f"align es.txt en.txt {OLD} --pins far.pins", "far.pins, line 1: there is no target segment"),
    (f"align es.txt en.txt {OLD} --pins cut.pins", "cut.pins, line 1: the cut leaves"),
    (f"align es.txt en.txt {OLD} --pins gap.pins", "gap.pins, line 1: the source segments"),
    (f"align es.txt en.txt {OLD} --pins nothing.pins", "nothing.pins, line 1: "),
    (f"align es.txt en.txt {OLD} --pins crossed.pins", "crossed.pins, line 2: the pin cannot"),
    (f"align es.txt en.txt {OLD} --pins twice.pins", "twice.pins, line 2: the pin cannot"),
    (f"align es.txt en.txt {OLD} --pins against-cut.pins", "against-cut.pins, line 3: the pin"),
    (f"align es.txt en.txt {OLD} --pins utf16.pins", "utf16.pins: byte 0 is not UTF-8"),
    # the other commands
    ("evaluate gold", "every GOLD needs its SYSTEM"),
    ("evaluate gone old.beads", "gone: there is no such file"),
    ("evaluate gold gone.beads", "gone.beads: there is no such file"),
    ("evaluate gold far.beads", "the system numbers 4 x 100 segments, the gold 2 x 2"),
    ("evaluate gold negative.beads", "negative.beads, line 1"),
    ("evaluate gold prose.beads", "prose.beads, line 1"),
    ("evaluate gold binary.txt", "binary.txt is not UTF-8"),
    ("evaluate far-gold gold", "gold.txt, line 2"),
    ("evaluate half-gold gold", "half-gold does not say which two texts"),
    ("evaluate no-gold gold", "no-gold holds no gold beads"),
    ("evaluate meta-gold gold", "META.json, line 1"),
    ("evaluate gold cut.alignment.json", "cut.alignment.json, line 1"),
    ("segment gone.txt", "gone.txt: there is no such file"),
    ("segment gold", "gold: this is a folder"),
    ("segment empty.txt", "empty.txt: the file is empty"),
    ("segment binary.txt", "binary.txt: this is a binary file"),
    ("segment es.txt -s spanish", "'spanish' is not a language tag"),
    ("segment es.txt --to tmx", "no output format 'tmx'"),
    ("train no-gold -o new.json", "no-gold holds no gold beads"),
    ("train gold -o new.json --skip g*", "no case is left to train on"),
]


@pytest.mark.parametrize(("line", "message"), ERRORS, ids=[line for line, _ in ERRORS])
def test_one_sentence_and_exit_code_2(line: str, message: str, folder: Path) -> None:
    before = contents(folder)
    done = run(*line.split())
    assert contents(folder) == before
    assert done.code == 2, done.err
    assert done.out == b""
    assert re.fullmatch(r"aligner: [^\n]+\n", done.err), done.err
    assert message in done.err


@pytest.mark.parametrize(
    "line",
    [
        "",
        "--nonsense",
        "align",
        "align es.txt en.txt --nonsense",
        "evaluate gold gold --bootstrap -1",
    ],
)
def test_a_call_that_cannot_be_read(line: str, folder: Path) -> None:
    done = run(*line.split())
    assert done.code == 2
    assert "Usage: aligner" in (done.err or done.out.decode())


def beads(done: Done) -> bytes:
    assert done.code == 0, done.err
    return b" ".join(line.rsplit(b":", 1)[0] for line in done.out.splitlines())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("latin1.txt en.txt", "aligner: latin1.txt: language es (detected)"),
        ("utf16.txt en.txt", "aligner: utf16.txt: language es (detected)"),
        ("es.txt en.txt -s es -t es", "aligner: both texts are in the language es"),
        ("es.txt en.txt -s es -t es-MX", "aligner: both texts are in the language es"),
        ("es.txt - -s es -t en", ""),
    ],
)
def test_the_right_result_and_what_was_assumed(line: str, told: str, folder: Path) -> None:
    done = run("align", *line.split(), "--to", "beads", "-o", "-", stdin=EN.encode())
    assert beads(done) == STRAIGHT
    assert told in done.err
    assert done.err == "" or told
    assert run(
        "align", *line.split(), "--to", "beads", "-o", "-", "--quiet", stdin=EN.encode()
    ) == (Done(0, done.out, ""))


def test_menus_round_an_article_leave_no_trace(folder: Path) -> None:
    (folder / "page.html").write_text(
        PAGE.format(MENU + "<article><p>" + ES.replace("\n\n", "<p>") + "</article>" + MENU),
        encoding="utf-8",
    )
    done = run("align", "page.html", "en.txt", "--to", "tsv", "-o", "-")
    assert done.code == 0, done.err
    assert "El capitán cerró la puerta.".encode() in done.out
    assert b"Noticias" not in done.out
    assert b"x()" not in done.out


def test_texts_that_are_no_translations_are_said_to_be_none(folder: Path) -> None:
    texts = (CORPORA / "interview" / "es.html", CORPORA / "distant" / "en.txt")
    done = run("align", *texts, "--to", "beads", "-o", "-")
    assert done.code == 0
    assert "these texts do not look like translations of each other" in done.err


def test_a_line_of_a_megabyte(folder: Path) -> None:
    """A sentence without end is one segment, and the sentence after it another."""
    (folder / "long.es.txt").write_text("La " + "casas-y-mares-" * 72_000 + ". Hoy llueve.")
    (folder / "long.en.txt").write_text("The house and the sea, again and again. It rains today.")
    done = run("align", "long.es.txt", "long.en.txt", "-s", "es", "-o", "-", "--to", "beads")
    assert done.code == 0, done.err
    assert beads(done) in (b"[0]:[0] [1]:[1]", b"[0, 1]:[0, 1]", b"[0]:[] []:[0] [1]:[1]")


def test_a_run_that_succeeds_replaces_what_stood_there(folder: Path) -> None:
    done = run("align", "es.txt", "en.txt", "-o", "old.tmx", "-o", "new.tei.xml", "-o", "old.beads")
    assert done.code == 0, done.err
    after = contents(folder)
    assert set(after) - set(FILES) == {"new.tei.xml"}
    assert after["old.tmx"].startswith(b"<?xml")
    assert after["old.beads"].startswith(b"[0]:[0]:")
    assert all(after[name] == before for name, before in encoded(FILES) if "old" not in name)


def encoded(files: dict[str, str | bytes]) -> list[tuple[str, bytes]]:
    return [(n, c if isinstance(c, bytes) else c.encode()) for n, c in files.items()]


def test_siblings_of_an_output_never_replace_an_input(folder: Path) -> None:
    """The layout `separate` writes out.es.xml and out.en.xml beside out.tei.xml."""
    arguments = ("-o", "out.tei.xml", "--tei-layout", "separate")
    assert run("align", "es.txt", "en.txt", *arguments).code == 0
    before = contents(folder)
    done = run("align", "out.es.xml", "out.en.xml", *arguments)
    assert done.code == 2
    assert "out.es.xml: this output would replace one of the inputs" in done.err
    assert contents(folder) == before


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, its streams as a shell makes them."""
    return subprocess.run(
        [
            "bash",
            "-c",
            line.replace(
                "aligner", f"{sys.executable} -c 'from aligner.cli import main; main()'", 1
            ),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("aligner align gone.txt en.txt -o new.tmx", "gone.txt: there is no such file"),
        ("aligner segment es.txt -s es > /dev/full", "No space left on device"),
        ("aligner formats > /dev/full", "No space left on device"),
        ("aligner align es.txt - -o new.tmx <&-", "standard input is closed"),
        ("aligner segment - <&-", "standard input is closed"),
        (
            "aligner align es.txt en.txt -q -s es -t en -o - --to beads > /dev/full",
            "cannot write to standard output: No space left on device",
        ),
        (
            "aligner align es.txt en.txt -s es -t en -o - --to beads >&-",
            "standard output is closed",
        ),
    ],
)
def test_streams_that_cannot_be_used(line: str, message: str, folder: Path) -> None:
    before = contents(folder)
    done = shell(line.replace(" -q", " --quiet"), folder)
    assert done.returncode == 2, done.stderr
    assert re.fullmatch(r"aligner: [^\n]+\n", done.stderr), done.stderr
    assert message in done.stderr
    assert done.stdout == ""
    assert contents(folder) == before


def test_a_reader_that_has_gone_is_no_error(folder: Path) -> None:
    (folder / "long.txt").write_text(ES * 3000, encoding="utf-8")
    done = shell("aligner segment long.txt -s es | head -1; echo ${PIPESTATUS[0]}", folder)
    assert done.stdout == "La casa del puerto estaba vacía.\n0\n"
    assert done.stderr == ""


def test_results_are_utf_8_wherever_they_go(folder: Path) -> None:
    done = shell("PYTHONIOENCODING=ascii aligner segment es.txt -s es | head -1", folder)
    assert (done.stdout, done.stderr) == ("La casa del puerto estaba vacía.\n", "")


def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    locked = folder / "locked"
    locked.mkdir(mode=0o500)
    if os.access(locked, os.W_OK):
        pytest.skip("this user may write everywhere (root)")
    done = run("align", "es.txt", "en.txt", "-o", "new.tmx", "-o", "locked/out.tmx")
    assert done.code == 2
    assert "locked/out.tmx: cannot write: Permission denied" in done.err
    assert not (folder / "new.tmx").exists()
