"""Hostile inputs by the real command: one sentence and exit code 2, or the right result.

The files of ../shared/cases/hostile, and inputs of the same kinds made here.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from aligner.model import StoreError
from aligner.review import Session
from tests.conftest import require_shared
from tests.unit.cli import run as command_line
from tests.unit.review import samples

TMX = """<?xml version="1.0" encoding="{encoding}"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence"
 o-tmf="x" adminlang="en" srclang="{lang}" datatype="plaintext"/><body>{units}</body></tmx>"""
UNIT = (
    '<tu><tuv xml:lang="{lang}"><seg>{text} {n}</seg></tuv>'
    '<tuv xml:lang="en"><seg>Text {n}</seg></tuv></tu>'
)
WORDS = {"Shift_JIS": ("ja", "日本語"), "Big5": ("zh-TW", "中文句"), "EUC-KR": ("ko", "한국어")}
WORDS |= {"GB18030": ("zh", "中文句"), "utf-16": ("ru", "Слово"), "iso-8859-1": ("es", "Año")}


class Done(NamedTuple):
    """What a shell would see of a run."""

    code: int
    out: str
    err: str


def run(*arguments: str, cwd: Path) -> Done:
    with contextlib.chdir(cwd):
        done = command_line.run(*arguments)
    return Done(done.code, done.out.decode(), done.err)


def tmx(encoding: str = "utf-8", count: int = 40) -> bytes:
    lang, text = WORDS.get(encoding, ("es", "Año"))
    units = "".join(UNIT.format(lang=lang, text=text, n=n) for n in range(count))
    return TMX.format(encoding=encoding, lang=lang, units=units).encode(encoding)


def sentence(done: Done, *words: str) -> None:
    """Code 2 and one sentence a file that was refused, no traceback."""
    assert done.code == 2, done.err
    assert "Traceback" not in done.err
    assert "internal" not in done.err
    for word in words:
        assert word in done.err


@pytest.fixture
def hostile(shared: Path) -> Path:
    return require_shared(shared / "cases" / "hostile")


def test_a_pdf_that_draws_itself(hostile: Path, tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    done = run(
        "read", str(hostile / "x2.pdf"), "--memory", "200M", "--time-limit", "60", cwd=tmp_path
    )
    sentence(done, "x2.pdf", "reading this PDF")


def test_rules_in_another_encoding(hostile: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One. Two.", encoding="utf-8")
    done = run("segment", "--srx", str(hostile / "gb.srx"), "a.txt", cwd=tmp_path)
    assert (done.code, done.out) == (0, "One.\nTwo.\n"), done.err


@pytest.mark.parametrize("name", ["re.epub", "re.odt"])
@pytest.mark.parametrize("suffix", ["", ".zip"])
def test_packages_packed_anew(hostile: Path, tmp_path: Path, name: str, suffix: str) -> None:
    (tmp_path / f"{name}{suffix}").write_bytes((hostile / name).read_bytes())
    done = run("read", f"{name}{suffix}", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "Hello there, this is one sentence" in done.out


@pytest.fixture
def aligned(tmp_path: Path) -> Path:
    (tmp_path / "es.txt").write_text("Uno.\nDos.\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("One.\nTwo.\n", encoding="utf-8")
    (tmp_path / "a.beads").write_text("[0]:[0]\n[1]:[1]\n", encoding="utf-8")
    done = run(
        *("convert", "a.beads", "--texts", "es.txt", "en.txt", "--segmented"),
        *("-s", "es", "-t", "en", "-o", "a.alignment.json", "-o", "a.tsv", "-o", "a.xlsx"),
        cwd=tmp_path,
    )
    if done.code:  # the texts are aligned where beads cannot be given so
        done = run(
            *("align", "es.txt", "en.txt", "--segmented", "-s", "es", "-t", "en", "--quiet"),
            *("-o", "a.alignment.json", "-o", "a.tsv", "-o", "a.xlsx"),
            cwd=tmp_path,
        )
    assert done.code == 0, done.err
    return tmp_path


@pytest.mark.parametrize("name", ["cut.xlsx", "head.tsv"])
def test_sheets_of_others_that_are_damaged(hostile: Path, aligned: Path, name: str) -> None:
    before = (aligned / "a.alignment.json").read_bytes()
    sentence(run("apply", str(hostile / name), "a.alignment.json", cwd=aligned), name)
    assert (aligned / "a.alignment.json").read_bytes() == before


def test_damaged_sheets(aligned: Path) -> None:
    """Cut anywhere, a header only, absurd numbers: never a traceback, never another alignment."""
    before = (aligned / "a.alignment.json").read_bytes()
    header, *rows = (aligned / "a.tsv").read_text(encoding="utf-8").splitlines(keepends=True)
    whole = (aligned / "a.xlsx").read_bytes()
    sheets: dict[str, Any] = {
        "head.tsv": header,
        "head.csv": header.replace("\t", ","),
        "huge.tsv": header + "".join(f"{'9' * 5000}{row[row.index(chr(9)) :]}" for row in rows),
        "power.tsv": header + "".join(row.replace("s1", "s²") for row in rows),
        "nul.tsv": header + "\0\n" + rows[0],
        "empty.tsv": b"",
        "blank.tsv": b"\n\n",
        "half.tsv": (header + rows[0]).encode("utf-16")[:-3],
        "empty.xlsx": b"",
        "zeros.xlsx": bytes(2000),
        **{f"cut{n}.xlsx": whole[: len(whole) * n // 7] for n in range(1, 7)},
        **{f"tail{n}.xlsx": whole[n * 100 :] for n in range(1, 4)},
    }
    for name, data in sheets.items():
        (aligned / name).write_bytes(data.encode() if isinstance(data, str) else data)
        done = run("apply", name, "a.alignment.json", cwd=aligned)
        if name.startswith(("huge", "power", "tail")) and not done.code:  # what is left says all
            assert "nothing to change" in done.out
            continue
        sentence(done, name)
    assert (aligned / "a.alignment.json").read_bytes() == before


def test_damaged_journals(aligned: Path) -> None:
    heads = {
        "format": '{"format":"aligner-review","version":1}',
        "deep": "[" * 100_000,
        "digits": "1" * 10_000,
        "none": "null",
        "bytes": "\udcff",
        "version": '{"format":"aligner-review","version":{}}',
    }
    for line in heads.values():
        journal = aligned / "a.alignment.json.journal"
        journal.write_bytes(f"{line}\n".encode("utf-8", "surrogateescape"))
        sentence(run("apply", "a.tsv", "a.alignment.json", cwd=aligned), "journal")


def test_damaged_vectors(aligned: Path) -> None:
    import numpy as np

    out = io.BytesIO()
    np.savez(out, source=np.ones((2, 4), "f4"), target=np.ones((2, 4), "f4"))
    whole = out.getvalue()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("source.npy", bytes(100_000_000))
    header = b"\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', 'fortran_order': False, 'shape': %s}"
    absurd = {
        f"s{n}.npy": (header % shape).ljust(127) + b"\n" + bytes(64)
        for n, shape in enumerate((b"(99999999999, 99)", b"(-1, 3)", b"((((1", b"(2.5, 1)"))
    }
    files = {
        "cut.npz": whole[:200],
        "tail.npz": whole[60:],
        "flip.npz": whole[:90] + b"\xff" * 40 + whole[130:],
        "bomb.npz": bomb.getvalue(),
        "empty.npy": b"",
        "object.npy": b"\x93NUMPY\x01\x00\x76\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,)}",
        **absurd,
    }
    for name, data in files.items():
        (aligned / name).write_bytes(data)
        done = run(
            *("align", "es.txt", "en.txt", "--segmented", "-s", "es", "-t", "en"),
            *("--vectors", name, "-o", "b.tmx"),
            cwd=aligned,
        )
        sentence(done, name)
        assert not (aligned / "b.tmx").exists()


def test_damaged_memories(tmp_path: Path) -> None:
    (tmp_path / "a.tmx").write_bytes(tmx())
    assert run("memory", "import", "a.tmx", "-m", "a.db", cwd=tmp_path).code == 0
    whole = (tmp_path / "a.db").read_bytes()
    damaged = {
        "cut.db": whole[: len(whole) // 2],
        "few.db": whole[:60],
        "text.db": b"This is no memory at all.\n" * 9,
        "middle.db": whole[:4096] + b"\xff" * (len(whole) - 8192) + whole[-4096:],
    }
    for name, data in damaged.items():
        (tmp_path / name).write_bytes(data)
        commands: tuple[tuple[str, ...], ...] = (("lookup", "Año 3"), ("import", "a.tmx"))
        for command in (*commands, ("export", "-o", "b.tmx")):
            done = run("memory", *command, "-m", name, "-s", "es", "-t", "en", cwd=tmp_path)
            sentence(done, name)
    assert not (tmp_path / "b.tmx").exists()


COMMANDS = (
    ("memory", "import", "-m", "m.db"),
    ("corpus", "stats"),
    ("corpus", "dedup", "-o", "o.jsonl"),
    ("corpus", "filter", "-o", "o.jsonl"),
    ("corpus", "sample", "-o", "o.jsonl"),
    ("corpus", "export", "--to", "tmx", "-o", "o.tmx"),
    ("terms", "--json"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_damaged_file_costs_itself_only(tmp_path: Path, command: tuple[str, ...]) -> None:
    packed = gzip.compress(tmx())
    flipped = bytearray(packed)
    flipped[len(flipped) // 2] ^= 0x55
    (tmp_path / "bad.tmx.gz").write_bytes(bytes(flipped))
    (tmp_path / "cut.tmx.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "good.tmx").write_bytes(tmx())
    done = run(*command, "bad.tmx.gz", "cut.tmx.gz", "good.tmx", cwd=tmp_path)
    sentence(done, "bad.tmx.gz", "cut.tmx.gz")
    assert "good.tmx" not in done.err
    if "o.jsonl" in command or "o.tmx" in command:
        output = tmp_path / command[-1]
        assert output.exists()
        assert "Text 39" in output.read_text(encoding="utf-8")
    if command[0] == "memory":
        found = run(
            "memory", "lookup", "Año 39", "-s", "es", "-t", "en", "-m", "m.db", cwd=tmp_path
        )
        assert "Text 39" in found.out


@pytest.mark.parametrize("encoding", WORDS)
def test_memories_of_any_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.tmx").write_bytes(tmx(encoding))
    (tmp_path / "a.tmx.gz").write_bytes(gzip.compress(tmx(encoding)))
    lang, text = WORDS[encoding]
    for name in ("a.tmx", "a.tmx.gz"):
        assert run("validate", name, cwd=tmp_path).code == 0
        stats = run("corpus", "stats", name, "--json", cwd=tmp_path)
        assert '"units": 40' in stats.out
        done = run("memory", "import", name, "-m", f"{name}.db", cwd=tmp_path)
        assert done.code == 0, done.err
        asked = ("memory", "lookup", f"{text} 7", "-s", lang, "-t", "en", "-m", f"{name}.db")
        assert "Text 7" in run(*asked, cwd=tmp_path).out


def test_the_same_with_the_given_files(hostile: Path, tmp_path: Path) -> None:
    given = [str(hostile / name) for name in ("bad.tmx.gz", "a.tmx")]
    for command in (COMMANDS[0], COMMANDS[1], COMMANDS[2], COMMANDS[3]):
        sentence(run(*command, *given, cwd=tmp_path), "bad.tmx.gz")
    japanese = str(hostile / "enc-Shift_JIS.tmx")
    others: tuple[tuple[str, ...], ...] = (("validate",), COMMANDS[0], COMMANDS[1])
    for other in others:
        done = run(*other, japanese, cwd=tmp_path)
        assert done.code == 0, done.err


def test_an_unknown_encoding_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.tmx").write_bytes(tmx().replace(b'"utf-8"', b'"x-klingon"', 1))
    commands: tuple[tuple[str, ...], ...] = (COMMANDS[0], COMMANDS[1], ("read",))
    for command in commands:
        sentence(run(*command, "a.tmx", cwd=tmp_path), "a.tmx", "x-klingon")


def test_a_segment_without_an_end_is_bounded(tmp_path: Path) -> None:
    text = "palabra " * 12_000_000
    whole = TMX.format(
        encoding="utf-8", lang="es", units=UNIT.format(lang="es", text=text, n=1)
    ).encode()
    (tmp_path / "a.tmx.gz").write_bytes(gzip.compress(whole))
    del text, whole
    done = run("memory", "import", "a.tmx.gz", "-m", "a.db", cwd=tmp_path)
    sentence(done, "a.tmx.gz")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("about",), "free text"),
        (("about",), ["a"]),
        (("match", "sum"), float("nan")),
        (("null", "sum"), float("inf")),
    ],
)
def test_damaged_weights(aligned: Path, place: tuple[str, ...], value: Any) -> None:
    """Numbers that are none, and what is no object: told before anything is aligned with them."""
    weights = json.loads(samples.plain_weights(aligned / "w.json").read_text(encoding="utf-8"))
    if len(place) == 1:
        weights[place[0]] = value
    else:
        part = next(iter(weights[place[0]].values()))
        part[next(iter(part))] = value
    (aligned / "bad.json").write_text(json.dumps(weights), encoding="utf-8")
    texts = ("es.txt", "en.txt", "-s", "es", "-t", "en", "--segmented", "-o", "new.beads")
    sentence(
        run("align", *texts, "--weights", "bad.json", cwd=aligned), "bad.json", "not a weights"
    )
    assert not (aligned / "new.beads").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"sizes":[', '"sizes":["1",'),
        ('"status":"accepted"', '"status":7'),
        ('"focus":[0,0]', '"focus":[0,"0"]'),
        ('"start":0', '"start":true'),
        ('"confidence":0.95', '"confidence":"much"'),
        ('"name":"', '"name":null,"x":"'),
    ],
)
def test_a_journal_of_other_values(aligned: Path, old: str, new: str) -> None:
    """Told when it is opened, not when the review is saved."""
    path = aligned / "x.alignment.json"
    samples.write(samples.small(), path)
    session = Session(path, samples.tools())
    for action in ("comment", "accept"):
        session.act(session.version, action, {"pair": 0, "bead": 0, "comment": "no"})
    session.close()
    journal = aligned / "x.alignment.json.journal"
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines[1:], 1) if old in "".join(line.split()))
    lines[number] = "".join(lines[number].split()).replace(old, new) + "\n"
    journal.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(StoreError, match=f"cannot be followed at line {number + 1}"):
        Session(path, samples.tools())


def test_a_journal_that_leads_to_what_no_alignment_can_be(aligned: Path) -> None:
    path = aligned / "x.alignment.json"
    samples.write(samples.small(), path)
    session = Session(path, samples.tools())
    session.act(0, "edit-text", {"pair": 0, "text": 0, "segment": 0, "words": "Otra casa."})
    session.close()
    journal = aligned / "x.alignment.json.journal"
    head, event, *rest = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    made = json.loads(event)
    (change,) = [one for one in made["do"]["changes"] if one["kind"] == "wording"]
    change["after"]["pieces"][0][1] += 900
    journal.write_text("".join([head, json.dumps(made) + "\n", *rest]), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="no alignment can be") as refused:
        Session(path, samples.tools())
    assert "\n" not in str(refused.value)
    assert path.read_bytes() == before


def test_a_format_that_nobody_checks_writes_no_report(aligned: Path) -> None:
    before = (aligned / "a.alignment.json").read_bytes()
    done = run("validate", "a.tsv", "--from", "skip", "--sarif", "a.alignment.json", cwd=aligned)
    sentence(done, "there is no check of the format 'skip'")
    assert (aligned / "a.alignment.json").read_bytes() == before
