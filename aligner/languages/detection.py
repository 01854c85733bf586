"""Which language a text is in, offline.

fastText's lid.176.ftz (176 languages, 0.9 MB; CC BY-SA 3.0, see NOTICE) lies beside this module and
is read by `classifier`. py3langid was as good on documents but answers from 97 languages only.
Believe it for a text of some sentences, not for four words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from aligner.languages.names import DETECTED
from aligner.model import ModelError

if TYPE_CHECKING:
    from aligner.languages.classifier import Classifier

__all__ = ["detect_language", "detect_phrase", "detect_phrases", "is_detectable"]

_SAMPLE = 20_000  # characters; more changes nothing
_PHRASE = 80  # characters of a sentence that say what it is in
_MODEL = "lid.176.ftz"
_SAME = {"wuu": "zh", "arz": "ar", "iw": "he", "als": "gsw"}  # Wikipedia codes, near dialects


def detect_language(text: str) -> tuple[str, float]:
    """(BCP 47 language, probability 0-1) of `text`; ("", 0.0) where it holds no letters.

    Raises ModelError where the model file is missing or damaged.
    """
    sample = " ".join(text[:_SAMPLE].split())
    if not any(character.isalpha() for character in sample):
        return "", 0.0
    lang, probability = _detected(sample)
    return _SAME.get(lang, lang), probability


@lru_cache(maxsize=4096)
def detect_phrase(text: str) -> tuple[str, float]:
    """(label of the model, probability 0-1) of a phrase or sentence, by its first 80 characters.

    Capitals are lowered where most letters of the alphabet of English are capitals: the model takes
    such text for Japanese. ("", 0.0) for nothing. Raises ModelError as `detect_language`.
    """
    return detect_phrases([text])[0]


def detect_phrases(texts: Sequence[str]) -> list[tuple[str, float]]:
    """`detect_phrase` of several texts, at half the cost."""
    labels = _model().predict_many([_phrase(text) for text in texts])
    return [(lang, min(probability, 1.0)) for lang, probability in labels]


def _phrase(text: str) -> str:
    sample = text[:_PHRASE]
    basic = [letter for letter in sample if letter.isascii() and letter.isalpha()]
    capitals = sum(letter.isupper() for letter in basic)
    if sample.isupper() or (capitals > 0.8 * len(basic) and len(sample) > 5):
        sample = sample.lower()
    return _legal(sample)


def _detected(sample: str) -> tuple[str, float]:
    lang, probability = _model().predict(_legal(sample))
    return lang, min(probability, 1.0)


def is_detectable(lang: str) -> bool:
    """Whether `detect_language` could find this language (BCP 47) at all."""
    return lang.partition("-")[0].lower() in DETECTED


def _legal(sample: str) -> str:
    """Without halves of surrogate pairs."""
    return sample.encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=1)
def _model() -> Classifier:
    from aligner.languages.classifier import Classifier

    try:
        return Classifier(resources.files(__package__).joinpath(_MODEL).read_bytes())
    except (OSError, ValueError) as error:
        raise ModelError(
            f"the model for language detection cannot be used: {error}",
            context=_MODEL,
            hint="install aligner again, or name the languages with -s and -t",
        ) from error
