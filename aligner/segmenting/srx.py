"""The segmenter `srx`: our overlay, then the LanguageTool rules that choppa-srx carries.

Both are SRX 2.0 files and make one cascade: abbreviations of the user, overlay.srx, Moses prefixes
where LanguageTool knows nothing of a language, LanguageTool's lists. With `--srx FILE` the file
stands in the place of all of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from aligner.files.opening import open_source
from aligner.languages.rule_codes import spellings, two_letters
from aligner.model import InternalError, SegmentError
from aligner.segmenting.engine import Engine
from aligner.segmenting.options import SegmentOptions
from aligner.segmenting.prefixes import moses_rules, user_rules
from aligner.segmenting.rules import Rule, RuleSet, parse

__all__ = ["engine", "language_rules", "splitter"]

# LanguageTool's lists that know no language
_GENERAL = frozenset({"GeneralImportant", "Generic", "Default", "ByLineBreak", "ByTwoLineBreaks"})


def splitter(lang: str, options: SegmentOptions) -> Callable[[str], list[int]]:
    """Break places of a text in `lang` (BCP 47, "" = unknown) by SRX rules.

    Raises SegmentError, with file and line, where the user's files cannot be used.
    """
    extra = user_rules(options.abbreviations) if options.abbreviations is not None else ()
    if options.srx is None:
        return engine(two_letters(lang), spellings(lang), extra).breaks
    rules = _user_srx(options.srx).rules(spellings(lang))
    if not any(rule.breaks for rule in rules):
        raise SegmentError(
            f"no rule of this file breaks text in the language {lang or 'und'!r}",
            context=str(options.srx),
            hint="its <maprules> must map the language to a list with break rules",
        )
    return Engine((*extra, *rules)).breaks


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
    # found without importing choppa, whose import would load xmlschema (.16 s)
    spec = find_spec("choppa")
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        path = Path(folder, "data", "srx", "languagetool_segment.srx")
        if path.is_file():
            return parse(path.read_bytes(), path.name)
    raise InternalError(
        "the LanguageTool rules are not where choppa-srx keeps them",
        hint="pip install --force-reinstall choppa-srx",
    )


def _user_srx(path: Path) -> RuleSet:
    return parse(open_source(str(path)).data, str(path))
