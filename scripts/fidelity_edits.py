"""Edits of our own on clean rows of the benchmark: more for train_fidelity.py to learn from."""

from __future__ import annotations

import re
import zlib

__all__ = ["more_rows"]

_STARTS = frozenset(
    [
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "to",
        "with",
        "without",
        "for",
        "in",
        "on",
        "at",
        "by",
        "from",
        "of",
        "after",
        "before",
        "because",
        "while",
        "as",
        "when",
        "where",
        "and",
        "but",
        "although",
        "though",
        "if",
        "since",
        "until",
        "into",
        "over",
        "under",
        "about",
        "during",
    ]
)
_AUXILIARIES = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "had",
        "have",
        "will",
        "would",
        "can",
        "could",
        "should",
        "must",
        "may",
        "might",
        "did",
        "does",
        "do",
    ]
)


def _pick(key: str, many: int) -> int:
    """A choice that is the same on every run."""
    return zlib.crc32(key.encode()) % many


def more_rows(rows: list[list[str]]) -> list[list[str]]:
    """Edits of our own on the English side of clean rows: more to learn from.

    A run of words from a function word or a comma to the next one is taken out; a "not" is put in
    behind an auxiliary, or taken out; a name is put in the place of another, also where a sentence
    begins with it.
    """
    made = []
    clean = [row for row in rows if row[5] == "ok" and "\u00b6" not in row[3]]
    names = sorted({n for row in clean for n in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}", row[4])})
    for row in clean:
        for label, edit in (
            ("clause_omitted", _without_run),
            ("negation_added", _with_not),
            ("negation_dropped", _without_not),
            ("name_swapped", lambda text, key: _other_name(text, key, names)),
        ):
            text = edit(row[4], row[0])
            if text and text != row[4]:
                made.append([f"{row[0]}.more", row[1], row[2], row[3], text, label])
    first = {row[0]: m[0] for row in clean if (m := _FIRST.match(row[4])) and m[0] in row[3]}
    pool = sorted(set(first.values()))
    for row in clean:
        other = pool[_pick(f"{row[0]}f", len(pool))] if row[0] in first else ""
        if other and other.split()[1] not in row[4]:
            text = other + row[4].removeprefix(first[row[0]])
            made.append([f"{row[0]}.more", row[1], row[2], row[3], text, "name_swapped"])
    return made


# a person whom a sentence begins with
_FIRST = re.compile(r"[A-Z][a-z]{2,} [A-Z][a-z]{2,}(?= (?:[a-z]{2,}|[A-Z][a-z]+ [a-z]{2,}))")


def _without_run(text: str, key: str) -> str:
    words = text.split()
    borders = [
        k
        for k, word in enumerate(words)
        if k and (word.lower().strip(",;") in _STARTS or words[k - 1][-1] in ",;:-")
    ]
    borders.append(len(words))
    runs = [
        (a, b) for n, a in enumerate(borders) for b in borders[n + 1 : n + 4] if 3 <= b - a <= 16
    ]
    runs = [(a, b) for a, b in runs if a >= 2 and b - a < len(words) - 3]
    if not runs:
        return ""
    a, b = runs[_pick(key, len(runs))]
    end = words[b - 1][-1] if b == len(words) and words[b - 1][-1] in ".?!" else ""
    return " ".join([*words[:a], *words[b:]]) + end


def _with_not(text: str, key: str) -> str:
    words = text.split()
    places = [
        k
        for k, word in enumerate(words[:-1])
        if word.lower() in _AUXILIARIES and words[k + 1].lower() != "not"
    ]
    if not places or _pick(key, 3) == 0:
        return ""
    k = places[_pick(key + "n", len(places))]
    return " ".join([*words[: k + 1], "not", *words[k + 1 :]])


def _without_not(text: str, key: str) -> str:
    del key
    for pattern, other in (
        (r"\b(do|does|did) not ", ""),
        (r"\b(do|does|did)n['\u2019]t ", ""),
        (r"\bcan(?:not|['\u2019]t)\b", "can"),
        (r"\bwon['\u2019]t\b", "will"),
        (r"(?<=[a-z])n['\u2019]t\b", ""),
        (r"\bnot ", ""),
        (r"\bnever ", ""),
        (r"\bno (?=[a-z])", "a "),
    ):
        if re.search(pattern, text):
            return re.sub(pattern, other, text, count=1)
    return ""


def _other_name(text: str, key: str, names: list[str]) -> str:
    places = list(re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?", text))
    if not places or not names:
        return ""
    match = places[_pick(key, len(places))]
    other = names[_pick(key + "m", len(names))]
    if other in text:
        return ""
    return f"{text[: match.start()]}{other}{text[match.end() :]}"
