"""The four checks that are off unless asked for: what they find, and how often on clean rows.

    scripts/bench shifts ../shared/fidelity                     es fr de, all clean rows
    scripts/bench shifts ../shared/fidelity --langs es --misses hedge_added

The benchmark has no edits of these kinds, so they are made here, on the English side of its clean
rows: words of a kind are taken out (the source still says it) or put in (only the translation says
it). The words are those of English news style, chosen without regard to what the checks know
(aligner/checks/common/words.json); the table says how many of them the checks have no entry for. A row
is found where the edited row raises a finding of the kind that its clean row does not.
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench_fidelity import read_rows

SHIFTS = ("attribution", "hedge", "intensity", "explicitation")
_WHO = r"(?:[A-Z][\w.’'-]+|he|she|they|the|officials?|police|a|an|one|[a-z]+)"
# words that are taken out with what goes with them
_OUT: dict[str, tuple[str, ...]] = {
    "attribution": (
        rf",? according to {_WHO}(?: [\w’'-]+){{0,5}}(?=[.,]|$)",
        r"^According to [^,]{3,60}, ",
        rf",” (?:said|says|told|added) {_WHO}(?: [\w’'-]+){{0,4}}(?=[.,])",
        (
            rf", {_WHO}(?: [\w’'-]+){{0,3}} (?:said|says|claimed|explained|insisted|noted)"
            r"(?: on \w+)?(?=\.$)"
        ),
        (
            r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[A-Z]\w+ [A-Z]\w+) (?:said|says|claims?|claimed|argued|believes?)"
            r" (?:that )?(?=(?:he|she|they|it|the|there|this|in|a)\b)"
        ),
    ),
    "hedge": (
        r"\b(?:allegedly|reportedly|supposedly|apparently|seemingly|presumably) ",
        r"\b(?:perhaps|maybe|probably|possibly|potentially|likely),? ",
        r"\b(?:might|may) (?=(?:be|have|not|also)\b)",
        r"\b(?:seems?|appears?|appeared|seemed) to ",
    ),
    "intensity": (
        r"\b(?:very|extremely|incredibly|really|truly|deeply|highly|hugely|totally|absolutely) ",
        r"\b(?:completely|entirely|utterly|particularly|especially|severely|immensely) ",
        r"\b(?:huge|enormous|massive|vast|tremendous) ",
    ),
    "explicitation": (),  # what the translation leaves implicit is none
}
# words that are put in: (where, the words); `{}` is what stood there
_IN: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "attribution": (
        (r"^(?=[A-Z])", ("According to the police, ", "Officials said that ", "He claimed that ")),
        (
            r"(?<=[a-z])(?=\.$)",
            (", she said", ", sources say", ", according to witnesses", ", he told reporters"),
        ),
    ),
    "hedge": (
        (r"^(?=[A-Z])", ("Perhaps ", "Apparently, ", "Supposedly, ", "It seems that ")),
        (
            r"\b(?:is|are|was|were|has|had|have)\b(?= [a-z]{4,})",
            ("{} probably", "{} allegedly", "{} reportedly", "{} presumably", "{} purportedly"),
        ),
    ),
    "intensity": (
        (
            r"\b(?:is|are|was|were) (?=(?:\w+(?:ful|ous|ive|al|ed|ant|ent)|good|bad|big|sad|hard)\b)",
            ("{}extremely ", "{}very ", "{}utterly ", "{}incredibly ", "{}awfully "),
        ),
        (r"\b(?:a|the) (?=(?:problem|increase|number|change|crisis|success|loss|blow)\b)",
         ("{}huge ", "{}massive ", "{}staggering ", "{}enormous ")),
    ),
    "explicitation": (
        (
            r"^(?=[A-Z])",
            ("Therefore, ", "However, ", "As a result, ", "In fact, ", "Moreover, ", "That is why "),
        ),
        (r", (?=(?:the|he|she|they|it)\b)", (", because ", ", although ", ", and consequently ")),
    ),
}  # fmt: skip

_COMMON = re.compile(r"(?:The|An?|It|He|She|They|We|This|These|That|There|In|On|At|For|But|As)\b")


def edits(row: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(label, the words taken out or put in, the edited translation) of a clean row."""
    text = row[4]
    for code in SHIFTS:
        for pattern in _OUT[code]:
            found = re.search(pattern, text)
            if found and len(text) - len(found[0]) > 30:
                rest = text[: found.start()] + text[found.end() :]
                yield f"{code}_dropped", found[0].strip(" ,”"), rest[:1].upper() + rest[1:]
                break
        for number, (pattern, phrases) in enumerate(_IN[code]):
            key = zlib.crc32(f"{row[0]}{code}{number}".encode())
            found = re.search(pattern, text)
            if found and key % 5 == 0:  # enough rows of each
                words = phrases[key // 5 % len(phrases)]
                rest = text[found.end() :]
                if not found.start() and _COMMON.match(rest):
                    rest = rest[0].lower() + rest[1:]
                made = text[: found.start()] + words.format(found[0]) + rest
                yield f"{code}_added", words.replace("{}", "").strip(" ,"), made
                break


def measure(
    rows: Sequence[Sequence[str]], show: Callable[[str], None], misses: Sequence[str]
) -> None:
    """Prints a line a label: rows, share found, share flagged of the clean rows."""
    from aligner.checks import TableRow
    from aligner.checks.common import word_table
    from aligner.workflows.checking import Wanted, check_table

    clean = [row for row in rows if row[5] == "ok" and "\u00b6" not in row[3]]
    made = [
        ([f"{row[0]}.{label}", *row[1:4], text], label, words, row)
        for row in clean
        for label, words, text in edits(row)
    ]
    table = [TableRow(r[0], r[3], r[4], n) for n, r in enumerate(clean, start=2)]
    table += [TableRow(r[0], r[3], r[4], n) for n, (r, *_) in enumerate(made, start=len(table) + 2)]
    wanted = Wanted(only=frozenset(SHIFTS))
    found: dict[str, set[tuple[str, str]]] = {
        row.id: {(one.code, one.id) for one in findings}
        for row, findings in check_table(table, rows[0][1], rows[0][2], wanted)
    }
    hits: dict[str, list[bool]] = defaultdict(list)
    unknown: dict[str, int] = defaultdict(int)
    for row, label, words, before in made:
        code = label.split("_")[0]
        new = {one for one in found[row[0]] - found[before[0]] if one[0] == code}
        hits[label].append(bool(new))
        listed = {str(one).casefold() for one in word_table("shifts")[code]["en"]}
        unknown[label] += not any(
            re.search(rf"\b{re.escape(one)}\b", words.casefold()) for one in listed
        )
        if not new and label in misses:
            show(f"MISS {words!r}\n   {row[3]}\n   {row[4]}")
    show(f"\n{rows[0][1]}-en, {len(clean)} clean rows")
    show(f"{'label':24}{'rows':>6}{'found':>8}{'unlisted':>10}{'false':>8}")
    for label, flags in sorted(hits.items()):
        code = label.split("_")[0]
        alarms = sum(any(c == code for c, _ in found[row[0]]) for row in clean)
        show(
            f"{label:24}{len(flags):6}{sum(flags) / len(flags):8.3f}{unknown[label]:10}"
            f"{100 * alarms / len(clean):8.2f}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--langs", nargs="+", default=["es", "fr", "de"])
    parser.add_argument("--misses", nargs="*", default=[], help="print what these labels miss")
    options = parser.parse_args(arguments)
    for lang in options.langs:
        measure(read_rows(options.folder / f"ntrex-{lang}-en.tsv"), print, options.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
