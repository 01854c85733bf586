"""Matches by meaning: cosine of the encoder's vectors, eight bits a number.

Vectors are made on demand (`add_vectors`), 512 bytes a unit, and compared one block after the
other: a million units take about a second. The encoder comes from the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from aligner.memory.lookup import Match, turned, unit_of
from aligner.memory.store import Memory
from aligner.model import StoreError

__all__ = ["Encode", "add_vectors", "semantic_matches"]

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]  # [n] -> [n, D], rows of length 1

_BLOCK = 4096
_SCALE = 127.0


def add_vectors(
    memory: Memory,
    encode: Encode,
    encoder: str,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Vectors for the sources that have none; returns how many. A block a transaction.

    `encoder` is the encoder's signature: vectors of another one are made anew.
    """
    with memory.transaction() as db:
        db.execute("DELETE FROM vectors WHERE encoder <> ?", (encoder,))
    last = memory.db.execute("SELECT ids FROM vectors ORDER BY first DESC LIMIT 1").fetchone()
    after = int(np.frombuffer(last[0], np.int64)[-1]) if last else 0
    total = memory.db.execute("SELECT count(*) FROM unit WHERE id > ?", (after,)).fetchone()[0]
    done = 0
    while True:
        rows = memory.db.execute(
            "SELECT id, source FROM unit WHERE id > ? ORDER BY id LIMIT ?", (after, _BLOCK)
        ).fetchall()
        if not rows:
            return done
        vectors = encode([source for _, source in rows])
        peak = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
        small = np.rint(vectors / peak * _SCALE).astype(np.int8)
        ids = np.array([identifier for identifier, _ in rows], np.int64)
        with memory.transaction() as db:
            db.execute(
                "INSERT INTO vectors VALUES (?, ?, ?, ?)",
                (int(ids[0]), encoder, ids.tobytes(), small.tobytes()),
            )
        after = int(ids[-1])
        done += len(rows)
        if progress:
            progress(done, total)


def semantic_matches(
    memory: Memory,
    text: str,
    encode: Encode,
    encoder: str,
    source_lang: str = "",
    target_lang: str = "",
    *,
    least: float = 60.0,
    limit: int = 5,
) -> list[Match]:
    """The nearest sources; the score is the cosine in percent.

    The text may be in another language than the memory's source. Raises StoreError where the
    memory has no vectors of this encoder.
    """
    query = encode([text])[0]
    with memory.reading() as db:
        forward, back = map(set, memory.either_way(source_lang, target_lang))
        best: list[tuple[float, int]] = []
        blocks = 0
        for ids, rows in db.execute(
            "SELECT ids, rows FROM vectors WHERE encoder = ? ORDER BY first", (encoder,)
        ):
            blocks += 1
            numbers = np.frombuffer(ids, np.int64)
            matrix = np.frombuffer(rows, np.int8).reshape(len(numbers), -1).astype(np.float32)
            cosines = matrix @ query / np.maximum(np.linalg.norm(matrix, axis=1), 1e-9)
            top = np.argsort(-cosines, kind="stable")[: limit * 4]
            best += [(float(cosines[k]), int(numbers[k])) for k in top]
        if not blocks:
            raise StoreError(
                "the memory has no vectors of this encoder",
                context=str(memory.path),
                hint="make them with aligner memory maintain --vectors",
            )
        best.sort(key=lambda pair: (-pair[0], pair[1]))
        matches: list[Match] = []
        for cosine, identifier in best:
            score = round(100.0 * cosine, 1)
            if score < least or len(matches) == limit:
                break
            fits = db.execute("SELECT languages FROM unit WHERE id = ?", (identifier,)).fetchone()
            if fits and fits[0] in forward | back:  # a vector may outlive its unit
                unit = unit_of(memory, identifier)
                unit = turned(unit) if fits[0] in back else unit
                matches.append(Match(unit, score, "semantic"))
        return matches
