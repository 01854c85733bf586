"""Which languages a detector takes for each other; for the notices of reading, and for the checks."""

from __future__ import annotations

__all__ = ["are_close"]

_CLOSE = frozenset(
    frozenset(pair.split())
    for pair in [
        "es gl",
        "es ca",
        "pt gl",
        "no da",
        "nb da",
        "sr hr",
        "hr bs",
        "sr bs",
        "sr sh",
        "hr sh",
        "bs sh",
        "id ms",
        "cs sk",
        "zh yue",
        "ru uk",
        "zh ja",
        "nb nn",
        "no nn",
        "no nb",
        "es ast",
        "en sco",
        "tl fil",
        "fa prs",
        "ro mo",
        "de gsw",
        "de bar",
    ]
)


def are_close(one: str, other: str) -> bool:
    """True for one language, whatever its region or script, and for two that a detector mixes up.

    Both are BCP 47 tags.
    """
    bases = frozenset(tag.partition("-")[0].lower() for tag in (one, other))
    return len(bases) == 1 or bases in _CLOSE
