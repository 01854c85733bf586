"""The user's SRX rules in this process: which lists apply, and line ends as tags."""

from __future__ import annotations

import itertools

import pytest

from aligner.model import SegmentError
from aligner.segmenting.srx import breaks_by

RULES = """<?xml version="1.0"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="yes"><formathandle type="start" include="no"/>
<formathandle type="end" include="yes"/><formathandle type="isolated" include="no"/></header>
<body><languagerules>
<languagerule languagerulename="English">
<rule break="no"><beforebreak>Mr\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
<rule break="yes"><beforebreak>[.?!]</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule>
<languagerule languagerulename="Tags">
<rule break="yes"><beforebreak>&lt;br[0-9]+/?&gt;</beforebreak><afterbreak>.</afterbreak></rule>
</languagerule>
</languagerules><maprules>
<languagemap languagepattern="en.*" languagerulename="English"/>
<languagemap languagepattern="de.*" languagerulename="Tags"/>
</maprules></body></srx>
"""


def pieces(lang: str, text: str) -> list[str]:
    (places,) = breaks_by(RULES.encode(), "mine.srx", lang, (), [text])
    cuts = [0, *places, len(text)]
    return [text[a:b].strip() for a, b in itertools.pairwise(cuts) if text[a:b].strip()]


def test_rules_and_their_exceptions() -> None:
    assert pieces("en-GB", "Mr. Fox came. He sat.") == ["Mr. Fox came.", "He sat."]


def test_rules_that_break_behind_the_tag_of_a_line_end_break_at_line_ends() -> None:
    assert pieces("de", "Eins. Zwei\nDrei") == ["Eins. Zwei", "Drei"]
    assert pieces("en", "One\ntwo") == ["One\ntwo"]


def test_a_language_that_the_file_does_not_map() -> None:
    with pytest.raises(
        SegmentError, match="no rule of this file breaks text in the language 'fr'"
    ) as caught:
        breaks_by(RULES.encode(), "mine.srx", "fr", (), ["Un. Deux."])
    assert "<maprules>" in caught.value.hint
    with pytest.raises(SegmentError, match="in the language 'und'"):
        breaks_by(RULES.encode(), "mine.srx", "", (), ["Un. Deux."])
