"""Measure the review: a page of ten thousand beads, aligning again, twenty kills, hours of requests.

    python scripts/bench_review.py [page] [realign] [kills] [stop] [--weights FILE]
    python scripts/bench_review.py soak [--minutes N]

Prints one JSON object a measurement: milliseconds in the page (first paint, actions, long tasks
while scrolling), of aligning again for 300 segments (first call, then with one more bead fixed
each time), whether every confirmed action survived kill -9 at twenty moments, seconds from Ctrl-C
to the end of a long re-alignment; and (soak, by name only) the memory of the server after the first
minute and after N minutes of requests of all kinds, good and bad, five a second.
"""

from __future__ import annotations

import collections
import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from tests.client.reviews import Server

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
_RATE = 5  # requests a second
_FORMATS = ("json", "tmx", "tei", "tsv", "html", "beads", "xliff", "moses")


def page() -> dict[str, object]:
    from playwright.sync_api import sync_playwright

    from tests.client.reviews import Server
    from tests.unit.review import samples

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        path = samples.write(samples.long(10_000), Path(folder) / "long.alignment.json")
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        with Server.running(path, "--no-prepare", "--no-check") as server:
            server.review()
            view = browser.new_page(viewport={"width": 1280, "height": 800})
            view.set_default_timeout(120_000)
            view.add_init_script(
                """window.tasks = [];
                new PerformanceObserver((list) => {
                  for (const entry of list.getEntries()) window.tasks.push(entry.duration);
                }).observe({ entryTypes: ['longtask'] });"""
            )
            paints = []
            for _ in range(6):
                view.goto(server.url)
                view.wait_for_selector("[data-ready=yes]")
                paints.append(
                    view.evaluate(
                        """() => Math.max(...performance.getEntriesByName('first rows')
                        .map((one) => one.startTime))"""
                    )
                )
            for number in range(12):
                before = server.review()["version"]
                view.keyboard.press("g")
                view.keyboard.insert_text(str(1 + 800 * number))
                view.keyboard.press("Enter")
                view.keyboard.press("mipsumdaz"[number % 6] if number % 6 != 2 else "i")
                view.wait_for_function(
                    "v => !document.getElementById('saved').textContent.startsWith(`version ${v},`)",
                    arg=before,
                ) if number % 6 in (0, 1) else view.wait_for_timeout(300)
            actions = view.evaluate(
                "() => performance.getEntriesByType('measure').map((one) => one.duration)"
            )
            view.evaluate("() => { window.tasks.length = 0; }")
            view.mouse.move(500, 500)
            for _ in range(60):
                view.mouse.wheel(0, 4000)
                time.sleep(0.03)
            for share in (0.1, 0.9, 0.5, 0.3):
                box = view.locator("#map").bounding_box()
                assert box is not None
                view.mouse.click(box["x"] + 10, box["y"] + share * box["height"])
                time.sleep(0.2)
            tasks = view.evaluate("() => window.tasks")
            browser.close()
    return {
        "beads": 10_000,
        # on a busy machine the least of several is nearest to what the work itself takes
        "first rows painted ms": [round(value) for value in sorted(paints)],
        "action ms": [round(value) for value in sorted(actions)],
        "long tasks (> 50 ms) while scrolling": [round(value) for value in sorted(tasks)],
        "steps scrolled": 64,
    }


def realign(weights: Path | None) -> dict[str, object]:
    from aligner.model import ReadOptions, Source
    from aligner.workflows import aligning
    from aligner.workflows.review.realigning import Realigner

    case = ROOT.parent / "shared" / "gold" / "ntrex-en-es-dev"
    texts = sorted(case.glob("*.txt"))
    docs = []
    for name, lang in (("src", "en"), ("tgt", "es")):
        file = next(text for text in texts if text.name.startswith(name))
        lines = [line for line in file.read_text().splitlines() if line.strip()][:300]
        source = Source(f"{lang}.txt", "\n".join(lines).encode())
        docs.append(aligning.open_document(source, lang, read_options=ReadOptions(segmented=True)))
    settings = aligning.Settings(encoder="embedded", weights=weights)
    began = time.perf_counter()
    alignment = aligning.align_documents(*docs, settings=settings)
    whole = time.perf_counter() - began
    again = Realigner(settings)
    began, used = time.perf_counter(), time.process_time()
    beads = again(alignment, ())
    first = (time.perf_counter() - began, time.process_time() - used)
    same = [(b.source, b.target) for b in beads] == [(b.source, b.target) for b in alignment.beads]
    wall, cpu, fixed = [], [], []
    for number in range(0, len(beads), 20):
        fixed.append((beads[number].source, beads[number].target))
        began, used = time.perf_counter(), time.process_time()
        again(alignment, fixed)
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - used)
    return {
        "segments": [len(doc.segments) for doc in docs],
        "align ms": round(1000 * whole),
        "first call ms": round(1000 * first[0]),
        "first call cpu ms": round(1000 * first[1]),
        "same as align": same,
        "one more bead fixed, median ms": round(1000 * statistics.median(wall)),
        "worst ms": round(1000 * max(wall)),
        "median cpu ms": round(1000 * statistics.median(cpu)),
        "worst cpu ms": round(1000 * max(cpu)),
    }


def kills() -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/client/test_review_killed.py"],
        cwd=ROOT,
        env={**os.environ, "REVIEW_KILLS": "20"},
        capture_output=True,
        text=True,
        check=False,
    )
    return {"kills": 20, "passed": done.returncode == 0, "said": done.stdout[-300:]}


def stop() -> dict[str, object]:
    """Seconds from the signal to the end, while four thousand beads are aligned again."""
    import signal
    import threading

    from tests.client.reviews import Server
    from tests.unit.review import samples

    seconds = []
    for number in (signal.SIGINT, signal.SIGTERM):
        with tempfile.TemporaryDirectory() as folder:
            path = samples.write(samples.long(4000), Path(folder) / "long.alignment.json")
            server = Server(path, "--no-prepare", "--no-check")

            def ask(server: Server = server) -> None:
                with contextlib.suppress(httpx.HTTPError):
                    server.do(0, "re-align")

            asking = threading.Thread(target=ask)
            asking.start()
            time.sleep(1)
            began = time.monotonic()
            server.process.send_signal(number)
            code = server.process.wait(60)
            seconds.append(round(time.monotonic() - began, 2))
            asking.join()
            server.process.communicate()
            assert code == 2, code
    return {"beads": 4000, "signals": ["SIGINT", "SIGTERM"], "seconds to the end": seconds}


def soak(minutes: float) -> dict[str, object]:
    """Requests of all kinds for `minutes`, five a second; the server's memory meanwhile."""
    from tests.client.reviews import Server

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.alignment.json"
        texts = [str(ROOT / "corpora" / "interview" / f"{lang}.html") for lang in ("es", "en")]
        code = "from aligner.cli import main; main()"
        subprocess.run(
            [sys.executable, "-c", code, "align", *texts, "-o", str(path), "--quiet"], check=True
        )
        with Server.running(path) as server:
            server.client.timeout = 600
            counts: collections.Counter[str] = collections.Counter()
            memory: dict[int, float] = {}
            chance = random.Random(14)
            # a busy machine may take the whole first minute to load what each kind of request needs
            server.do(0, "re-align")
            for name in ("findings", *(f"export/{name}" for name in _FORMATS)):
                server.client.get(f"api/{name}")
            began = time.monotonic()
            number = 0
            while (passed := time.monotonic() - began) < 60 * minutes:
                minute = int(passed // 60)
                if minute not in memory and minute:
                    memory[minute] = _resident(server.process.pid)
                    told = {"minute": minute, "MiB": memory[minute], "requests": number}
                    print(json.dumps(told), file=sys.stderr, flush=True)
                counts[_request(server, chance, number)] += 1
                number += 1
                time.sleep(max(0.0, began + number / _RATE - time.monotonic()))
            last = _resident(server.process.pid)
            version = server.review()["version"]
        first = memory.get(1, last)
    return {
        "minutes": minutes,
        "requests": number,
        "answers": dict(sorted(counts.items())),
        "actions": version,
        "MiB after the first minute": first,
        "MiB at the end": last,
        "growth %": round(100 * (last / first - 1), 1),
    }


def _resident(process: int) -> float:
    fields = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    return round(int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20), 1)


def _request(server: Server, chance: random.Random, number: int) -> str:
    """One request, good or bad, and how it was answered."""
    client = server.client
    headers = {"x-aligner-review": "1", "content-type": "application/json"}
    kind = number % 20
    if kind in (0, 10):
        name, answer = "review", client.get("api/review")
    elif kind == 1:
        name, answer = "page", client.get(chance.choice(("", "page/review.js", "page/no.js")))
    elif kind == 2:
        name, answer = "export", client.get(f"api/export/{chance.choice(_FORMATS)}")
    elif kind == 3:
        name, answer = "losses", client.get(f"api/losses/{chance.choice(_FORMATS)}")
    elif kind == 4:  # the checks take seconds
        name = "findings" if number % 200 == 4 else "version"
        answer = client.get(f"api/{name}")
    elif kind == 5:
        name, answer = "save", server.save()
    elif kind == 6:
        name, answer = "no json", client.post("api/do", headers=headers, content=b"{" * 2000)
    elif kind == 7:
        body = b"x" * 1_000_001
        name, answer = "too large", client.post("api/do", headers=headers, content=body)
    elif kind == 8:
        bad = {"host": "evil.example"} if number % 40 == 8 else {"origin": "http://evil.example"}
        name, answer = "foreign", client.get("api/version", headers=bad)
    elif kind == 9:
        name, answer = "difference", client.get("api/difference")
    else:
        version = client.get("api/version").json()["version"]
        beads = len(client.get("api/review").json()["pairs"][0]["items"])
        action, values = _action(chance, number, beads)
        name, answer = action, server.do(version, action, **values)
    return f"{name} {answer.status_code}"


def _action(chance: random.Random, number: int, beads: int) -> tuple[str, dict[str, object]]:
    bead = chance.randrange(beads)
    if number % 600 == 11:
        return "re-align", {}
    every: list[tuple[str, dict[str, object]]] = [
        ("accept", {"bead": bead}),
        ("pin", {"bead": bead}),
        ("comment", {"bead": bead, "comment": f"number {number}"}),
        ("label", {"bead": bead, "labels": ["loss"]}),
        ("merge", {"bead": bead, "step": 1}),
        ("split", {"bead": bead, "side": chance.randrange(2), "at": 1}),
        ("edit-text", {"text": 0, "segment": chance.randrange(90), "words": f"words {number}"}),
        ("restore-text", {"text": 0, "segment": chance.randrange(90)}),
        ("undo", {}),
        ("undo", {}),
        ("redo", {}),
        ("null", {"bead": bead}),
    ]
    return chance.choice(every)


def main() -> None:
    said = sys.argv[1:]
    weights = Path(said[said.index("--weights") + 1]) if "--weights" in said else None
    minutes = float(said[said.index("--minutes") + 1]) if "--minutes" in said else 120.0
    usual = ["page", "realign", "kills", "stop"]
    for name in [name for name in (*usual, "soak") if name in said] or usual:
        if name == "page":
            found = page()
        elif name == "stop":
            found = stop()
        elif name == "soak":
            found = soak(minutes)
        elif name == "kills":
            found = kills()
        else:
            found = realign(weights)
        print(json.dumps({"what": name, **found}), flush=True)


if __name__ == "__main__":
    main()
