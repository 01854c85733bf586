"""Subtitles: times on screen decide where short free lines say little, once the clocks are known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import aligner
from aligner.engine.features import evidence_of, timing
from aligner.engine.features.coarse import Chain
from aligner.workflows import aligning
from tests.unit.engine.features.explained import Explained

LINES = [
    ("¿Quién apagó el faro?", "Who turned off the lighthouse?"),
    ("Yo no.", "Not me."),
    ("¡Venga ya!", "Oh, come on."),
    ("El guardián tiene la llave desde el martes.", "The keeper has had the key since Tuesday."),
    ("Me alegro.", "Glad to hear it."),
    ("Qué va.", "Not at all."),
    ("Mañana sale el barco para Lisboa.", "The ship leaves for Lisbon tomorrow."),
    ("Ni hablar.", "No way."),
    ("Hala.", "Wow."),
    ("Mi hermana trabaja en la biblioteca del pueblo.", "My sister works at the village library."),
    ("Vale.", "Fine."),
    ("Menos mal.", "Thank goodness."),
    ("La carta llegó con tres semanas de retraso.", "The letter arrived three weeks late."),
    ("Anda ya.", "Get out of here."),
    ("¿Y el perro?", "What about the dog?"),
    ("El perro duerme debajo de la mesa.", "The dog is sleeping under the table."),
]


def stamp(ms: float) -> str:
    seconds, rest = divmod(round(ms), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{rest:03}"


def srt(path: Path, cues: Sequence[tuple[float, float, str]]) -> Path:
    blocks = [
        f"{n}\n{stamp(start)} --> {stamp(end)}\n{text}\n"
        for n, (start, end, text) in enumerate(cues, start=1)
    ]
    path.write_text("\n".join(blocks), encoding="utf-8")
    return path


def pair(
    folder: Path, speed: float = 1.0, delay: float = 0.0, shaken: float = 120.0
) -> tuple[Path, Path]:
    chance = random.Random(7)
    ours, theirs, at = [], [], 5000.0
    for source, target in LINES:
        end = at + 900 + 45 * len(source)
        ours.append((at, end, source))
        start, stop = (speed * t + delay + chance.uniform(-shaken, shaken) for t in (at, end))
        theirs.append((start, stop, target))
        at = end + chance.choice((150, 700, 4000))
    return srt(folder / "es.srt", ours), srt(folder / "en.srt", theirs)


@pytest.mark.parametrize(
    ("speed", "delay"), [(1.0, 0.0), (1.0, 4200.0), (25 / 23.976, -1300.0)], ids=str
)
def test_cue_by_cue(tmp_path: Path, speed: float, delay: float) -> None:
    made = aligner.align(*pair(tmp_path, speed, delay), source_lang="es", target_lang="en")
    assert [bead.kind for bead in made.beads] == ["1-1"] * len(LINES)
    assert min(bead.confidence or 0.0 for bead in made.beads) > 0.8


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [((7,), (4, 10)), ((1, 2, 12), (5, 7)), ((4, 5, 10), (7, 8, 11, 13)), ((8,), (1, 2, 10, 11))],
    ids=str,
)
def test_cues_that_one_side_lacks(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ours: tuple[int, ...],
    theirs: tuple[int, ...],
) -> None:
    """What both sides show is linked, and more of it than by the words alone."""
    files = pair(tmp_path, delay=4200.0)
    kept = []
    for path, gone in zip(files, (ours, theirs), strict=True):
        cues = path.read_text(encoding="utf-8").split("\n\n")
        kept.append([n for n in range(len(LINES)) if n not in gone])
        path.write_text("\n\n".join(cues[n] for n in kept[-1]), encoding="utf-8")
    wanted = len({*kept[0]} & {*kept[1]})

    def right() -> int:
        made = aligner.align(*files, source_lang="es", target_lang="en")
        one = [bead for bead in made.beads if bead.kind == "1-1"]
        return sum(kept[0][bead.source[0]] == kept[1][bead.target[0]] for bead in one)

    found = right()
    monkeypatch.setattr(timing, "BONUS", 0.0)
    assert found >= wanted - 1
    by_words = right()
    assert found > by_words or found == by_words == wanted  # the words alone may be enough


def test_few_cues_that_begin_together(tmp_path: Path) -> None:
    """A greeting and little more: too few anchors for a clock, but the times are the same."""
    cues = [(1000, 3000, 0), (4000, 7500, 1), (8000, 9000, 2)]
    texts = (
        ("Buenos días, señora.", "¿Ha visto usted a mi hermano?", "No, lo siento."),
        ("Good morning, madam.", "Have you seen my brother?", "No, I'm sorry."),
    )
    files = [
        srt(tmp_path / f"{n}.srt", [(start, end, side[k]) for start, end, k in cues])
        for n, side in enumerate(texts)
    ]
    made = aligner.align(*files, source_lang="es", target_lang="en")
    assert [bead.kind for bead in made.beads] == ["1-1"] * 3


def test_clocks_that_disagree_say_nothing(tmp_path: Path) -> None:
    heard = Explained()
    files = pair(tmp_path, shaken=60_000.0)
    aligner.align(*files, source_lang="es", target_lang="en", settings=heard.settings())
    assert heard.names
    assert timing.NAME not in heard.names


def test_the_share_is_a_part_of_the_score(tmp_path: Path) -> None:
    heard = Explained()
    aligner.align(*pair(tmp_path), source_lang="es", target_lang="en", settings=heard.settings())
    assert heard.names.count(timing.NAME) == len(LINES)
    assert all(score == pytest.approx(total, abs=1e-3) for score, total in heard.scored)


def common(found: timing.Clock, i: range, j: range) -> float:
    """Intersection over union of the times of two runs of segments."""
    spans = [
        (float(times[run.start, 0]), float(times[run.stop - 1, 1]))
        for times, run in ((found.source_N2, i), (found.target_M2, j))
    ]
    starts, ends = zip(*spans, strict=True)
    return float(max(0.0, min(ends) - max(starts)) / (max(ends) - min(starts)))


def test_shares_of_blocks_are_those_of_beads(tmp_path: Path) -> None:
    documents = [
        aligning.open_document(aligning.read_source(str(path)), lang)
        for path, lang in zip(pair(tmp_path), ("es", "en"), strict=True)
    ]
    source, target = map(evidence_of, documents)
    anchors = np.arange(len(LINES))
    found = timing.clock(source, target, Chain(anchors, anchors, np.ones(len(LINES), np.float32)))
    assert found is not None
    rows, columns = range(2, 9), range(1, 7)
    for a, b in ((1, 1), (2, 1), (1, 3), (4, 4)):
        shares = found.shares(rows, columns, a, b)
        for row in rows:
            for column in columns:
                inside = row >= a and column >= b
                share = (
                    common(found, range(row - a, row), range(column - b, column)) if inside else 0
                )
                assert shares[row - rows.start, column - columns.start] == pytest.approx(share)
