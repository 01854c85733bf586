"""What `fuzz_commands` tries: small good files of every kind that a command takes, to be damaged, and
the commands with their options; and what comes out.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fuzz_readers import ODD
from typer.main import get_command

from aligner.cli.commands import app
from tests.unit.cli.run import Done

ES = "El barco salió del puerto al amanecer.\nNadie sabía adónde iba.\nLlovía.\n"
EN = "The ship left the port at dawn.\nNobody knew where it was going.\nIt rained.\n"
TBX = """<martif type="TBX"><text><body><termEntry id="c1"><langSet xml:lang="es"><tig>
<term>casa</term></tig></langSet><langSet xml:lang="en"><tig><term>house</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet></termEntry>
</body></text></martif>"""
SRX = """<srx version="2.0" xmlns="http://www.lisa.org/srx20"><header segmentsubflows="yes" cascade="no">
<formathandle type="start" include="no"/></header><body><languagerules><languagerule
languagerulename="d"><rule break="no"><beforebreak>Mr\\.</beforebreak><afterbreak>\\s</afterbreak>
</rule><rule break="yes"><beforebreak>[.?!]+</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule></languagerules><maprules><languagemap languagepattern=".*" languagerulename="d"/>
</maprules></body></srx>"""
TOML = """[text.es]
relation = "original"
title = "Uno"
authors = ["Ana"]
date = 2024-06-09

[[speakers]]
name = "Ana"
role = "interviewer"
labels = ["A"]
"""
TAXONOMY = """name = "mine"
[[labels]]
id = "loss"
name = "Loss"
help = "left out"
"""
# a name, its text, and how it is used; {} stands for its path
IMPORTERS: dict[str, tuple[str, bytes, str]] = {
    "glossary": (
        "g.tsv",
        b"source\ttarget\tforbidden\ncasa\thouse|home\thut\n",
        "check x.alignment.json --quiet --glossary {}",
    ),
    "terms": ("g.tbx", TBX.encode(), "check x.alignment.json --quiet --glossary {}"),
    "baseline": (
        "b.tsv",
        b"id\tcode\tdate\treason\nbb8b10323078\tnumber\t2024-01-01\twhy not\n",
        "check x.alignment.json --quiet --baseline {}",
    ),
    "taxonomy": ("t.toml", TAXONOMY.encode(), "check x.alignment.json --quiet --taxonomy {}"),
    "labels": (
        "l.tsv",
        b"source\ttarget\tlabel\n0\t0\tmodulation\n",
        "check x.alignment.json --quiet --taxonomy vinay-darbelnet --labels {} -o new.alignment.json",
    ),
    "pairs": (
        "p.tsv",
        b"id\tsource\ttarget\n1\tUno 12.\tOne 13.\n2\tDos.\tTwo.\n",
        "check --pairs {} -s es -t en",
    ),
    "pins": (
        "pins.txt",
        b"[0]:[0]\n[1, 2]:[1, 2]  # two\ncut 1:1\n",
        "align es.txt en.txt -s es -t en --segmented --weights w.json -o new.beads --quiet --pins {}",
    ),
    "metadata": ("m.toml", TOML.encode(), "read es.txt -s es --to native --meta {}"),
    "abbreviations": ("a.txt", b"Sr.\nDr.\n", "segment es.txt -s es --abbreviations {}"),
    "rules": ("r.srx", SRX.encode(), "segment es.txt -s es --srx {} --time-limit 5 --memory 300M"),
    "gold": (
        "gold.beads",
        b"[0]:[0]:0.9\n[1]:[1, 2]\n[2]:[]\n",
        "evaluate g.beads {} --bootstrap 10",
    ),
    "weights": (
        "w.json",
        b"",
        "align es.txt en.txt -s es -t en --segmented -o new.beads --quiet --weights {}",
    ),
    "vectors": (
        "v.npz",
        b"",
        "align es.txt en.txt -s es -t en --segmented --weights w.json -o new.beads --quiet --vectors {}",
    ),
}
PACKED = ("tmx", "jsonl", "tsv", "xliff", "po")
MEMORIES = ("tmx", "xliff", "po", "jsonl", "tsv", "csv", "xlsx", "json", "tei")
VALIDATED = ("tmx", "tei", "xliff", "json")
NAMES = (
    *(
        "es.txt",
        "en.txt",
        "x.alignment.json",
        "sheet.tsv",
        "x.tmx",
        "m.db",
        "g.beads",
        "absent.txt",
    ),
    *(".", "-", "", "new.tmx", "new.jsonl", "new/x.tmx", "x.tmx:es", "caf\udce9.txt", "a\0b", "-x"),
)
VALUES = (*ODD, "es", "en-GB", "tmx", "json", "0.5", "2", "1e9", "skip", "article", "\ud800")
# what would go on for long, opens a browser, or starts processes by the number that is asked
_NEVER = {"review", "train"}


@dataclass
class Outcome:
    """What a run found."""

    tried: int = 0
    codes: Counter[int] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    faults: list[str] = field(default_factory=list)

    def fault(self, label: str, what: str) -> None:
        """Take note of what was wrong, "" for nothing."""
        if what:
            self.faults.append(f"{label}: {what[:600]}")


def commands() -> list[tuple[str, Any]]:
    """(name, command) of every command that is tried."""
    whole: Any = get_command(app)
    made: list[tuple[str, Any]] = []
    for name in whole.list_commands(whole.context_class(whole)):
        command = whole.get_command(whole.context_class(whole), name)
        inner = getattr(command, "commands", None) or {}
        made += [(f"{name} {one}", inner[one]) for one in inner] if inner else [(name, command)]
    return [(name, command) for name, command in made if name not in _NEVER]


def options_of(command: Any) -> tuple[int, list[tuple[str, bool]]]:
    """How many arguments a command takes, and its options with whether each takes a value."""
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [
        (name, not one.is_flag)
        for one in command.params
        if one.param_type_name == "option"
        for name in (*one.opts, *one.secondary_opts)
    ]
    return max(1, len(arguments)), [*options, ("--help", False)]


def last_report() -> str:
    """The last traceback that was written."""
    files = sorted(Path(tempfile.gettempdir()).glob("*.txt"), key=lambda one: one.stat().st_mtime)
    return "\n" + files[-1].read_text(encoding="utf-8")[-1500:] if files else ""


def good(done: Done) -> None:
    """Nothing works where the good inputs cannot be made."""
    if done.code:
        raise SystemExit(done.err)
