"""Which way a language is written, from its tag (BCP 47; scripts as in ISO 15924)."""

from __future__ import annotations

__all__ = ["is_right_to_left"]

_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg", "samr", "mand"})
_LANGUAGES = frozenset(
    "ar arc arz ckb dv fa glk he iw khw ks lrc mzn nqo pnb ps sd syr ug ur yi ydd".split()  # noqa: SIM905
)


def is_right_to_left(tag: str) -> bool:
    """True for Arabic, Hebrew and others; a script in the tag (`az-Arab`) decides."""
    first, *rest = tag.lower().replace("_", "-").split("-")
    for part in rest:
        if len(part) == 4 and part.isalpha():
            return part in _SCRIPTS
    return first in _LANGUAGES
