"""What a glossary says of one term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Term", "gathered"]


@dataclass(frozen=True, slots=True)
class Term:
    """Source terms that mean one thing, target terms to use, and target terms not to use."""

    source: tuple[str, ...]
    required: tuple[str, ...]
    forbidden: tuple[str, ...] = ()


def gathered(terms: Iterable[Term]) -> list[Term]:
    """The same terms, those of one source term together, in the order of the first.

    A tool's glossary has an entry for every translation: any of them is right, and what one entry
    forbids and another one asks for is right too.
    """
    kept = list(terms)
    by_source: dict[str, list[Term]] = {}
    for term in kept:
        for source in term.source:
            by_source.setdefault(source.casefold(), []).append(term)
    out: dict[tuple[tuple[str, ...], tuple[str, ...], int], list[str]] = {}
    done: set[str] = set()
    for number, term in enumerate(kept):
        for source in term.source:
            key = source.casefold()
            if key in done:
                continue
            done.add(key)
            there = by_source[key]
            required = tuple(dict.fromkeys(one for t in there for one in t.required))
            forbidden = tuple(
                one
                for one in dict.fromkeys(one for t in there for one in t.forbidden)
                if one not in required
            )
            out.setdefault((required, forbidden, number), []).append(source)
    return [Term(tuple(sources), *key[:2]) for key, sources in out.items()]
