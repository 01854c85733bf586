"""Every command on something that takes seconds, stopped at work: for tests and measurements."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["COMMANDS", "Command", "Stopped", "make_inputs", "stop"]

_MAIN = [sys.executable, "-m", "aligner"]
_WORK = 0.9  # seconds of processor time until the signal: everything is loaded, and at work
_PATIENCE = 300.0  # seconds until that, on a busy machine
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Command:
    """A command line, run in the folder of the inputs, with the outputs that it may leave behind
    (patterns of `Path.match`): what was finished before the signal stays.
    """

    line: str
    leaves: tuple[str, ...] = ()
    work: float = _WORK

    @property
    def name(self) -> str:
        """The command without its arguments."""
        words = self.line.split()
        return " ".join(words[:2] if words[0] in ("memory", "corpus") else words[:1])


@dataclass(frozen=True)
class Stopped:
    """How a command ended. `left`: new files, `changed`: files that are not what they were."""

    code: int
    out: str
    err: str
    seconds: float
    left: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    temporary: tuple[str, ...] = field(default=())


_LANGS = "-s es -t en"
_MEMORY = ("new.db*",)
_READ = ("m.db-*",)  # SQLite's log and index beside a memory that is only read
COMMANDS = (
    Command(f"align es.txt en.txt {_LANGS} --segmented -o new.tmx -o new.alignment.json"),
    Command("evaluate gold.beads gold.beads --bootstrap 3000000"),
    Command("evaluate --cases cases cases cases cases cases cases"),
    Command("check x.alignment.json --html new.html --json"),
    Command("apply sheet.tsv x.alignment.json", work=0.4),
    Command("convert units.jsonl new.tmx", work=0.6),
    Command("convert x.alignment.json new.xlsx new.tei.xml --tei-words"),
    Command("validate units.tmx --sarif new.sarif", work=0.6),
    Command("segment long.txt -s es --to json"),
    Command("read long.html --to native"),
    Command("read long.pdf"),
    Command("train cases -o new.json --iterations 400"),
    Command("terms units.jsonl -o new.tsv"),
    Command("memory import units.tmx -m new.db", _MEMORY),
    Command("memory export -m m.db -o new.tmx", _READ, work=0.45),
    Command(f"memory pretranslate drafts.txt -m m.db {_LANGS} -o new.xlf", _READ),
    Command("memory concordance ([a-z]+\\s?)+0 -m m.db --regex", _READ),
    Command("memory merge m.db -m new.db", (*_MEMORY, *_READ), work=0.4),
    Command("memory maintain -m n.db --vectors", ("n.db-*",)),
    Command(f"corpus pair pile/es pile/en {_LANGS} --workers 2 -o new.tsv"),
    Command(
        f"corpus build pile -o new {_LANGS} --workers 2 --to tmx",
        ("new", "new/*", "new/pairs/**/*"),
    ),
    Command(
        "corpus run recipe.toml --workers 2 --quiet",
        ("new", "new/*", "new/built/*", "new/built/pairs/**/*"),
    ),
    Command("corpus stats units.jsonl --html new.html"),
    Command("corpus filter units.jsonl -o new.jsonl --rejected new2.jsonl --language --numbers"),
    Command("corpus dedup units.jsonl --near -o new.jsonl"),
    Command("corpus split units.jsonl -o new"),
    Command("corpus sample units.jsonl -o new.jsonl", work=0.6),
    Command("corpus export units.jsonl --to parquet -o new.parquet"),
)


def _sentences(chance: random.Random) -> Iterator[str]:
    syllables = [a + b for a in "bcdfglmnprstv" for b in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(4000)]
    while True:
        yield " ".join(chance.choices(words, k=chance.randint(5, 18))).capitalize() + "."


def _pdf(pages: int, lines: Iterator[str]) -> bytes:
    """A PDF of one column of lines."""
    made = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (pages, b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(pages))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number in range(pages):
        rows = "".join(f"0 -12 Td ({next(lines)}) Tj " for _ in range(60))
        shown = f"BT /F 10 Tf 20 780 Td {rows}ET".encode()
        made += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>>>" % (5 + 2 * number),
            b"<</Length %d>> stream\n%s\nendstream" % (len(shown), shown),
        ]
    body = b"".join(b"%d 0 obj %s endobj\n" % row for row in enumerate(made, 1))
    return b"%PDF-1.4\n" + body + b"trailer <</Root 1 0 R>>\n%%EOF\n"


def make_inputs(folder: Path, run: Callable[..., object], size: float = 1.0) -> None:
    """What `COMMANDS` read; `run` is the command line, `size` stretches all of it."""
    sentences = _sentences(random.Random(14))

    def lines(count: float) -> list[str]:
        return list(itertools.islice(sentences, int(count)))

    def put(name: str, rows: list[str]) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")

    for lang in ("es", "en"):
        put(f"{lang}.txt", lines(5000))
    rows = [
        json.dumps({"id": n, "translation": {"es": a, "en": b}, "document": f"d{n // 500}"})
        for n, (a, b) in enumerate(zip(lines(60_000 * size), lines(60_000 * size), strict=True), 1)
    ]
    put("units.jsonl", rows)
    put("few.jsonl", rows[: int(20_000 * size)])
    put("long.txt", [" ".join(lines(20)) for _ in range(int(2500 * size))])
    put("long.html", [f"<p>{' '.join(lines(6))}</p>" for _ in range(int(40_000 * size))])
    (folder / "long.pdf").write_bytes(_pdf(int(600 * size), sentences))
    put("drafts.txt", lines(8000 * size))
    put("gold.beads", [f"[{n}]:[{n}]" for n in range(5000)])
    for number in range(24):
        for lang in ("es", "en"):
            put(f"pile/{lang}/{number}.txt", lines(300))
    recipe = ["output = 'new'", "texts = 'pile'", "source_lang = 'es'", "target_lang = 'en'"]
    put("recipe.toml", [*recipe, "[dedup]", "near = true"])
    for number in range(3):
        for side, lang in (("src", "es"), ("tgt", "en")):
            put(f"cases/c{number}/{side}.{lang}.txt", lines(400))
        put(f"cases/c{number}/gold.beads", [f"[{n}]:[{n}]" for n in range(400)])
    with contextlib.chdir(folder):
        run("convert", "units.jsonl", "units.tmx", "--quiet")
        texts = ("--texts", "es.txt", "--texts", "en.txt", "--segmented", "-l", "es", "-l", "en")
        run("convert", "gold.beads", *texts, "x.alignment.json", "sheet.tsv", "--quiet")
        run("memory", "import", "few.jsonl", "-m", "m.db")
        shutil.copy("m.db", "n.db")


def _contents(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def _used(process: int) -> float:
    """Seconds of processor time of a process and its children that have ended, 0 for none."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    fields = stat.rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / _TICKS


def _family(process: int) -> list[int]:
    found = [process]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += map(int, task.read_text(encoding="ascii").split())
    return found


def stop(command: Command, folder: Path, number: signal.Signals, scratch: Path) -> Stopped:
    """Start a command in `folder`, and send it a signal when it is at work."""
    before = _contents(folder)
    # in the background of a shell Ctrl-C is ignored, and what is ignored stays so in a child
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [*_MAIN, *command.line.split()],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": str(Path.cwd())},
        )
    finally:
        signal.signal(signal.SIGINT, ours)
    deadline = time.monotonic() + _PATIENCE
    while sum(map(_used, _family(process.pid))) < command.work:
        if process.poll() is not None or time.monotonic() > deadline:
            _, err = process.communicate()
            raise AssertionError(f"{command.line} was not at work: {process.returncode}, {err!r}")
        time.sleep(0.01)
    began = time.monotonic()
    process.send_signal(number)
    # what was printed before waits in the pipes
    out, err = process.communicate(timeout=60)
    seconds = time.monotonic() - began
    after = _contents(folder)

    def theirs(name: str) -> bool:
        return not any(Path(name).match(pattern) for pattern in command.leaves)

    return Stopped(
        process.returncode,
        out.decode(),
        err.decode(),
        seconds,
        tuple(filter(theirs, sorted(after.keys() - before.keys()))),
        tuple(name for name in filter(theirs, before) if after.get(name) != before[name]),
        tuple(path.name for path in scratch.iterdir()),
    )
