"""Cases: two segmented texts with gold beads, loaded from a folder or a beads file.

    src.<lang>.txt  tgt.<lang>.txt  gold.txt  [META.json]    a gold folder
    <lang>.segments.txt ...  gold.beads  [META.json]         a corpus folder of two languages
    <lang>.segments.txt ...  gold.<source>-<target>.beads    ... of several: one case a pair

Texts hold one segment a line; a blank line starts a paragraph and has no number. META.json may
say `name`, `src_lang`, `tgt_lang`, `granularity` (coarse gold) and `crossing_pairs`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from pathlib import Path
from typing import Any

from aligner.engine.evaluating.beads import GoldBead, beads_digest, inspect_beads, parse_beads
from aligner.engine.evaluating.scores import CaseScore, CrossingPair, score_beads
from aligner.files import reading
from aligner.model import Document, Malformed, ReadError, UsageError
from aligner.text.notation import json_of

__all__ = [
    "Case",
    "case_documents",
    "case_families",
    "find_cases",
    "load_cases",
    "load_gold",
    "read_utf8",
    "score_case",
]

_COARSE_FAMILIES = ("lit", "bible")  # several sentences a bead: their names tell
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Case:
    """Gold beads with the segments that they number.

    `source_starts` are the segment indexes at which a paragraph begins. A case read from a bare
    beads file has no texts (`has_texts`).
    """

    name: str
    source_lang: str
    target_lang: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    source_starts: tuple[int, ...]
    target_starts: tuple[int, ...]
    gold: tuple[GoldBead, ...]
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def langs(self) -> tuple[str, str]:
        """Source and target language, "" while unknown."""
        return (self.source_lang, self.target_lang)

    @property
    def has_texts(self) -> bool:
        """False where only beads were read."""
        return bool(self.source or self.target)

    @property
    def is_coarse(self) -> bool:
        """True where one gold bead may hold several right ones: scored merged."""
        return (
            str(self.meta.get("granularity", "")).startswith("coarse")
            or "coarse:" in str(self.meta.get("gold_made", "")).lower()
            or self.name.split("-")[0] in _COARSE_FAMILIES
        )

    @property
    def crossing_pairs(self) -> tuple[CrossingPair, ...]:
        """Pairs of which the crossing and the nulls are both right."""
        return tuple(
            (tuple(sorted(source)), tuple(sorted(target)))
            for source, target in self.meta.get("crossing_pairs") or ()
        )

    @property
    def digest(self) -> str:
        """Twelve digits that name the gold beads."""
        return beads_digest(self.gold)

    def remarks(self) -> tuple[str, ...]:
        """What is unusual about the gold: segments in two beads, or in none."""
        if self.has_texts:
            return inspect_beads(self.gold, len(self.source), len(self.target))
        return inspect_beads(self.gold)


def score_case(case: Case, system: Sequence[GoldBead], merged: bool | None = None) -> CaseScore:
    """Score system beads on a case, with its crossing pairs and its granularity.

    `merged` None means: as the case says (coarse gold is scored merged).
    """
    score = score_beads(
        case.gold,
        system,
        name=case.name,
        merged=case.is_coarse if merged is None else merged,
        crossing_pairs=case.crossing_pairs,
    )
    return replace(score, gold_digest=case.digest, families=case_families(case.name))


def case_families(name: str) -> tuple[str, ...]:
    """Families of a case by its name: what stands before the first `-`, and `hard-<operation>`."""
    parts = name.split("-")
    if parts[0] == "hard" and len(parts) > 1:
        return ("hard", f"hard-{parts[1]}")
    return (parts[0],)


def load_gold(path: Path) -> Case:
    """One case: a folder, or a beads file (whose segments stay unknown).

    Raises ReadError where nothing readable is there, UsageError where a folder holds several.
    """
    if path.is_dir():
        cases = load_cases(path)
        if len(cases) > 1:
            raise UsageError(
                f"{path} holds {len(cases)} cases", hint="name one of its gold.*.beads files"
            )
        return cases[0]
    if path.name.startswith("gold."):
        # a gold file beside its texts is the same case as its folder
        for case in load_cases(path.parent, path.name) if _has_texts(path.parent) else ():
            return case
    beads = parse_beads(read_utf8(path), str(path))
    name = path.parent.name if path.name.startswith("gold.") else path.name.split(".")[0]
    return Case(name, "", "", (), (), (), (), beads)


def find_cases(folder: Path) -> tuple[Path, ...]:
    """The case folders at `folder`: itself, or those right below it, by name."""
    if _gold_files(folder):
        return (folder,)
    if not folder.is_dir():
        raise ReadError(f"there is no folder {folder}")
    below = tuple(f for f in sorted(folder.iterdir()) if f.is_dir() and _gold_files(f))
    if not below:
        raise ReadError(f"{folder} holds no gold beads", hint="expected gold.txt or gold.beads")
    return below


def load_cases(folder: Path, gold_name: str = "") -> tuple[Case, ...]:
    """All cases of one folder, or the one of the gold file `gold_name`.

    Raises ReadError for a missing or undecodable file, Malformed for broken beads or META.json,
    UsageError where the folder does not say which language is the source.
    """
    if not folder.is_dir():
        raise ReadError(f"there is no folder {folder}")
    files = [f for f in _gold_files(folder) if gold_name in ("", f.name)]
    if not files:
        raise ReadError(f"{folder} holds no gold beads", hint="expected gold.txt or gold.beads")
    meta = _meta(folder / "META.json")
    cases = []
    for file in files:
        source, target = _sides(folder, file, meta)
        source_lang, target_lang = _lang(source), _lang(target)
        source_lines, source_starts = _segments(read_utf8(source))
        target_lines, target_starts = _segments(read_utf8(target))
        beads = parse_beads(
            read_utf8(file),
            str(file),
            source_count=len(source_lines),
            target_count=len(target_lines),
        )
        name = str(meta.get("name") or folder.resolve().name)
        if len(files) > 1 or file.name.count(".") > 1:
            name += f"-{source_lang}-{target_lang}"
        cases.append(
            Case(
                name=name,
                source_lang=source_lang,
                target_lang=target_lang,
                source=source_lines,
                target=target_lines,
                source_starts=source_starts,
                target_starts=target_starts,
                gold=beads,
                meta=meta,
            )
        )
    return tuple(cases)


def read_utf8(path: Path) -> str:
    """The UTF-8 text of a file. Raises ReadError where it cannot be read."""
    try:
        with reading(path):
            return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"{path} is not UTF-8 text", hint=f"byte {error.start} is wrong") from error


def _gold_files(folder: Path) -> list[Path]:
    """gold.txt, gold.beads, or gold.<source>-<target>.beads, in the order of names."""
    for pattern in ("gold.txt", "gold.beads", "gold.*.beads"):
        files = sorted(folder.glob(pattern))
        if files:
            return files
    return []


def _has_texts(folder: Path) -> bool:
    return any(folder.glob("*.segments.txt")) or (
        any(folder.glob("src.*.txt")) and any(folder.glob("tgt.*.txt"))
    )


def _meta(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    meta = json_of(read_utf8(path), str(path))
    if not isinstance(meta, dict):
        raise Malformed("a JSON object is expected", context=str(path), line=1)
    for pair in meta.get("crossing_pairs") or ():
        if not (isinstance(pair, list) and len(pair) == _PAIR and all(map(_is_indexes, pair))):
            raise Malformed("crossing_pairs are pairs of lists of numbers", context=str(path))
    return meta


def _is_indexes(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(i, int) for i in value)


def _lang(path: Path) -> str:
    """`src.en.txt` -> en, `zh-Hans.segments.txt` -> zh-Hans."""
    parts = path.name.split(".")
    return parts[1] if parts[0] in ("src", "tgt") and len(parts) > _PAIR else parts[0]


def _sides(folder: Path, gold: Path, meta: Mapping[str, Any]) -> tuple[Path, Path]:
    """The two segment files that a gold file numbers."""
    source, target = sorted(folder.glob("src.*.txt")), sorted(folder.glob("tgt.*.txt"))
    if len(source) == len(target) == 1:
        return source[0], target[0]
    texts = {_lang(f): f for f in sorted(folder.glob("*.segments.txt"))}
    middle = gold.name.removeprefix("gold.").removesuffix(".beads")
    for one, two in permutations(texts, 2):
        if middle == f"{one}-{two}":
            return texts[one], texts[two]
    named = (str(meta.get("src_lang", "")), str(meta.get("tgt_lang", "")))
    if named[0] in texts and named[1] in texts:
        return texts[named[0]], texts[named[1]]
    if len(texts) != _PAIR:
        raise ReadError(
            f"{folder} does not say which two texts its gold numbers",
            hint="expected src.<lang>.txt and tgt.<lang>.txt, or META.json with src_lang, tgt_lang",
        )
    return _by_count(folder, gold, list(texts.values()))


def _by_count(folder: Path, gold: Path, texts: list[Path]) -> tuple[Path, Path]:
    """The order of two texts in which the gold numbers every segment of both."""
    beads = parse_beads(read_utf8(gold), str(gold))
    sizes = [1 + max((i for b in beads for i in b.key[side]), default=-1) for side in (0, 1)]
    counts = [len(_segments(read_utf8(f))[0]) for f in texts]
    fits = [order for order in ((0, 1), (1, 0)) if [counts[k] for k in order] == sizes]
    if len(fits) != 1:
        raise UsageError(
            f"{folder} does not say which language is the source",
            hint="add META.json with src_lang and tgt_lang",
        )
    first, second = fits[0]
    return texts[first], texts[second]


def _segments(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Non-blank lines, and the numbers of those that begin a paragraph."""
    lines: list[str] = []
    starts: list[int] = []
    fresh = True
    for raw in text.split("\n"):
        line = unicodedata.normalize("NFC", raw.strip())
        if not line:
            fresh = True
            continue
        if fresh:
            starts.append(len(lines))
        fresh = False
        lines.append(line)
    return tuple(lines), tuple(starts)


def case_documents(case: Case) -> tuple[Document, Document]:
    """The two texts of a case as documents, segments = lines, ready for the aligner."""
    return (
        Document.of_segments(f"{case.name}.src", case.source_lang, case.source, case.source_starts),
        Document.of_segments(f"{case.name}.tgt", case.target_lang, case.target, case.target_starts),
    )
