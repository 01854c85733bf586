"""How likely a finding is a real difference, and how severe it therefore is.

Each check has a confidence of its own, which says little across checks and nothing of published
translations. `judgement.json` (scripts/calibrate_findings.py) turns it into the probability that a
reader of both texts calls the finding real: a logistic regression over all checks together, with
weights that all of them share and deviations of each. There are two, for what is right as often in one
kind of input is not in the other:

- `document`: running text, where most findings are translators' liberties. It learned from findings on
  published translations that were read side by side.
- `pairs`: rows that stand by themselves (tables, memories), of which somebody suspects errors. It learned
  from the edited pairs of the benchmark.

Which of them is asked is one of INPUTS (`running.input_of`): "document" and "pairs" ask their own. "errors" is a text
that has several figures or speakers wrong, as no published translation has that was judged: what else looks like
an error in it is one as often as in `pairs`. "short" is a text of few pairs, in which nobody can tell: as sure as
in a document, shown where `pairs` would show it.

Severity follows from the kind and the probability: what the check holds for critical stays so only
from `critical` on, for major from `major` on; under the least of its code a finding is a note.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from aligner.checks.common.codes import CHECK_CODES
from aligner.checks.common.hits import SEVERITIES, Hit
from aligner.checks.common.tokens import base
from aligner.files.shipped import shipped_json

__all__ = ["INPUTS", "JUDGED", "Judgement", "Setting", "judged", "judgement_signs"]

INPUTS = ("document", "short", "errors", "pairs")
_LEARNED = ("document", "pairs")
# the signs of a finding, in the order of the weights
JUDGED = (
    *("bias", "own", "both", "length", "ratio", "evidence", "grave", "unmeasured", "doubt"),
    *("lone", "mass", "display"),
)
_MEASURED = frozenset(("en",))  # translations that the models of the checks were trained on
_SURE = 0.005  # confidences are kept away from 0 and 1


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a finding stands: in which of INPUTS, and whether in a heading, caption or cell, which are
    translated more freely.
    """

    input: str = "pairs"
    display: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """`shared` weights of JUDGED, `codes` each check's deviations from them; `least` the probability
    under which a finding of a code is a note, `plain` that of codes without one; `major`, `critical` the
    probabilities that severities ask for.
    """

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    shared: tuple[float, ...]
    codes: Mapping[str, tuple[float, ...]]
    least: Mapping[str, float]
    plain: float
    major: float
    critical: float

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Judgement:
        """One of the two that `judgement.json` holds."""
        return cls(
            tuple(kept["mean"]),
            tuple(kept["scale"]),
            tuple(kept["shared"]),
            {code: tuple(values) for code, values in kept["codes"].items()},
            kept["least"],
            kept["plain"],
            kept["major"],
            kept["critical"],
        )

    def probability(self, code: str, signs: tuple[float, ...]) -> float:
        """That a finding with these signs is real, 0-1; a sign that is not known (NaN) says nothing."""
        own = self.codes.get(code, (0.0,) * len(JUDGED))
        total = sum(
            (a + b) * (x - m) / s
            for a, b, x, m, s in zip(self.shared, own, signs, self.mean, self.scale, strict=True)
            if not math.isnan(x)
        )
        return 1 / (1 + math.exp(-total))

    def severity(self, code: str, severity: str, probability: float) -> str:
        """That of the kind, lowered to what the probability bears."""
        if severity == "note" or probability < self.least.get(code, self.plain):
            return "note"
        borne = (
            "critical"
            if probability >= self.critical
            else "major"
            if probability >= self.major
            else "minor"
        )
        return min(severity, borne, key=SEVERITIES.index)


def judgement_signs(
    hit: Hit, texts: tuple[str, str], target_lang: str, setting: Setting
) -> tuple[float, ...]:
    """The signs of JUDGED: the check's own confidence in nats, evidence on both sides, the words of
    both texts and of the evidence, how far apart their lengths are, the check's own severity, a translation
    into a language that the checks were not trained on, what speaks against the finding, what of the
    evidence has no partner (see `partners.py`), and the setting. NaN: not known.
    """
    spans = (hit.source, hit.target)
    words = [len(text.split()) for text in texts]
    evidence = sum(
        len(text[a:b].split()) for text, side in zip(texts, spans, strict=True) for a, b in side
    )
    return (
        1.0,
        _nats(hit.confidence),
        float(bool(spans[0]) and bool(spans[1])),
        math.log1p(sum(words)),
        abs(math.log((words[1] + 3) / (words[0] + 3))) if all(words) else 0.0,
        math.log1p(evidence),
        float(hit.severity in ("major", "critical")),
        float(base(target_lang) not in _MEASURED),
        hit.doubt,
        math.nan if hit.lone is None else hit.lone,
        math.nan if hit.mass is None else hit.mass,
        float(setting.display),
    )


def _nats(chance: float) -> float:
    sure = min(1 - _SURE, max(_SURE, chance))
    return math.log(sure / (1 - sure))


def judged(hit: Hit, texts: tuple[str, str], target_lang: str, setting: Setting) -> Hit:
    """The hit with the calibrated probability and the severity that follows from it."""
    pairs = _judgements()["pairs"]
    judgement = _judgements()["document"] if setting.input in ("document", "short") else pairs
    if hit.code not in judgement.codes:
        return hit  # nobody judged such findings, or a glossary asks for them
    signs = judgement_signs(hit, texts, target_lang, setting)
    probability = judgement.probability(hit.code, signs)
    severity = judgement.severity(hit.code, hit.severity, probability)
    if setting.input == "short" and severity == "note" and hit.code in pairs.codes:
        shown = pairs.severity(hit.code, hit.severity, pairs.probability(hit.code, signs))
        severity = min(shown, "minor", key=SEVERITIES.index)
    if CHECK_CODES[hit.code].on_request:
        severity = hit.severity  # who asks for them wants to see them
    return replace(hit, confidence=probability, severity=severity)


@lru_cache(maxsize=1)
def _judgements() -> dict[str, Judgement]:
    stored = shipped_json(
        "aligner.checks.common", "judgement.json", "scripts/calibrate_findings.py"
    )
    return {name: Judgement.of(stored[name]) for name in _LEARNED}
