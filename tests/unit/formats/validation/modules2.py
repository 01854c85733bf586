"""Modules of XLIFF 2 broken, one sentence at a time; and what may look wrong in a file, but is right."""

from __future__ import annotations

from tests.unit.formats.validation.parts2 import (
    DATA,
    FIRST,
    ITEM,
    ITS_ON,
    NEXT,
    PAIR,
    PLAIN,
    PROFILES,
    S1,
    changes,
    document,
    glossary,
    match,
    one,
    resource,
    rule,
    s,
    sized,
    u,
)

__all__ = ["KEPT", "MODULES_BROKEN"]

MODULES_BROKEN: list[tuple[str, str, str]] = [
    ("candidate of the unit itself", "F601", match(PAIR, 'ref="#u=u1"')),
    ("language of a candidate", "F601", match(PAIR, 'ref="#s1" xml:lang="es"')),
    ("candidate that points out", "F501", match(PAIR, 'ref="s1"')),
    ("subType of a candidate", "F601", match(PAIR, 'ref="#s1" subType="own:x"')),
    ("language of a candidate", "F601", match(PAIR.replace("<target>", '<target xml:lang="fr">'))),
    (
        "term without more",
        "F602",
        glossary("<gls:glossEntry><gls:term>a</gls:term></gls:glossEntry>"),
    ),
    (
        "entry of nothing",
        "F602",
        glossary(
            '<gls:glossEntry ref="#9"><gls:term>a</gls:term><gls:definition>b</gls:definition></gls:glossEntry>'
        ),
    ),
    ("style that HTML has not", "F603", document(u(S1, ' fs:fs="paragraph"'))),
    ("subFs alone", "F603", document(u(S1, ' fs:subFs="a,b"'))),
    ("style of an end", "F603", one('<sc id="1"/>a<ec startRef="1" fs:fs="b"/>')),
    ("resource without a type", "F605", resource('<res:source href="a.png"/>', "")),
    ("resource twice over", "F605", resource('<res:source href="a.png"><own:a/></res:source>')),
    ("language of a resource", "F605", resource('<res:source href="a.png" xml:lang="fr"/>')),
    ("two sizes", "F606", sized(' slr:sizeInfo="1" slr:sizeInfoRef="x"')),
    ("size in words", "F606", sized(' slr:sizeRestriction="ninety"')),
    (
        "size of an end",
        "F606",
        document(PROFILES + u(s('<sc id="1"/>a<ec startRef="1" slr:equivStorage="3"/>'))),
    ),
    ("size kept nowhere", "F606", sized(' slr:sizeInfoRef="x"')),
    ("rule without a test", "F607", rule('caseSensitive="no"')),
    ("rule of two tests", "F607", rule('isPresent="a" startsWith="b"')),
    ("rule of a test and one's own", "F607", rule('isPresent="a" own:x="b"')),
    ("occurs", "F607", rule('endsWith="a" occurs="2"')),
    ("existsInSource", "F607", rule('isNotPresent="a" existsInSource="yes"')),
    (
        "current version",
        "F608",
        changes(
            f'<ctr:revisions appliesTo="note" ref="n1" currentVersion="r9">{ITEM}</ctr:revisions>'
        ),
    ),
    (
        "changes of nothing",
        "F608",
        changes(f'<ctr:revisions appliesTo="note" ref="n9">{ITEM}</ctr:revisions>'),
    ),
    (
        "changes of which note",
        "F608",
        changes(f'<ctr:revisions appliesTo="note">{ITEM}</ctr:revisions>'),
    ),
    (
        "attribute that it has not",
        "F608",
        changes(
            f'<ctr:revisions appliesTo="note" ref="n2">{ITEM.replace("content", "category")}</ctr:revisions>'
        ),
    ),
    ("ITS without version", "F609", one('<mrk id="1" type="its:generic" its:person="A">a</mrk>')),
    (
        "analysis without source",
        "F609",
        document(u(s('<mrk id="1" type="its:generic" its:taIdent="A">a</mrk>')), more=ITS_ON),
    ),
    (
        "two ratings",
        "F609",
        document(
            u(
                s(
                    '<mrk id="1" type="its:generic" its:locQualityRatingScore="1" its:locQualityRatingVote="1">a</mrk>'
                )
            ),
            more=ITS_ON,
        ),
    ),
    (
        "threshold of nothing",
        "F609",
        document(u(S1, ' its:locQualityRatingVoteThreshold="3"'), more=ITS_ON),
    ),
    ("annotator without category", "F609", document(u(S1, ' its:annotatorsRef="me"'), more=ITS_ON)),
    (
        "annotator twice",
        "F609",
        document(u(S1, ' its:annotatorsRef="term|a mt-confidence|b mt-confidence|c"'), more=ITS_ON),
    ),
    (
        "record of nobody",
        "F609",
        document(
            u(
                '<its:provenanceRecords xml:id="p"><its:provenanceRecord/></its:provenanceRecords>'
                + S1
            ),
            more=ITS_ON,
        ),
    ),
    (
        "issue without words",
        "F609",
        document(
            u(
                '<its:locQualityIssues xml:id="q"><its:locQualityIssue/></its:locQualityIssues>'
                + S1
            ),
            more=ITS_ON,
        ),
    ),
    (
        "issues that are not there",
        "F609",
        document(
            u(s('<mrk id="1" type="its:generic" its:locQualityIssuesRef="#its=q">a</mrk>')),
            more=ITS_ON,
        ),
    ),
    ("value of ITS", "F014", document(u(S1, ' its:mtConfidence="7"'), more=ITS_ON)),
    ("target of a resource", "F615", resource('<res:target href="a.png" xml:lang="fr"/>')),
    (
        "resource of nothing",
        "F615",
        document(u('<res:resourceData><res:resourceItemRef ref="r9"/></res:resourceData>' + S1)),
    ),
    ("size of no profile", "F616", sized(' slr:sizeInfo="1"', "")),
]

# what may look wrong and is right
KEPT: list[tuple[str, str]] = [
    (
        "span over segments",
        document(
            u(
                s('<sc id="1"/>One.', '<sc id="1"/>Uno.')
                + s('Two.<ec startRef="1"/>', 'Dos.<ec startRef="1"/>')
            )
        ),
    ),
    (
        "mark over segments",
        document(u(s('<sm id="1" translate="no"/>One.') + s('Two.<em startRef="1"/>'))),
    ),
    (
        "span half translated",
        document(u(s('<sc id="1"/>One.', '<sc id="1"/>Uno.') + s('Two.<ec startRef="1"/>'))),
    ),
    ("span and two codes", one('<pc id="1">a</pc>', '<sc id="1"/>b<ec startRef="1"/>')),
    ("white space that is not translated", document(u(s(" "), ' translate="no"'))),
    (
        "a group that is not translated",
        document('<group id="g" translate="no">' + u(s("")) + "</group>"),
    ),
    ("line breaks of the text", one("First.\nSecond.\n\n  code", "Uno.\nDos.\n\n  código")),
    ("line break at the end", one("First.\n", "Uno.\n")),
    ("white space kept", document(u(s("\n  a\n  ", "\n  b\n  "), ' xml:space="preserve"'))),
    ("region of the source", one("a").replace("<source>", '<source xml:lang="en-GB">')),
    (
        "order of targets",
        document(
            u(
                s("a", "b").replace("<target>", '<target order="2">')
                + s("c", "d").replace("<target>", '<target order="1">')
            )
        ),
    ),
    ("same ids in two scopes", document('<own:a id="1"/>' + u('<own:a id="1"/>' + S1))),
    (
        "sequence kept",
        one(
            f'<ph id="1" {FIRST}/><ph id="2" {NEXT}/> a <ph id="3"/>',
            f'<ph id="3"/> b <ph id="1" {FIRST}/><ph id="2" {NEXT}/>',
        ),
    ),
    ("sequence of a pair", one(f'<sc id="1" {FIRST}/>a<ph id="2"/><ec startRef="1" {NEXT}/>')),
    (
        "comment in a note",
        one(
            '<mrk id="1" type="comment" ref="#n=n1">a</mrk>',
            None,
            '<notes><note id="n1">x</note></notes>',
        ),
    ),
    (
        "comment by its whole path",
        one(
            '<mrk id="1" type="comment" ref="#/f=f1/u=u1/n=n1">a</mrk>',
            None,
            '<notes><note id="n1">x</note></notes>',
        ),
    ),
    ("copy of a code without data", one('<ph id="1"/>a<ph id="2" copyOf="1"/>')),
    ("term of its own unit", one('<mrk id="1" type="term" ref="#2">a</mrk><ph id="2"/>')),
    ("term elsewhere", one('<mrk id="1" type="term" ref="https://example.org/a#b">a</mrk>')),
    (
        "term of another unit",
        document(
            u(s('<mrk id="1" type="term" ref="#u=u2/gls=g1">a</mrk>'))
            + u(
                '<gls:glossary><gls:glossEntry id="g1"><gls:term>a</gls:term><gls:definition>b</gls:definition></gls:glossEntry></gls:glossary>'
                + S1,
                "",
                "u2",
            )
        ),
    ),
    (
        "candidate",
        match(
            PAIR, 'id="m" ref="#s1" type="tm" subType="own:x" matchQuality="100.0" similarity="0"'
        ),
    ),
    (
        "candidate in a third language",
        match(PAIR.replace("<target>", '<target xml:lang="fr">'), 'ref="#s1" reference="yes"'),
    ),
    (
        "data of a candidate",
        match(f'{DATA}<source><ph id="1" dataRef="d1"/></source><target>b</target>'),
    ),
    (
        "isolated codes",
        one('a<ec id="1" isolated="yes" dir="ltr" fs:fs="b"/>b<sc id="2" isolated="yes"/>'),
    ),
    ("control character", one('a<cp hex="001A"/>')),
    (
        "resources",
        document(
            '<res:resourceData><res:resourceItem id="r1"><res:source><own:a/></res:source></res:resourceItem></res:resourceData>'
            + u('<res:resourceData><res:resourceItemRef ref="r1"/></res:resourceData>' + S1)
        ),
    ),
    ("sizes", sized(' slr:sizeRestriction="25,*" slr:storageRestriction="255"')),
    (
        "size in data",
        document(
            PROFILES
            + '<slr:data profile="xliff:codepoints"><own:a id="x"/></slr:data>'
            + u(S1, ' slr:sizeInfoRef="x"')
        ),
    ),
    ("rule", rule('isPresent="a" occurs="2" existsInSource="yes"')),
    ("rule of one's own", rule('own:x="b"')),
    (
        "changes",
        changes(
            f'<ctr:revisions appliesTo="note" ref="n1" currentVersion="r1">{ITEM}</ctr:revisions>'
        ),
    ),
    (
        "ITS",
        document(
            u(
                '<its:locQualityIssues xml:id="q"><its:locQualityIssue locQualityIssueType="grammar"/></its:locQualityIssues>'
                + s(
                    '<mrk id="1" type="its:generic" its:locQualityIssuesRef="#its=q" its:taIdent="A" its:taSource="B">a</mrk>'
                ),
                ' itsm:domains="law"',
            ),
            more=ITS_ON,
        ),
    ),
    (
        "2.2",
        document(PLAIN, version="2.2")
        .replace("document:2.0", "document:2.2")
        .replace('<file id="f1">', '<notes><note id="a" ref="#b">x</note></notes><file id="f1">'),
    ),
]
