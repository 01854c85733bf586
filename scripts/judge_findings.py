"""Findings on published translations measured again, beside the verdicts that readers gave.

    python scripts/judge_findings.py FOLDER [--half learn] [--list FILE] [--verdicts FILE] [--write]

FOLDER holds DOCUMENT.LANGUAGES.alignment.json (`aligner align`) of the documents of
tests/gold/judged/findings.tsv. Every alignment is checked; the signs of findings that have a verdict are
measured anew, those that are raised no more are marked (`raised` no) and count for nothing until they
are raised again. `--list` writes what the default shows and nobody judged, for a reader, with the
segments: keep that file out of the project. `--verdicts` are a reader's: lines of document, languages,
code, id, verdict and reason. `--write` puts the new signs and verdicts into the table.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from calibrate_findings import SHIFTS
from judged_rows import TABLE

from aligner.checks import Finding, article
from aligner.checks.common import JUDGED, Hit, Place, Setting, finding_of, judgement_signs
from aligner.model import Alignment, Source
from aligner.workflows.checking import Wanted, check
from aligner.workflows.reading import read_alignment

Key = tuple[str, str, str, str]  # document, languages, code, id
_MAKES = "finding_of"  # how article.py makes a finding of a hit: the hit is asked for there
HEADER = (
    *("document", "half", "languages", "id", "code", "severity"),
    *JUDGED[1:],
    *("verdict", "reason", "raised"),
)


def read_table() -> dict[Key, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {(r["document"], r["languages"], r["code"], r["id"]): r for r in rows}


def read_verdicts(path: Path | None) -> dict[Key, tuple[str, str]]:
    lines = path.read_text("utf-8").splitlines() if path else []
    rows = [line.split("\t") for line in lines if line]
    return {(d, pair, code, one): (verdict, reason) for d, pair, code, one, verdict, reason in rows}


def signs_of(alignment: Alignment) -> Iterator[tuple[Finding, Hit, tuple[float, ...]]]:
    """The findings of an alignment, the hit of the first place of each and its signs."""
    hits: dict[tuple[str, str], tuple[Hit, tuple[float, ...]]] = {}

    def noted(hit: Hit, place: Place, target_lang: str, setting: Setting) -> Finding:
        made = finding_of(hit, place, target_lang, setting)
        texts = (place.source_text, place.target_text)
        signs = judgement_signs(hit, texts, target_lang, setting)
        known = hits.get((made.id, made.code))
        if known is None or known[0].confidence < hit.confidence:
            hits[made.id, made.code] = hit, signs
        return made

    own = getattr(article, _MAKES)
    setattr(article, _MAKES, noted)
    try:
        wanted = Wanted(minimum="note", also=frozenset(SHIFTS), judged_as="document")
        found = check(alignment, wanted)
    finally:
        setattr(article, _MAKES, own)
    for one in found.findings:
        yield one, *hits[one.id, one.code]


def measured(path: Path) -> Iterator[tuple[Finding, Hit, tuple[float, ...]]]:
    """`signs_of` the alignment in a file."""
    alignment = read_alignment(Source(str(path), path.read_bytes()), "json")
    assert isinstance(alignment, Alignment)
    yield from signs_of(alignment)


def evidence(one: Finding) -> dict[str, Any]:
    place = one.places[0]
    return {
        "message": one.message,
        "source": place.source_text,
        "target": place.target_text,
        "source_marked": [place.source_text[a:b] for a, b in place.source_spans],
        "target_marked": [place.target_text[a:b] for a, b in place.target_spans],
        "segments": [place.source, place.target],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("learn", "test"))
    parser.add_argument("--list", type=Path, help="what the default shows without a verdict")
    parser.add_argument("--judged", type=Path, help="every finding with its segments, of learn")
    parser.add_argument("--verdicts", type=Path, help="of new findings")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    table = read_table()
    verdicts = read_verdicts(options.verdicts)
    documents = sorted({(r["document"], r["languages"], r["half"]) for r in table.values()})
    open_ones, seen = [], []
    count = {"known": 0, "new": 0, "gone": 0}
    for document, languages, half in documents:
        path = options.folder / f"{document}.{languages}.alignment.json"
        if options.half not in (None, half):
            continue
        if not path.exists():
            parser.error(f"{path} is missing: align the two texts of {document} first")
        raised = set()
        for one, hit, signs in measured(path):
            key = (document, languages, one.code, one.id)
            raised.add(key)
            cells = dict(zip(JUDGED[1:], (f"{v:.3f}" for v in signs[1:]), strict=True))
            cells["severity"] = hit.severity
            place = dict(zip(("document", "languages", "code", "id"), key, strict=True))
            if key not in table and key in verdicts:
                verdict, reason = verdicts[key]
                table[key] = {**place, "half": half, "verdict": verdict, "reason": reason}
            row = table.get(key)
            if row is not None:
                row |= cells
                count["known"] += 1
            elif one.severity != "note" and one.code not in SHIFTS:
                count["new"] += 1
                open_ones.append({**place, "half": half, **cells, **evidence(one)})
            if half == "learn":
                known = row or {"verdict": "", "reason": ""}
                seen.append(
                    [*key, one.severity, known["verdict"], known["reason"], cells, evidence(one)]
                )
        for key, row in table.items():
            if key[:2] == (document, languages):
                row["raised"] = "yes" if key in raised else "no"
                count["gone"] += key not in raised
    print(count)
    if options.list:
        options.list.write_text(json.dumps(open_ones, ensure_ascii=False, indent=1))
    if options.judged:
        options.judged.write_text(json.dumps(seen, ensure_ascii=False, indent=1))
    if options.write:
        lines = ["\t".join(HEADER)]
        missing = {"raised": "yes", "doubt": "0.000"}
        rows = sorted(
            table.values(), key=lambda r: (r["document"], r["languages"], r["code"], r["id"])
        )
        lines += [
            "\t".join(row.get(name, missing.get(name, "")) for name in HEADER) for row in rows
        ]
        TABLE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
