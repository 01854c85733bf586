"""The segmenter `sentencex`: a Rust library for some 240 languages, very fast, less exact.

It keeps all white space, so that offsets follow from lengths. It knows neither `--srx` nor
`--abbreviations`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

import sentencex

from aligner.languages.rule_codes import two_letters
from aligner.model import UsageError
from aligner.segmenting.options import SegmentOptions

__all__ = ["splitter"]


def splitter(lang: str, options: SegmentOptions) -> Callable[[Sequence[str]], list[list[int]]]:
    """Break places by sentencex. Raises UsageError where rules of the user are given as well."""
    if options.srx is not None or options.abbreviations is not None:
        raise UsageError(
            "segmenter 'sentencex' takes neither SRX rules nor abbreviations",
            hint="leave out --segmenter, or leave out --srx and --abbreviations",
        )
    code = two_letters(lang) or "en"

    def breaks(texts: Sequence[str]) -> list[list[int]]:
        return [
            list(accumulate(len(piece) for piece in sentencex.segment(code, text)))[:-1]
            for text in texts
        ]

    return breaks
