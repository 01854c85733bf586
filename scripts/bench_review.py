"""Measure the review: a page of ten thousand beads, aligning again, twenty kills.

    python scripts/bench_review.py [page] [realign] [kills] [--weights FILE]

Prints one JSON object a measurement: milliseconds in the page (first paint, actions, long tasks
while scrolling), of aligning again for 300 segments (first call, then with one more bead fixed
each time), and whether every confirmed action survived kill -9 at twenty moments.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


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
    from aligner.workflows.realigning import Realigner

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


def main() -> None:
    said = sys.argv[1:]
    weights = Path(said[said.index("--weights") + 1]) if "--weights" in said else None
    wanted = [name for name in ("page", "realign", "kills") if name in said]
    for name in wanted or ["page", "realign", "kills"]:
        if name == "page":
            found = page()
        elif name == "kills":
            found = kills()
        else:
            found = realign(weights)
        print(json.dumps({"what": name, **found}), flush=True)


if __name__ == "__main__":
    main()
