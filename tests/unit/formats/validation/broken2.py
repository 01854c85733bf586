"""One sentence of the core of XLIFF 2 broken at a time: (name, code, file)."""

from __future__ import annotations

from tests.unit.formats.validation.parts2 import (
    DATA,
    FIRST,
    NEXT,
    PAIR,
    PLAIN,
    ROOT,
    S1,
    document,
    match,
    one,
    s,
    u,
)

__all__ = ["BROKEN"]

BROKEN: list[tuple[str, str, str]] = [
    # tables
    ("another root", "F001", f'<xlf {ROOT} version="2.1" srcLang="en"/>'),
    (
        "no namespace",
        "F002",
        '<xliff version="2.1" srcLang="en"><file id="f">' + u(S1) + "</file></xliff>",
    ),
    (
        "a namespace that there is not",
        "F002",
        document(PLAIN).replace("document:2.0", "document:2.1"),
    ),
    ("2.2 in the old namespace", "F002", document(PLAIN, version="2.2")),
    ("element of 1.2", "F010", document("<trans-unit/>" + PLAIN)),
    ("notes after segments", "F010", document(u(S1 + "<notes><note>x</note></notes>"))),
    (
        "extension in a segment",
        "F010",
        document(u("<segment><source>a</source><own:x/></segment>")),
    ),
    ("extension after the files", "F010", document(PLAIN).replace("</file>", "</file><own:x/>")),
    ("no id", "F011", document(PLAIN.replace(' id="u1"', ""))),
    ("text beside segments", "F012", document(u(S1 + "lost"))),
    ("attribute of 1.2", "F013", one("a", None, "", ' approved="yes"')),
    ("extension on a code", "F013", one('<ph id="1" own:x="y"/>')),
    ("extension on a source", "F013", one("a").replace("<source>", '<source own:x="y">')),
    ("xml:lang on a mark", "F013", one('<mrk id="1" type="term" xml:lang="en">a</mrk>')),
    ("unknown attribute of a module", "F013", document(u(S1, ' fs:shade="x"'))),
    ("id with a slash", "F014", document(PLAIN.replace('"u1"', '"u/1"'))),
    ("yes or no", "F014", document(u(S1, ' translate="maybe"'))),
    ("no file", "F015", f'<xliff {ROOT} version="2.1" srcLang="en"/>'),
    ("no unit", "F015", document("")),
    ("notes without a note", "F015", document(u("<notes/>" + S1))),
    ("metadata without a group", "F015", document("<mda:metadata/>" + PLAIN)),
    ("glossary on a file", "F016", document("<gls:glossary/>" + PLAIN)),
    (
        "two lists of candidates",
        "F016",
        match(PAIR).replace(
            "</mtc:matches>",
            "</mtc:matches><mtc:matches><mtc:match ref='#s1'>"
            + PAIR
            + "</mtc:match></mtc:matches>",
        ),
    ),
    ("size on a note", "F016", document(u('<notes><note slr:sizeInfo="1">x</note></notes>' + S1))),
    ("version", "F101", document(PLAIN, version="2.7")),
    ("source language", "F102", document(PLAIN).replace('srcLang="en"', 'srcLang="en_GB"')),
    ("language of a text", "F103", one("a").replace("<source>", '<source xml:lang="e n">')),
    # structure
    ("source in another language", "F104", one("a").replace("<source>", '<source xml:lang="fr">')),
    ("language from above", "F104", document(u(s("a", "b"), ' xml:lang="fr"'))),
    ("no target language", "F105", document(PLAIN, target="")),
    ("unit twice", "F201", document(PLAIN + PLAIN)),
    ("group twice", "F201", document('<group id="g"/><group id="g"/>' + PLAIN)),
    (
        "note twice",
        "F201",
        document(u('<notes><note id="n">a</note><note id="n">b</note></notes>' + S1)),
    ),
    ("segment and code", "F201", one('<ph id="s"/>', None, "", ' id="s"')),
    ("codes of two segments", "F201", document(u(s('<ph id="1"/>') + s('<ph id="1"/>')))),
    (
        "candidate twice",
        "F201",
        document(
            u(
                "<mtc:matches>"
                + f'<mtc:match id="m" ref="#s1">{PAIR}</mtc:match>' * 2
                + "</mtc:matches>"
                + S1
            )
        ),
    ),
    (
        "metadata and group",
        "F201",
        document(
            '<mda:metadata id="m"><mda:metaGroup id="m"><mda:meta type="t">x</mda:meta></mda:metaGroup></mda:metadata>'
            + PLAIN
        ),
    ),
    ("nothing but ignorables", "F202", document(u("<ignorable><source> </source></ignorable>"))),
    ("no source", "F203", document(u("<segment><target>a</target></segment>"))),
    (
        "second target",
        "F204",
        document(u(s("a", "b").replace("</segment>", "<target>c</target></segment>"))),
    ),
    ("state", "F205", one("a", "b", "", ' state="done"')),
    ("subState alone", "F205", one("a", "b", "", ' subState="own:x"')),
    ("state without target", "F206", one("a", None, "", ' state="reviewed"')),
    (
        "source after target",
        "F207",
        document(u("<segment><target>b</target><source>a</source></segment>")),
    ),
    ("empty skeleton", "F208", document("<skeleton/>" + PLAIN)),
    ("skeleton twice over", "F208", document('<skeleton href="a.skl">x</skeleton>' + PLAIN)),
    (
        "order twice",
        "F209",
        document(u(s("a", "b").replace("<target>", '<target order="2">') + s("c", "d"))),
    ),
    ("order too high", "F209", document(u(s("a", "b").replace("<target>", '<target order="4">')))),
    ("ids of an extension", "F210", document(u('<own:a id="1"/><own:b xml:id="1"/>' + S1))),
    ("nothing in it", "F301", one("")),
    ("indented", "F302", one("\n    Wind.\n  ")),
    (
        "space kept on one side",
        "F303",
        one("a", "b").replace("<source>", '<source xml:space="preserve">'),
    ),
    # codes
    (
        "another element in the target",
        "F401",
        one('a<ph id="1"/>', '<mrk id="1" translate="no">b</mrk>'),
    ),
    ("start without end", "F402", one('a<sc id="1"/>b')),
    ("isolated with its end", "F402", one('<sc id="1" isolated="yes"/>a<ec startRef="1"/>')),
    ("end without start", "F403", one('a<ec startRef="1"/>')),
    ("end before start", "F403", one('<ec startRef="1"/>a<sc id="1"/>')),
    ("no such data", "F404", one('<ph id="1" dataRef="d2"/>', None, DATA)),
    (
        "no such data of a candidate",
        "F404",
        match('<source><ph id="1" dataRef="d1"/></source><target>b</target>'),
    ),
    ("end with an id", "F405", one('<sc id="1"/>a<ec id="2" startRef="1"/>')),
    ("isolated end without id", "F405", one('a<ec isolated="yes"/>')),
    ("direction of an end", "F405", one('<sc id="1"/>a<ec startRef="1" dir="ltr"/>')),
    ("hints of a pair", "F406", one('<sc id="1" canCopy="no"/>a<ec startRef="1"/>')),
    (
        "order of a pair",
        "F406",
        one(f'<sc id="1" {FIRST}/>a<ec startRef="1" canCopy="no" canDelete="no"/>'),
    ),
    ("mark without end", "F407", one('<sm id="1" translate="no"/>a')),
    ("end of no mark", "F407", one('a<em startRef="1"/>')),
    ("copy of nothing", "F408", one('<ph id="1"/>', '<ph id="1"/><ph id="2" copyOf="9"/>')),
    (
        "copy of what may not be",
        "F408",
        one('<ph id="1" canCopy="no"/>', '<ph id="1" canCopy="no"/><ph id="2" copyOf="1"/>'),
    ),
    (
        "copy of data",
        "F408",
        one('<ph id="1" dataRef="d1"/>', '<ph id="1" dataRef="d1"/><ph id="2" copyOf="1"/>', DATA),
    ),
    ("may be deleted, not moved", "F409", one('<ph id="1" canReorder="firstNo" canCopy="no"/>')),
    ("no first", "F410", one(f'<ph id="1" {NEXT}/>')),
    (
        "another order",
        "F411",
        one(
            f'<ph id="1" {FIRST}/><ph id="2" {NEXT}/><ph id="3" {NEXT}/>',
            f'<ph id="1" {FIRST}/><ph id="3" {NEXT}/><ph id="2" {NEXT}/>',
        ),
    ),
    (
        "taken out of its code",
        "F411",
        one(
            f'<pc id="1" {FIRST}>a<ph id="2" {NEXT}/></pc>',
            f'<pc id="1" {FIRST}>a</pc><ph id="2" {NEXT}/>',
        ),
    ),
    ("deleted and final", "F412", one('<ph id="1" canDelete="no"/>a', "b", "", ' state="final"')),
    ("deleted in 2.0", "F412", document(u(s('<ph id="1" canDelete="no"/>a', "b")), version="2.0")),
    ("not yet in the target", "F413", one('<ph id="1" canDelete="no"/>a', "b")),
    ("sub-flow", "F414", one('<ph id="1" subFlows="u9"/>')),
    ("sub-flow of a span", "F414", one('<pc id="1" subFlowsStart="u1" subFlowsEnd="u9">a</pc>')),
    ("subType alone", "F415", one('<ph id="1" subType="own:x"/>')),
    ("subType of another type", "F415", one('<ph id="1" type="fmt" subType="xlf:var"/>')),
    ("a letter as cp", "F416", one('<cp hex="0041"/>')),
    ("no number as cp", "F416", one('<cp hex="zz"/>')),
    ("comment without words", "F417", one('<mrk id="1" type="comment">a</mrk>')),
    (
        "comment twice over",
        "F417",
        one(
            '<mrk id="1" type="comment" value="x" ref="#n=n1">a</mrk>',
            None,
            '<notes><note id="n1">x</note></notes>',
        ),
    ),
    (
        "note of the file",
        "F417",
        document(
            '<notes><note id="n1">x</note></notes>'
            + u(s('<mrk id="1" type="comment" ref="#f=f1/n=n1">a</mrk>'))
        ),
    ),
    ("candidate that is pointed to", "F417", one('<mrk id="1" type="mtc:match" ref="#m1">a</mrk>')),
    ("mark that says nothing", "F419", one('<mrk id="1">a</mrk>')),
    (
        "code of another segment",
        "F420",
        document(u(s('<ph id="1"/>', "a") + s("b", '<ph id="1"/>'))),
    ),
    # references
    ("no selector", "F501", one('<mrk id="1" type="own:x" ref="#u=u1/n$=2">a</mrk>')),
    ("two last parts", "F501", one('<mrk id="1" type="own:x" ref="#1/2">a</mrk>')),
    ("unit before file", "F501", one('<mrk id="1" type="term" ref="#/u=u1/f=f1">a</mrk>')),
    ("a prefix twice", "F501", one('<mrk id="1" type="term" ref="#u=u1/u=u2">a</mrk>')),
    ("a prefix of one letter", "F501", one('<mrk id="1" type="own:x" ref="#q=1">a</mrk>')),
    ("a prefix of nobody", "F501", one('<mrk id="1" type="own:x" ref="#own=1">a</mrk>')),
    ("term that is not there", "F502", one('<mrk id="1" type="term" ref="#gls=g9">a</mrk>')),
    ("term of another unit", "F502", one('<mrk id="1" type="term" ref="#u=u2/gls=g9">a</mrk>')),
    ("term of another file", "F502", one('<mrk id="1" type="term" ref="#/f=f9/u=u1">a</mrk>')),
    ("term of a group", "F502", one('<mrk id="1" type="term" ref="#g=g9">a</mrk>')),
    (
        "term of a unit of a group that is not there",
        "F502",
        document(u(s('<mrk id="1" type="term" ref="#/f=f1/g=g9/u=u2">a</mrk>')) + u(S1, "", "u2")),
    ),
    ("comment in another place", "F417", one('<mrk id="1" type="comment" ref="n1">a</mrk>')),
    (
        "comment of another file",
        "F417",
        one('<mrk id="1" type="comment" ref="#/f=f9/n=1">a</mrk>'),
    ),
    ("end of no start", "F405", one('<sc id="1" isolated="yes"/>a<ec/>')),
    ("character that is no number", "F416", one('a<cp hex="zz"/>')),
]
