"""The segmenter `srx`: our overlay, then the LanguageTool rules that choppa-srx carries.

Both are SRX 2.0 files and make one cascade: abbreviations of the user, overlay.srx, Moses prefixes
where LanguageTool knows nothing of a language, LanguageTool's lists. With `--srx FILE` the file
stands in the place of all of ours; its patterns are somebody else's, which may take for ever or all
memory, so that a process under limits works with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from aligner.files.opening import open_source
from aligner.files.supplied import DataFile
from aligner.languages.rule_codes import spellings, two_letters
from aligner.model import Limits, SegmentError
from aligner.runtime.bounded import Work, bounded
from aligner.segmenting.engine import Engine
from aligner.segmenting.options import SegmentOptions
from aligner.segmenting.prefixes import moses_rules, user_rules
from aligner.segmenting.rules import Rule, RuleSet, parse

__all__ = ["LANGUAGETOOL", "engine", "language_rules", "splitter"]

LANGUAGETOOL = DataFile(
    "choppa",
    "data/srx/languagetool_segment.srx",
    "choppa-srx==1.0.0",
    "7be2fa8a4184651faf00f7127c075eb5865272d0a97c088cc958b2f7348ff657",
)
# a line end as OmegaT's rules know it, by the tag that stands for it; and where they break after it
_TAGGED, _LINE_TAG = "a<br0>b", 6
_USUAL = Limits(60.0, 400_000_000)
# LanguageTool's lists that know no language
_GENERAL = frozenset({"GeneralImportant", "Generic", "Default", "ByLineBreak", "ByTwoLineBreaks"})


def splitter(lang: str, options: SegmentOptions) -> Callable[[Sequence[str]], list[list[int]]]:
    """Break places of texts in `lang` (BCP 47, "" = unknown) by SRX rules.

    Raises ReadError and SegmentError, with file and line, where the user's files cannot be used;
    rules of the user when texts are given.
    """
    extra = user_rules(Path(options.abbreviations)) if options.abbreviations is not None else ()
    if options.srx is not None:
        return _by_user_rules(Path(options.srx), lang, extra, options.limits)
    ours = engine(two_letters(lang), spellings(lang), extra)
    return lambda texts: [ours.breaks(text) for text in texts]


def _by_user_rules(
    path: Path, lang: str, extra: tuple[Rule, ...], limits: Limits
) -> Callable[[Sequence[str]], list[list[int]]]:
    name = str(path)
    data = open_source(name).data

    def breaks(texts: Sequence[str]) -> list[list[int]]:
        work = Work(name, "segmenting by these rules", _USUAL, len(data) + sum(map(len, texts)))
        places: list[list[int]] = bounded(
            "aligner.segmenting.srx:breaks_by",
            data,
            name,
            lang,
            extra,
            list(texts),
            work=work,
            limits=limits,
            error=SegmentError,
        )
        return places

    return breaks


def breaks_by(
    data: bytes, name: str, lang: str, extra: tuple[Rule, ...], texts: Sequence[str]
) -> list[list[int]]:
    """The break places of each text by the SRX file `data`, in this process.

    Raises SegmentError where the rules cannot be used or none breaks text in this language.
    """
    rules = parse(data, name).rules(spellings(lang))
    if not any(rule.breaks for rule in rules):
        raise SegmentError(
            f"no rule of this file breaks text in the language {lang or 'und'!r}",
            context=name,
            hint="its <maprules> must map the language to a list with break rules",
        )
    user = Engine((*extra, *rules))
    if _LINE_TAG in user.breaks(_TAGGED):
        return [sorted({*user.breaks(text), *_line_ends(text)}) for text in texts]
    return [user.breaks(text) for text in texts]


def _line_ends(text: str) -> list[int]:
    return [at for at, character in enumerate(text) if character == "\n" and at]


@lru_cache(maxsize=32)
def engine(language: str, codes: tuple[str, ...], extra: tuple[Rule, ...] = ()) -> Engine:
    """The compiled rules of a language, `extra` before ours; made once."""
    return Engine((*extra, *language_rules(language, codes)))


def language_rules(language: str, codes: tuple[str, ...]) -> tuple[Rule, ...]:
    """Our rules for a language in the order in which they are tried."""
    ours, theirs = _overlay().rules(codes), _languagetool().rules(codes)
    if set(_languagetool().names(codes)) - _GENERAL:
        return (*ours, *theirs)
    return (*ours, *moses_rules(language), *theirs, *_overlay().lists["Fallback"])


@lru_cache(maxsize=1)
def _overlay() -> RuleSet:
    path = Path(__file__).with_name("overlay.srx")
    return parse(path.read_bytes(), path.name)


@lru_cache(maxsize=1)
def _languagetool() -> RuleSet:
    path = LANGUAGETOOL.locate()
    data = path.read_bytes()
    LANGUAGETOOL.check(path, data)
    return parse(data, path.name)
