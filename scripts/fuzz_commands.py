#!/usr/bin/env python
"""Random command lines, and mutated files for everything that takes one: one sentence or a result.

    scripts/fuzz_commands.py N [SEED] [--only KIND]

Beside the readers of `fuzz_readers`: command lines drawn from the options that commands declare,
with odd values; damaged files for importers (memories, glossaries, term bases, pins, metadata,
taxonomies, labels, baselines, manifests, rules, abbreviations, weights, vectors, gold), for
`validate` and `convert`, the journal of a review, and sheets that are taken over. All by the real
command in this process, or the functions behind it where the command starts others. A fault is an
exit code above 2, a traceback, a mistake of ours, more than one sentence for one bad file, a file
changed that a refused command may not touch, a temporary file that stays, or too much time.
Prints what broke a promise with the seed that repeats it; exit code 1 if anything did.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fuzz_inputs import (
    EN,
    ES,
    IMPORTERS,
    MEMORIES,
    NAMES,
    PACKED,
    VALIDATED,
    VALUES,
    Outcome,
    commands,
    good,
    last_report,
    options_of,
)
from fuzz_readers import FILES, ODD, changed, mutated, mutated_json, mutated_package

from aligner.corpus.build import parse_manifest
from aligner.model import AlignerError, InternalError
from aligner.review import Session
from tests.unit.cli.run import run
from tests.unit.review import samples

LIMIT_S = 8.0  # of processor time: a busy machine is no fault of a command
_ASIDE = {"--workers", "--engine", "--encoder", "--browser", "--memory", "--nearest"}


class Fuzz:
    """A folder with good files, and what is tried in it."""

    def __init__(self, folder: Path, outcome: Outcome) -> None:
        self.folder, self.outcome = folder, outcome
        self.good = folder / "good"
        self.good.mkdir()
        self._make()
        self.kept = {path.name: path.read_bytes() for path in self.good.iterdir()}
        self.options = {name: options_of(command) for name, command in commands()}

    def _make(self) -> None:
        put = {"es.txt": ES, "en.txt": EN, "g.beads": "[0]:[0]\n[1]:[1]\n[2]:[2]\n"}
        for name, text in put.items():
            (self.good / name).write_text(text, encoding="utf-8")
        samples.plain_weights(self.good / "w.json")
        with contextlib.chdir(self.good):
            texts = (
                "--texts",
                "es.txt",
                "--texts",
                "en.txt",
                "--segmented",
                "-l",
                "es",
                "-l",
                "en",
            )
            outputs = ("x.alignment.json", "x.tmx", "sheet.tsv", "sheet.csv", "sheet.xlsx")
            good(run("convert", "g.beads", *texts, *outputs, "--quiet"))
            good(run("memory", "import", "x.tmx", "-m", "m.db"))
            for left in Path().glob("m.db-*"):
                left.unlink()
        session = Session(self.good / "x.alignment.json", samples.tools())
        for action, values in (
            ("accept", {"bead": 0}),
            ("merge", {"bead": 0, "step": 1}),
            ("comment", {"bead": 1, "comment": "sí"}),
            ("edit-text", {"text": 0, "segment": 0, "words": "Otra cosa."}),
            ("undo", {}),
            ("redo", {}),
        ):
            session.act(session.version, action, {"pair": 0, **values})
        session.close()
        vectors = io.BytesIO()
        np.savez(vectors, source=np.eye(3, dtype=np.float32), target=np.eye(3, dtype=np.float32))
        IMPORTERS["weights"] = (
            *("w.json", (self.good / "w.json").read_bytes()),
            IMPORTERS["weights"][2],
        )
        IMPORTERS["vectors"] = ("v.npz", vectors.getvalue(), IMPORTERS["vectors"][2])

    def one(self, kind: str, chance: random.Random, label: str) -> None:
        """Try one thing in a fresh folder."""
        work = self.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(self.good, work)
        if kind != "journal":
            (work / "x.alignment.json.journal").unlink()
        began = time.process_time()
        self.outcome.tried += 1
        with contextlib.chdir(work):
            try:
                self.outcome.fault(label, getattr(self, f"_{kind}")(chance))
            except Exception as error:  # noqa: BLE001 - finding these is what the script is for
                self.outcome.fault(label, f"{type(error).__name__}: {error}")
            left = [path.name for path in work.rglob(".aligner-*")]
        if left:
            self.outcome.fault(label, f"left {left}")
        spent = time.process_time() - began
        self.outcome.slowest = max(self.outcome.slowest, (spent, label))
        if spent > LIMIT_S:
            self.outcome.fault(label, f"took {spent:.1f} s")

    def _run(
        self, *arguments: str, stdin: bytes = b"", outputs: frozenset[str] = frozenset()
    ) -> str:
        """What is wrong with the end of a command, "" for nothing; `outputs` may be replaced: where one
        of several inputs is damaged, the others are worked on all the same.
        """
        done = run(*arguments, stdin=stdin)
        self.outcome.codes[done.code] += 1
        shown = " ".join(map(repr, arguments))
        told = [line for line in done.err.splitlines() if line.startswith("aligner: ")]
        if done.code not in (0, 1, 2):
            return f"{shown}: exit code {done.code}: {done.err}"
        if "Traceback" in done.err or "a mistake of this program" in done.err:
            return f"{shown}: {done.err}{last_report()}"
        if "internal" in done.err:
            return f"{shown}: {done.err}"
        if done.code == 2 and not told and "Error" not in done.err and "Usage" not in done.err:
            return f"{shown}: exit code 2 without a sentence: {done.err}"
        if done.code == 2:
            changed_ = [
                name
                for name, data in self.kept.items()
                if name in {"es.txt", "en.txt", "x.alignment.json", "x.tmx"} - outputs
                and Path(name).read_bytes() != data
            ]
            if changed_:
                return f"{shown}: refused, and {changed_} changed"
        return ""

    def _command(self, chance: random.Random) -> str:
        name = chance.choice(sorted(self.options))
        arguments, options = self.options[name]
        line = name.split()
        for _ in range(chance.choice((arguments, arguments, arguments, arguments + 1, 0))):
            line.append(chance.choice(NAMES))
        for _ in range(chance.choice((0, 1, 1, 2, 4))):
            option, takes = chance.choice(options)
            if option in _ASIDE:
                continue
            line.append(option)
            if takes and chance.random() < 0.95:
                line.append(str(chance.choice((*NAMES, *VALUES))))
        if chance.random() < 0.1:
            line.insert(
                chance.randrange(len(line) + 1), chance.choice(("--", "--no", "-q", "-", ""))
            )
        line = [word.replace("\0", "") for word in line]  # a system passes no argument with one
        named = frozenset(b for a, b in pairwise(line) if a.startswith("-"))
        stdin = chance.choice((b"", b"One. Two.", b"\xff\xfe\0"))
        return self._run(*line, stdin=stdin, outputs=named)

    def _importer(self, chance: random.Random) -> str:
        name = chance.choice(sorted(IMPORTERS))
        file, data, line = IMPORTERS[name]
        bad = f"bad-{file}"
        if file.endswith((".tbx", ".srx")):
            data = changed("tei", data, chance)
        elif file.endswith(".json"):
            data = changed("json", data, chance)
        elif file.endswith(".npz"):
            data = mutated_package(data, chance) if chance.random() < 0.5 else mutated(data, chance)
        else:
            data = mutated(data, chance)
        Path(bad).write_bytes(data)
        return self._run(*(word.replace("{}", bad) for word in line.split()))

    def _memory(self, chance: random.Random) -> str:
        if chance.random() < 0.25:
            data = bytearray(self.kept["m.db"])
            for _ in range(chance.choice((1, 4, 200))):
                data[chance.randrange(len(data))] = chance.randrange(256)
            del data[chance.choice((len(data), len(data), chance.randrange(len(data)))) :]
            Path("bad.db").write_bytes(data)
            ask = chance.choice(
                (
                    ("lookup", "Llovía.", "--json"),
                    ("concordance", "barco"),
                    ("stats",),
                    ("export", "-o", "new.tmx"),
                    ("import", "x.tmx"),
                    ("pretranslate", "es.txt", "-s", "es", "-t", "en", "-o", "new.xlf"),
                    ("maintain",),
                )
            )
            return self._run("memory", *ask, "-m", "bad.db")
        name = chance.choice(MEMORIES)
        bad = self._file(name, chance)
        langs = chance.choice(((), ("-s", "es", "-t", "en"), ("-s", "*all*"), ("-s", "xx")))
        if chance.random() < 0.3 and name in ("xliff", "po"):
            out = f"new.{'xlf' if name == 'xliff' else name}"
            return self._run("memory", "pretranslate", bad, "-m", "m.db", "-o", out, *langs)
        return self._run("memory", "import", bad, "x.tmx", "-m", "new.db", "--json", *langs)

    def _file(self, name: str, chance: random.Random) -> str:
        data = FILES[name]
        inside = data.startswith(b"PK") and chance.random() < 0.8
        data = mutated_package(data, chance) if inside else changed(name, data, chance)
        bad = f"bad.{'xlf' if name == 'xliff' else name}"
        if name in PACKED and chance.random() < 0.25:
            packed = gzip.compress(data)
            data = mutated(packed, chance) if chance.random() < 0.5 else packed
            bad += ".gz"
        Path(bad).write_bytes(data)
        return bad

    def _corpus(self, chance: random.Random) -> str:
        bad = self._file(chance.choice(MEMORIES), chance)
        line = chance.choice(
            (
                ("corpus", "stats", bad, "x.tmx", "--json"),
                ("corpus", "filter", bad, "-o", "new.jsonl", "--numbers", "--language"),
                ("corpus", "dedup", bad, "x.tmx", "-o", "new.jsonl", "--near"),
                ("corpus", "split", bad, "-o", "new"),
                ("corpus", "sample", bad, "-o", "new.jsonl"),
                ("corpus", "export", bad, "--to", "tmx", "-o", "new.tmx"),
                ("terms", bad, "x.tmx", "-o", "new.tsv"),
                ("convert", bad, "new.jsonl", "new.xlf"),
                ("convert", bad, "new.tei.xml", "--json"),
            )
        )
        return self._run(*line)

    def _validate(self, chance: random.Random) -> str:
        bad = self._file(chance.choice(VALIDATED), chance)
        return self._run("validate", bad, "x.tmx", *chance.choice(((), ("--json",))))

    def _manifest(self, chance: random.Random) -> str:
        rows = {
            "p.tsv": b"id\tsource\ttarget\tsource_lang\na\tes.txt\ten.txt\tes\n# no\nb\tes.txt\t-\t\n",
            "p.jsonl": b'{"source": "es.txt", "target": "en.txt", "id": "a"}\n{"source": "b", "target": "c"}\n',
            "p.toml": b'source_lang = "es"\n[[pair]]\nsource = "es.txt"\ntarget = "en.txt"\nid = "a"\n',
        }
        name = chance.choice(sorted(rows))
        data = (
            mutated_json(rows[name], chance)
            if name.endswith("jsonl") and chance.random() < 0.5
            else mutated(rows[name], chance)
        )
        try:
            jobs = parse_manifest(data.decode("utf-8-sig", "replace"), name).jobs
        except InternalError as error:
            return repr(error)
        except AlignerError as error:
            self.outcome.codes[2] += 1
            return "" if "\n" not in str(error) else f"two lines: {error}"
        self.outcome.codes[0] += 1
        wrong = [job.id for job in jobs if os.sep in job.id or job.id in ("", ".", "..")]
        return f"ids {wrong}" if wrong else ""

    def _journal(self, chance: random.Random) -> str:
        path = Path("x.alignment.json")
        journal = Path("x.alignment.json.journal")
        data = journal.read_bytes()
        lines = data.splitlines(keepends=True)
        at = chance.randrange(len(lines))
        kind = chance.randrange(4)
        if kind == 0:
            data = mutated(data, chance)
        elif kind == 1:
            lines[at] = mutated_json(lines[at].rstrip(), chance) + b"\n"
            data = b"".join(lines)
        elif kind == 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
            data = b"".join(lines)
        else:
            data = data[: chance.randrange(len(data))]
        journal.write_bytes(data)
        before = path.read_bytes()
        try:
            session = Session(path, samples.tools())
        except InternalError as error:
            return repr(error)
        except AlignerError as error:
            self.outcome.codes[2] += 1
            if path.read_bytes() != before:
                return "refused, and the alignment changed"
            return "" if "\n" not in str(error) else f"two lines: {error}"
        self.outcome.codes[0] += 1
        with contextlib.closing(session):
            for action in ("undo", "redo", "accept"):
                with contextlib.suppress(AlignerError):
                    session.act(session.version, action, {"pair": 0, "bead": 0})
        return ""

    def _sheet(self, chance: random.Random) -> str:
        name = chance.choice(("sheet.tsv", "sheet.csv", "sheet.xlsx"))
        data = self.kept[name]
        if name.endswith("xlsx"):
            data = mutated_package(data, chance) if chance.random() < 0.8 else mutated(data, chance)
        elif chance.random() < 0.5:
            data = mutated(data, chance)
        else:  # rows and cells, as people move them about
            comma = b"\t" if name.endswith("tsv") else b","
            rows = [row.split(comma) for row in data.splitlines()]
            for _ in range(chance.choice((1, 2, 3))):
                one, other = chance.choice(rows), chance.choice(rows)
                a, b = chance.randrange(len(one)), chance.randrange(len(other))
                if chance.random() < 0.3:
                    rows.remove(one)
                elif chance.random() < 0.5:
                    one[a], other[b] = other[b], one[a]
                else:
                    one[a] = str(chance.choice(ODD)).encode()
                rows = rows or [[b""]]
            data = b"\n".join(comma.join(row) for row in rows)
        Path(f"bad-{name}").write_bytes(data)
        return self._run("apply", f"bad-{name}", "x.alignment.json")


# how often each kind comes
KINDS = (
    *("command",) * 5,
    *("importer",) * 4,
    *("memory",) * 3,
    *("corpus",) * 2,
    *("validate",) * 2,
    *("journal",) * 3,
    *("sheet",) * 3,
    *("manifest",) * 2,
)


def fuzz(count: int, seed: int = 0, only: str = "") -> Outcome:
    """Try `count` things; the same seed tries the same things."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as name:
        before, tempfile.tempdir = tempfile.tempdir, name
        try:
            tries = Fuzz(Path(name), outcome)
            for number in range(count):
                chance = random.Random(f"{seed}/{number}")
                kind = chance.choice(KINDS)
                if not only or kind == only:
                    tries.one(kind, chance, f"seed {seed}/{number} {kind}")
        finally:
            tempfile.tempdir = before
    return outcome


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="Try random commands and damaged files.")
    parser.add_argument("count", nargs="?", type=int, default=2000)
    parser.add_argument("seed", nargs="?", type=int, default=0)
    parser.add_argument("--only", default="", choices=("", *sorted(set(KINDS))))
    given = parser.parse_args()
    started = time.perf_counter()
    outcome = fuzz(given.count, given.seed, given.only)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    codes = ", ".join(f"{count} with code {code}" for code, count in sorted(outcome.codes.items()))
    print(
        f"{outcome.tried} tried: {codes}; {len(outcome.faults)} faults; "
        f"{time.perf_counter() - started:.0f} s, slowest {outcome.slowest[0]:.2f} s "
        f"({outcome.slowest[1]}), peak {memory} MB"
    )
    for fault in outcome.faults[:60]:
        print(fault)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
