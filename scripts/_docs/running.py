"""The commands that pages show, run in a folder of their own, and what they print compared.

A page has blocks of two kinds that count:

    ```console               `$ command`, then what it prints (both streams, as on a terminal);
    $ aligner ...            `...` stands for any text, a line `...` for
                             any lines; fractions need only be near
    ```

    ```text title="pins.txt" a file that the reader makes: it is there from then on
    ```

`corpora` lies in the folder, as in the source. A command of ours may end with 0 or 1 (findings), any
other with 0. Commands without a pipe or redirection run in this process: one encoder serves a page.
A block after a line `<!-- needs: omegat -->` is passed over where that program is absent.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from _docs.words import DOCS, LANGUAGES, ROOT

__all__ = ["Shown", "compare", "rewrite", "screens"]

_BLOCK = re.compile(
    r"^(?:<!-- needs: (?P<needs>\S+) -->\n)?```(?P<kind>\w+)(?P<more>[^\n]*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_TITLE = re.compile(r'title="([^"]+)"')
_SHELL = set("|<>;&*$(")
_ANY = "..."
_FRACTION = re.compile(r"(?<![\d.])(\d+\.\d+)(?![\d.]*\d)(?!\.\d)")
_NEAR = 0.05


@dataclass(slots=True)
class Shown:
    """A command of a page and what the page says that it prints; `made`: what it does print."""

    command: str
    expected: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    code: int = 0

    @property
    def fits(self) -> bool:
        """Whether the page tells the truth."""
        allowed = (0, 1) if self.command.startswith("aligner ") else (0,)
        return self.code in allowed and _fits(self.expected, self.made)


def _fits(expected: list[str], made: list[str]) -> bool:
    """Whether what a page shows is what was printed. Decimal fractions may differ by `_NEAR`: they
    depend on the processor, and a little on every training of the weights.
    """
    pattern = "".join("(?:.*\n)*?" if one == _ANY else f"{_line(one)}\n" for one in expected)
    match = re.fullmatch(pattern, "".join(f"{line}\n" for line in made))
    shown = [number for one in expected for number in _FRACTION.findall(one)]
    return match is not None and all(
        abs(float(one) - float(other)) <= _NEAR
        for one, other in zip(shown, match.groups(), strict=True)
    )


def _line(text: str) -> str:
    """A line of a page as a pattern, with a group for each fraction."""
    parts = _FRACTION.split(text)
    literal = [".*".join(map(re.escape, part.split(_ANY))) for part in parts[::2]]
    return r"(\d+\.\d+)".join(literal)


def screens(body: str) -> Iterator[Shown]:
    """The commands of a console block; a line that ends with a backslash goes on in the next."""
    shown: Shown | None = None
    goes_on = False
    for line in body.rstrip("\n").split("\n"):
        if goes_on and shown is not None:
            shown.command += "\n" + line
        elif line.startswith("$ "):
            if shown is not None:
                yield shown
            shown = Shown(line[2:])
        elif shown is None:
            raise ValueError(f"a console block opens with a command, not with {line!r}")
        else:
            shown.expected.append(line)
            continue
        goes_on = shown.command.endswith("\\")
    if shown is not None:
        yield shown


def _run(page: Path) -> Iterator[tuple[re.Match[str], list[Shown]]]:
    """Every block of the page with its commands, run in order, in the language of the page."""
    spoken = next((lang for lang in LANGUAGES if DOCS / lang in page.resolve().parents), "en")
    with tempfile.TemporaryDirectory(prefix="page-") as name:
        folder = Path(name).resolve()
        (folder / "corpora").symlink_to(ROOT / "corpora")
        programs = folder.parent / f"{folder.name}-programs"
        programs.mkdir()
        try:
            ours = programs / "aligner"
            call = f'{shlex.quote(sys.executable)} -m aligner --ui {spoken} "$@"'
            ours.write_text(f"#!/bin/sh\nexec {call}\n")
            ours.chmod(0o755)
            for block in _BLOCK.finditer(page.read_text("utf-8")):
                title = _TITLE.search(block["more"])
                if title:
                    path = folder / title[1]
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(block["body"], encoding="utf-8")
                if block["kind"] != "console":
                    continue
                if block["needs"] and shutil.which(block["needs"]) is None:
                    continue
                commands = list(screens(block["body"]))
                for one in commands:
                    one.code, text = _run_one(one.command, folder, programs, spoken)
                    one.made = text.rstrip("\n").split("\n") if text.strip() else []
                yield block, commands
        finally:
            shutil.rmtree(programs)


def _run_one(command: str, folder: Path, programs: Path, spoken: str) -> tuple[int, str]:
    if command.startswith("aligner ") and not _SHELL & set(command):
        return _run_here(["--ui", spoken, *shlex.split(command)[1:]], folder)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    place = os.environ.get("PYTHONPATH", "")
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": f"{ROOT}{os.pathsep}{place}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout


def _run_here(words: list[str], folder: Path) -> tuple[int, str]:
    """One of our commands in this process: exit code, and both streams as they came."""
    from aligner.cli import main

    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    before, code = sys.argv, 0
    sys.argv = ["aligner", *words]
    try:
        with (
            contextlib.chdir(folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
        ):
            main()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(bool(error.code))
    finally:
        sys.argv = before
    out.flush()
    out.seek(0)
    return code, out.read()


def compare(page: Path) -> list[str]:
    """What the page says and the commands do not: lines of a diff, none where all is true."""
    wrong: list[str] = []
    for _, commands in _run(page):
        for one in commands:
            if not one.fits:
                wrong.append(f"$ {one.command}   (exit code {one.code})")
                wrong += difflib.unified_diff(one.expected, one.made, "page", "made", lineterm="")
    return wrong


def rewrite(page: Path) -> None:
    """Write what the commands print into the page, where it says something else; where it cuts with
    a line `...`, as many lines are shown before the first and after the last as there were.
    """
    text = page.read_text("utf-8")
    for block, commands in _run(page):
        lines = []
        for one in commands:
            lines += [f"$ {one.command}", *(one.expected if one.fits else _cut(one))]
        fence = block[0].replace(block["body"], "\n".join([*lines, ""]))
        text = text.replace(block[0], fence)
    page.write_text(text, encoding="utf-8")


def _cut(one: Shown) -> list[str]:
    if _ANY not in one.expected:
        return one.made
    before = one.expected.index(_ANY)
    after = one.expected[::-1].index(_ANY)
    return [*one.made[:before], _ANY, *one.made[len(one.made) - after :]]
