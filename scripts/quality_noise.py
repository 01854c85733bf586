"""Noise for units: what train_quality.py learns from and scripts/bench/quality.py measures on.

Every kind takes clean units of one document and gives a unit whose sides do not translate each
other fully. The same seed gives the same noise.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["KINDS", "Clean", "noised"]


@dataclass(frozen=True, slots=True)
class Clean:
    """A unit of gold; the segments of each side."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    langs: tuple[str, str]

    @property
    def texts(self) -> tuple[str, str]:
        return joined(self.source), joined(self.target)


KINDS = (
    "wrong language",
    "truncated",
    "segment lost",
    "text added",
    "shifted",
    "unrelated",
    "words misordered",
    "sentences misordered",
    "mojibake",
    "boilerplate",
    "repetition",
    "untranslated",
    "half untranslated",
)
_BOILERPLATE = {
    "en": ("Read more", "Share this article", "Cookie settings", "All rights reserved"),
    "es": ("Leer más", "Compartir", "Aviso legal y cookies", "Todos los derechos reservados"),
    "fr": ("Lire la suite", "Partager", "Mentions légales", "Tous droits réservés"),
    "de": ("Weiterlesen", "Teilen", "Impressum und Datenschutz", "Alle Rechte vorbehalten"),
    "pt": ("Leia mais", "Compartilhar", "Política de cookies", "Todos os direitos reservados"),
    "ru": ("Читать далее", "Поделиться", "Все права защищены", "Политика конфиденциальности"),
    "zh": ("阅读更多", "分享本文", "版权所有", "隐私政策"),
    "it": ("Leggi tutto", "Condividi", "Informativa sui cookie", "Tutti i diritti riservati"),
}
_LEAST = 24  # letters of a side that a part is taken from


def joined(segments: Sequence[str]) -> str:
    return " ".join(segments)


def pieces(text: str) -> tuple[list[str], str]:
    """The words of a text, or its characters where no spaces part them, and what joins them."""
    words = text.split()
    if len(words) * 12 < len(text):
        return list(text), ""
    return words, " "


def without_end(parts: list[str]) -> tuple[list[str], str]:
    """The words without the marks that end the last one, which stay at the end of the text."""
    bare = parts[-1].rstrip(".!?…。！？।»”\"')")
    end = parts[-1][len(bare) :]
    return ([*parts[:-1], bare] if bare else parts[:-1]), end


def noised(
    kind: str,
    document: Sequence[Clean],
    k: int,
    others: Sequence[Clean],
    foreign: Sequence[str],
    chance: random.Random,
) -> tuple[str, str] | None:
    """Unit k of a document with that noise, None where the kind does not fit it.

    `others`: units of other works in the same languages; `foreign`: texts in other languages, at
    best translations of the unit's target.
    """
    unit = document[k]
    source, target = unit.texts
    side = chance.random() < 0.5  # True: the target
    texts = [source, target]
    one = texts[side]
    if kind == "wrong language":
        if not foreign:
            return None
        texts[1] = chance.choice(list(foreign))
    elif kind == "truncated":
        parts, glue = pieces(one)
        if len("".join(one.split())) < _LEAST or len(parts) < 5:
            return None
        keep = max(1, round(len(parts) * chance.uniform(0.3, 0.75)))
        texts[side] = glue.join(parts[:keep] if chance.random() < 0.7 else parts[-keep:])
    elif kind == "segment lost":
        segments = (unit.source, unit.target)[side]
        if len(segments) < 2:
            return None
        out = chance.randrange(len(segments))
        if len(segments[out].split()) < 3 and len(segments[out]) < 12:
            return None
        texts[side] = joined([*segments[:out], *segments[out + 1 :]])
    elif kind == "text added":
        place = k + chance.choice((-1, 1))
        if not 0 <= place < len(document):
            return None
        extra = document[place].texts[side]
        if len(extra) < _LEAST:
            return None
        texts[side] = joined([extra, one] if place < k else [one, extra])
    elif kind == "shifted":
        place = k + chance.choice((-1, 1))
        if not 0 <= place < len(document):
            return None
        texts[1] = document[place].texts[1]
    elif kind == "unrelated":
        if not others:
            return None
        near = sorted(
            chance.sample(list(others), min(20, len(others))),
            key=lambda other: abs(len(other.texts[1]) - len(target)),
        )
        texts[1] = near[0].texts[1]
    elif kind == "words misordered":
        parts, glue = pieces(one)
        if len(parts) < 5:
            return None
        parts, last = without_end(parts)
        chance.shuffle(parts)
        texts[side] = glue.join(parts) + last
    elif kind == "sentences misordered":
        parts, glue = pieces(one)
        if len(parts) < 8:
            return None
        parts, last = without_end(parts)
        cut = round(len(parts) * chance.uniform(0.35, 0.65))
        texts[side] = glue.join(parts[cut:] + parts[:cut]) + last
    elif kind == "mojibake":
        coded = one.encode("utf-8")
        if len(coded) - len(one) < 2:
            return None
        if chance.random() < 0.5:
            texts[side] = coded.decode("cp1252", "replace")
        else:
            texts[side] = one.encode("ascii", "replace").decode()
    elif kind == "boilerplate":
        lines = _BOILERPLATE.get(unit.langs[side].partition("-")[0])
        if lines is None:
            return None
        added = chance.sample(lines, chance.choice((2, 3)))
        glue = chance.choice((" | ", " · ", " "))
        texts[side] = glue.join([*added, one] if chance.random() < 0.5 else [one, *added])
    elif kind == "repetition":
        parts, glue = pieces(one)
        if len(parts) < 4:
            return None
        size = min(len(parts), chance.randint(2, 8))
        place = chance.randrange(len(parts) - size + 1)
        run = parts[place : place + size] * chance.randint(2, 5)
        texts[side] = glue.join(parts[:place] + run + parts[place + size :])
    elif kind == "untranslated":
        texts[not side] = one
    elif kind == "half untranslated":
        (a, glue), (b, other) = pieces(source), pieces(target)
        if len(a) < 6 or len(b) < 6:
            return None
        keep = round(len(b) * chance.uniform(0.4, 0.6))
        from_ = round(len(a) * keep / len(b))
        texts[1] = other.join(b[:keep]) + " " + glue.join(a[from_:])
    else:
        raise ValueError(kind)
    if not texts[0].strip() or not texts[1].strip() or tuple(texts) == (source, target):
        return None
    return texts[0], texts[1]
