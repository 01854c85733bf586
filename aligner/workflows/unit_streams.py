"""Any file as a stream of units, and the languages that a user names of it.

    with open_units(path) as stream:
        stream                          every unit, with all its variants
        selected(stream, "en", "es")    those from English into Spanish

A format that is read unit by unit is read so, whatever its size; an alignment of any other format
gives its units. `-s` and `-t` name languages as RFC 4647 says: `en` all English, `en-GB` British
English only. Where no source is named it is the one that the file declares, else that of its first
unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aligner.languages.tags import lookup, matches
from aligner.model import (
    Header,
    Unit,
    UnitStream,
)
from aligner.runtime.places import stem_of
from aligner.text.notation import escaped

__all__ = ["Selected", "document_name", "is_tmx", "selected"]

_AS_IT_IS: tuple[int, ...] = ()


def is_tmx(path: Path) -> bool:
    """Whether a file is a TMX by its name."""
    return path.name.lower().endswith((".tmx", ".tmx.gz"))


def document_name(path: Path) -> str:
    """What units of a file are called that does not name their document."""
    return escaped(stem_of(path.name))


@dataclass(slots=True)
class Selected:
    """Units in the languages asked for, source first. `dropped` counts what is not among them, by
    reason, and `there` the languages of units that were passed over; both are whole when the units
    have ended. `asked` says in words what the source and target had to be. `digest`
    as in `UnitStream`.
    """

    units: Iterable[Unit]
    header: Header
    dropped: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    asked: str = ""
    digest: str = ""

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)


def selected(
    stream: UnitStream, source_lang: str = "", target_lang: str = "", *, declared: bool = True
) -> Selected:
    """The units of a stream in these languages: the source first, then each target. `declared`: where
    no source is named, units that have none in the language that the file declares are passed over.
    """
    choice = _Choice(stream.header.source_lang, source_lang, target_lang, strict=declared)
    out = Selected((), stream.header, stream.dropped, asked=choice.words(), digest=stream.digest)
    out.units = _chosen(stream, choice, out)
    return out


def _chosen(stream: UnitStream, choice: _Choice, out: Selected) -> Iterator[Unit]:
    plans: dict[tuple[str, ...], tuple[int, ...] | None] = {}
    for unit in stream:
        variants = unit.variants
        langs = tuple([variant.lang for variant in variants])
        declared = dict(unit.attributes).get("srclang") if unit.attributes else None
        key = langs if declared is None else (*langs, "", declared)
        if key in plans:
            plan = plans[key]
        else:
            plan = choice.plan(langs, declared is not None)
            if plan == tuple(range(len(langs))) and all(langs):
                plan = _AS_IT_IS
            plans[key] = plan
        if plan is None:
            out.dropped[choice.reason(langs)] += 1
            out.there["-".join(lang or "?" for lang in langs)] += 1
        elif not plan:
            yield unit
        else:
            yield _picked(unit, plan, choice)


def _picked(unit: Unit, plan: Sequence[int], choice: _Choice) -> Unit:
    variants = [unit.variants[number] for number in plan]
    asked = (choice.source, *([choice.target] * (len(variants) - 1)))
    made = tuple(
        variant if variant.lang else variant._replace(lang=lang)
        for variant, lang in zip(variants, asked, strict=True)
    )
    if plan[0] != 0:  # the neighbours are those of another language
        unit = unit._replace(before="", after="")
    return unit.with_variants(*made)


class _Choice:
    """Which variants of a unit the user means."""

    def __init__(self, declared: str, source: str, target: str, *, strict: bool) -> None:
        self.source, self.target = source, target
        self._declared, self._strict = declared, strict
        self._first = ""  # the source of the first unit, where nobody names one

    def words(self) -> str:
        """What the user, or else the file, asks for."""
        if self.source:
            source = self.source
        else:
            source = (
                f"{self._declared} (the file's own source)" if self._declared else "any language"
            )
        return f"from {source} into {self.target or 'any language'}"

    def reason(self, langs: Sequence[str]) -> str:
        """Why a unit of these languages is none of those meant."""
        shown = ", ".join(lang or "no language" for lang in langs)
        return f"units in {shown}, asked {self.words()}"

    def plan(self, langs: tuple[str, ...], declares: bool) -> tuple[int, ...] | None:
        """Numbers of the variants, the source first; () for a unit as it is; None where it has not
        the languages. `declares`: the unit says itself that its first variant is the source.
        """
        source = self._source(langs, declares)
        if len(langs) == 1:  # without a counterpart
            return _AS_IT_IS if source == 0 or matches(self.target, langs[0]) else None
        if source is None:
            return None
        targets = [n for n, lang in enumerate(langs) if n != source and matches(self.target, lang)]
        if not targets and self.target:
            targets = [n for n, lang in enumerate(langs) if n != source and not lang]
        return (source, *targets) if targets else None

    def _source(self, langs: tuple[str, ...], declares: bool) -> int | None:
        if self.source:
            named = [n for n, lang in enumerate(langs) if matches(self.source, lang)]
            named = named or [n for n, lang in enumerate(langs) if not lang]
            return named[0] if named else None
        if declares or (self._declared and lookup(self._declared, langs[:1]) == 0):
            return 0
        if self._strict and self._declared and any(langs):
            return None
        free = [
            n for n, lang in enumerate(langs) if not (self.target and matches(self.target, lang))
        ]
        if not free:
            return 0
        if not self._first:
            self._first = langs[free[0]]
        known = lookup(self._first, [langs[n] for n in free]) if self._first else None
        return free[known or 0]
