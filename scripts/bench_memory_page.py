"""The page of a memory of a million units: milliseconds from request to response on loopback.

    scripts/bench memory_page [UNITS] [ROUNDS] [--keep FILE]

Makes a memory (units as in `bench memory`, with people, dates, properties and statuses), starts
`aligner memory review` on it, and asks as the page asks, one request after the other: each row below is
ROUNDS requests with other words, people, documents or places. `pieces`: requests until a page was
full or all was looked at, most of any; a search that is more than one says so to the person. The
processor's time is the server's own: what the request takes where no other program wants the machine.
With --keep the memory is made once and used again.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from bench_memory import made

from aligner.memory import Memory, load_units
from aligner.model import Unit

_COMMAND = [sys.executable, "-c", "from aligner.cli import main; main()", "memory", "review"]
_POST = {"x-aligner-review": "1", "content-type": "application/json"}
_BAR = 100.0  # ms
_PEOPLE = 40
_DOMAINS = ("law", "press", "medicine", "rare")


def units(count: int) -> Iterator[Unit]:
    """Units with what files of translators have: people, dates, properties; documents of 200."""
    draw = random.Random(3)
    for number, unit in enumerate(made(count)):
        day = number // 200
        stamp = f"{2010 + day % 15}{1 + day % 12:02d}{1 + day % 28:02d}T101010Z"
        person = f"p{min(_PEOPLE - 1, int(draw.expovariate(0.3)))}"
        chance = draw.random()
        yield unit._replace(
            status="accepted" if chance < 0.2 else "edited" if chance < 0.203 else "auto",
            attributes=(("creationid", person), ("creationdate", stamp)),
            properties=(("domain", _DOMAINS[min(3, day % 9)]), ("client", f"c{day % 300}")),
        )


@contextmanager
def serving(path: Path) -> Iterator[tuple[httpx.Client, int]]:
    process = subprocess.Popen(
        [*_COMMAND, "-m", str(path), "--no-browser"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().strip()
        with httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
            yield client, process.pid
    finally:
        process.terminate()
        process.wait(60)


class Page:
    """The page's side: each request is timed."""

    def __init__(self, client: httpx.Client, process: int, rounds: int) -> None:
        self.client, self.rounds = client, rounds
        self._tasks = Path(f"/proc/{process}/task")
        self.times: list[tuple[float, float]] = []  # ms on the clock, and of the processor

    def get(self, name: str, **asked: Any) -> Any:
        return self._timed(lambda: self.client.get(f"api/{name}", params=asked))

    def post(self, name: str, **values: Any) -> Any:
        body = json.dumps(values)
        return self._timed(lambda: self.client.post(f"api/{name}", headers=_POST, content=body))

    def _timed(self, ask: Callable[[], httpx.Response]) -> Any:
        used, began = self._used(), time.perf_counter()
        answer = ask()
        wall = 1000 * (time.perf_counter() - began)
        self.times.append((wall, self._used() - used))
        answer.raise_for_status()
        return answer.json()

    def _used(self) -> float:
        """Milliseconds of the processor that the server's threads have had."""
        return (
            sum(
                int(task.joinpath("schedstat").read_text().split()[0])
                for task in self._tasks.iterdir()
            )
            / 1e6
        )

    def listed(self, **asked: Any) -> int:
        """A page of units, piece by piece; how many pieces."""
        units: list[Any] = []
        for pieces in range(1, 10_000):
            answer = self.get("units", **asked, limit=50 - len(units))
            units += answer["units"]
            if answer["place"] is None or answer["full"]:
                return pieces
            asked["after"] = answer["place"]
        raise AssertionError(asked)

    def row(self, name: str, ask: Callable[[int], int]) -> tuple[float, float]:
        self.times.clear()
        pieces = max(ask(number) for number in range(self.rounds))
        cells = []
        for which in (0, 1):
            ordered = sorted(pair[which] for pair in self.times)
            cells += [ordered[int(len(ordered) * q)] for q in (0.5, 0.95)] + [ordered[-1]]
        print(f"| {name} | {' | '.join(f'{cell:.1f}' for cell in cells)} | {pieces} |", flush=True)
        return cells[1], cells[4]


def phrases(path: Path, words: int, draw: random.Random) -> list[str]:
    """Phrases that stand somewhere, drawn by how often they do."""
    with Memory(path) as memory:
        last = memory.db.execute("SELECT max(id) FROM unit").fetchone()[0]
        out: list[str] = []
        while len(out) < 200:
            row = memory.db.execute(
                "SELECT source FROM unit WHERE id >= ? LIMIT 1", (draw.randint(1, last),)
            ).fetchone()
            text = row[0].split()
            if len(text) >= words:
                start = draw.randint(0, len(text) - words)
                out.append(" ".join(text[start : start + words]))
    return out


def seen(unit: Any) -> list[str]:
    return [*(side["text"] for side in unit["sides"]), unit["status"]]


def main(count: int, rounds: int, keep: Path | None) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = keep or Path(folder, "memory.db")
        if not path.exists():
            gc.disable()
            with Memory(path, write=True) as memory:
                load_units(memory, units(count), "bench", "bench")
            gc.enable()
        began = time.monotonic()
        with serving(path) as (client, process):
            print(
                f"first answer after {time.monotonic() - began:.1f} s, indexes made where there were none"
            )
            return measured(Page(client, process, rounds), path)


def measured(page: Page, path: Path) -> int:
    draw = random.Random(11)
    one, two, three = (phrases(path, words, draw) for words in (1, 2, 3))
    total = page.get("memory")["units"]
    print(f"{total} units, {path.stat().st_size >> 20} MiB\n")
    print("| request | p50 ms | p95 | most | processor p50 ms | p95 | most | pieces |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")

    def place(number: int) -> int:
        return random.Random(number).randint(0, total)

    def many(words: list[str], **more: Any) -> Callable[[int], int]:
        return lambda n: page.listed(q=words[n % 200], **more)

    def counted(n: int) -> int:
        page.get("count", q=one[n % 200], status=("", "edited")[n % 2])
        return 1

    def edited(n: int, side: str = "target") -> int:
        unit = page.get("units", after=place(n), limit=1)["units"]
        page.times.pop()
        if unit:
            page.post("edit", id=unit[0]["id"], seen=seen(unit[0]), **{side: f"new words {n}"})
        return 1

    def deleted(n: int) -> int:
        (unit,) = page.get("units", after=place(n) // 2, limit=1)["units"]
        page.times.pop()
        page.post("delete", id=unit["id"], seen=seen(unit))
        page.post("undo")
        return 1

    def undone(_: int) -> int:
        page.post("undo")
        return 1

    month = ("2012-03", "2019-11", "2024-07")
    worst = [
        page.row("a page anywhere, on", lambda n: page.listed(after=place(n))),
        page.row("a page anywhere, back", lambda n: page.get("units", before=place(n) + 99) and 1),
        page.row("search: a word", many(one)),
        page.row("search: a phrase of two", many(two)),
        page.row("search: a phrase of three", many(three)),
        page.row("search: words anywhere", many(three, mode="words")),
        page.row("search: word forms", many(two, mode="forms")),
        page.row("search: beginning (abc*)", lambda n: page.listed(q=one[n % 200][:3] + "*")),
        page.row("search: ending (*abc)", lambda n: page.listed(q="*" + one[n % 200][-3:])),
        page.row("search: nothing there", lambda n: page.listed(q=f"{one[n % 200]} zebra{n}")),
        page.row("filter: status", lambda n: page.listed(status=("edited", "accepted")[n % 2])),
        page.row("filter: person", lambda n: page.listed(user=f"p{n % _PEOPLE}")),
        page.row("filter: days", lambda n: page.listed(since=month[n % 3], until=month[n % 3])),
        page.row("filter: document", lambda n: page.listed(document=f"d{n * 37 % 5000}")),
        page.row("filter: property", lambda n: page.listed(field=f"client=c{n % 300}")),
        page.row(
            "filter: person, status, days",
            lambda n: page.listed(user=f"p{n % 20}", status="accepted", since="2020"),
        ),
        page.row(
            "search a word and filter a person",
            lambda n: page.listed(q=one[n % 200], user=f"p{n % _PEOPLE}"),
        ),
        page.row(
            "search a phrase and filter a property",
            lambda n: page.listed(q=two[n % 200], field="domain=rare"),
        ),
        page.row("count", counted),
        page.row("edit a target", edited),
        page.row("edit a source", lambda n: edited(n + 1000, "source")),
        page.row("undo an edit", undone),
        page.row("delete, and undo it", deleted),
    ]
    wall, processor = (max(column) for column in zip(*worst, strict=True))
    print(f"\np95 of the slowest: {wall:.1f} ms, processor {processor:.1f} ms (bar {_BAR:.0f} ms)")
    return int(wall > _BAR)


if __name__ == "__main__":
    reading = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    reading.add_argument("units", nargs="?", type=int, default=1_000_000)
    reading.add_argument("rounds", nargs="?", type=int, default=100)
    reading.add_argument("--keep", type=Path)
    given = reading.parse_args()
    sys.exit(main(given.units, given.rounds, given.keep))
