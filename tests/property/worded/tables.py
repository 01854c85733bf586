"""Tables and lines of JSON, each word its own."""

from __future__ import annotations

import json

from tests.property.worded.words import Words
from tests.unit.documents.packages import xlsx

__all__ = ["made_csv", "made_jsonl", "made_tsv", "made_xlsx"]


def _cell(words: Words, quote: str) -> str:
    text = words.chance.choice(
        (
            words.word(),
            f"{words.word()}, {words.word()}",
            "",
            f"{words.word()}\n{words.word()}",
            "7",
        )
    )
    return f"{quote}{text}{quote}" if quote else text.replace("\n", " ")


def _table(words: Words, between: str, quote: str, extra: int) -> bytes:
    names = words.chance.choice((["es", "en"], ["source", "target"], []))
    names = names and [*names, *(f"{words.word()}" for _ in range(extra))]
    rows = [names] if names else []
    rows.append([words.word() for _ in range(2 + extra)])
    for _ in range(words.chance.randint(1, 5)):
        width = 2 + extra + words.chance.choice((0, 0, 0, 1, -1))
        rows.append([_cell(words, quote) for _ in range(width)])
    return "\n".join(between.join(row) for row in rows).encode()


def made_tsv(words: Words) -> bytes:
    return _table(words, "\t", "", words.chance.randint(0, 2))


def made_csv(words: Words) -> bytes:
    return _table(words, words.chance.choice((",", ";")), '"', words.chance.randint(0, 2))


def made_jsonl(words: Words) -> bytes:
    def row() -> dict[str, object]:
        made: dict[str, object] = {"es": words.word(), "en": words.word()}
        for _ in words.some(3):
            made[words.pick("note comment id context speaker x score labels")] = (
                words.chance.choice(
                    (
                        words.word(),
                        [words.word(), words.word()],
                        {"y": words.word()},
                        3,
                        None,
                        [{"z": words.word()}],
                    )
                )
            )
        return made if words.chance.randrange(3) else {"translation": made, "w": words.word()}

    return "\n".join(json.dumps(row()) for _ in range(words.chance.randint(1, 4))).encode()


def made_xlsx(words: Words) -> bytes:
    rows = _table(words, "\t", "", words.chance.randint(0, 2)).decode().split("\n")
    cells = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{chr(65 + k)}{n}" t="inlineStr"><is><t>{one}</t></is></c>'
            for k, one in enumerate(row.split("\t"))
        )
        + "</row>"
        for n, row in enumerate(rows, start=1)
    )
    return xlsx(cells, size=f"A1:H{len(rows)}")
