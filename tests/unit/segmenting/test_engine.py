"""The SRX engine: semantics against the oracle choppa, work linear in the text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from aligner.languages.rule_codes import spellings
from aligner.model import SegmentError
from aligner.segmenting import srx
from aligner.segmenting.engine import CONTEXT, RUN, WINDOW, Engine, squeeze, windows
from aligner.segmenting.rules import Rule

LANGUAGES = ("es", "en", "fr", "de", "it", "pt", "ca", "gl", "zh", "ja", "ru", "ar", "el")
HOSTILE = {
    "one word": "a",
    "hyphens": "a-",
    "dots": ".",
    "signs": ".!",
    "brackets": "(",
    "open brackets with stops": "(a. ",
    "initials": "A. ",
    "dot leaders": ". ",
    "closed bracket, initials": "( )" + "A. " * 60,
    "long words": "a-" * 70 + " ",
    "words": "palabra ",
    "questions": "¿a: ",
    "numbered": "1. a 2. b ",
    "quotes": "«a». ",
    "no spaces": "我。",
}


def engine(lang: str) -> Engine:
    return Engine(srx.language_rules(lang, spellings(lang)))


def test_first_matching_rule_decides() -> None:
    stop = Rule(True, r"\.\s", "")
    exception = Rule(False, r"Dr\.\s", "")
    assert Engine([exception, stop]).breaks("Dr. No. Yes.") == [8]
    assert Engine([stop, exception]).breaks("Dr. No. Yes.") == [4, 8]


def test_a_rule_without_beforebreak_breaks_before_its_afterbreak() -> None:
    assert Engine([Rule(True, "", "#")]).breaks("a#b#c") == [1, 3]


def test_java_constructs() -> None:
    assert Engine([Rule(True, r"\Q.)\E\h", "")]).breaks("a.)\u00a0b") == [4]


def test_broken_pattern_names_its_rule() -> None:
    good, bad = Rule(False, "a", "", "f, line 3"), Rule(False, "(", "", "f, line 7")
    with pytest.raises(SegmentError, match="f, line 7"):
        Engine([good, bad, Rule(True, "x", "")])
    with pytest.raises(SegmentError, match="f, line 9"):
        Engine([Rule(True, "[", "", "f, line 9")])


@pytest.mark.parametrize(
    "size", [0, 1, WINDOW, WINDOW + CONTEXT, WINDOW + CONTEXT + 1, 10 * WINDOW]
)
def test_windows_tile_the_text(size: int) -> None:
    place = 0
    for first, start, stop, last in windows(size):
        assert start == place
        assert first <= max(0, start - CONTEXT)
        assert last == min(size, stop + CONTEXT)
        assert last - first <= WINDOW + 3 * CONTEXT
        place = stop
    assert place == size


def test_windows_change_nothing_in_prose() -> None:
    sentence = (
        "El Sr. Cuadra salió tarde (no dijo por qué). «¿Qué pasó?», preguntó la Dra. Ruiz. Nada. "
    )
    text = sentence * 100
    # the same sentence as a paragraph of its own
    alone = engine("es").breaks(sentence)
    expected = [
        place
        for copy in range(100)
        for place in [*(len(sentence) * copy + p for p in alone), len(sentence) * (copy + 1)]
    ]
    assert engine("es").breaks(text) == expected[:-1]


def test_squeeze_keeps_the_ends_of_long_runs() -> None:
    text = "a. " + "x" * 1000 + ". B. " + "." * 1000 + " C"
    short, places = squeeze(text)
    assert len(short) <= len(text) - 2 * (1000 - RUN) + 2
    assert len(places) == 2
    assert squeeze("short words only") == ("short words only", ())
    cuts = Engine([Rule(True, r"\.\s", "")]).breaks(text)
    assert [text[c - 2 : c] for c in cuts] == [". ", ". ", ". ", ". "]


@pytest.mark.parametrize("name", HOSTILE)
def test_work_is_linear(name: str) -> None:
    unit = HOSTILE[name]
    spanish = engine("es")
    seen, seconds = [], []
    for size in (12_000, 48_000):
        text = (unit * (size // len(unit) + 1))[:size]
        spanish.characters = 0
        begin = time.process_time()
        spanish.breaks(text)
        seconds.append(time.process_time() - begin)
        seen.append(spanish.characters)
    # work handed to the patterns: at most two looks at a character, whatever the text
    assert seen[1] <= 2 * 48_000
    assert seen[1] <= 4.5 * seen[0] + WINDOW
    # four times the text: 4 if linear, 16 if quadratic; the constant is for the clock
    assert seconds[1] <= 9 * seconds[0] + 0.05


def merged_choppa(lang: str, text: str) -> list[str]:
    """Choppa with the same rules in the same order."""
    choppa = pytest.importorskip("choppa")
    overlay = choppa.SrxDocument(ruleset=Path(srx.__file__).with_name("overlay.srx"))
    theirs = choppa.SrxDocument(ruleset=choppa.DEFAULT_SRX_RULESET)
    both = choppa.SrxDocument()
    for entry in [*overlay.language_map_list, *theirs.language_map_list]:
        both.add_language_map(entry.language_pattern.pattern, entry.language_rule)
    # its default look-behind of 100 is shorter than ours
    return list(choppa.SrxTextIterator(both, lang, text, max_lookbehind_construct_length=400))


def cut(text: str, places: list[int]) -> list[str]:
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_same_segments_as_choppa(lang: str) -> None:
    from tests.unit.segmenting.test_languages_cases import CASES

    joint = "" if lang in ("zh", "ja") else " "
    for case in CASES[lang]:
        text = joint.join(case.split("|"))
        assert cut(text, engine(lang).breaks(text)) == merged_choppa(lang, text)
    whole = joint.join(joint.join(case.split("|")) for case in CASES[lang][:8])
    assert cut(whole, engine(lang).breaks(whole)) == merged_choppa(lang, whole)
