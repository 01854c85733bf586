"""Faults that people and programs make, a table a format: one change to a file without faults.

(name, what is replaced, by what, code, line, words of the reason). The change is made once, at the
first place where the text stands.
"""

from __future__ import annotations

__all__ = ["CLEAN", "DEFECTS", "NAMES"]

NAMES = {
    "tmx": "memory.tmx",
    "tei": "edition.tei.xml",
    "xliff": "task.xlf",
    "xliff2": "task2.xlf",
    "json": "pair.alignment.json",
}

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="es" datatype="plaintext"/>
<body>
<tu tuid="u1" creationdate="20210304T000000Z"><prop type="x-Origin">Alignment</prop>
<tuv xml:lang="es"><seg>El viento no calla.</seg></tuv>
<tuv xml:lang="en-GB"><seg>The wind is never quiet.</seg></tuv></tu>
<tu tuid="u2"><note>a note</note>
<tuv xml:lang="es"><seg>Sale <bpt i="1" x="1" type="bold">&lt;b&gt;</bpt>sola<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv xml:lang="en-GB"><seg>She goes <it pos="begin" x="2">&lt;i&gt;</it>out<ph x="3"/>.</seg></tuv></tu>
</body>
</tmx>
"""

TEI = """<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
<teiHeader><fileDesc><titleStmt><title>Texts</title></titleStmt>
<publicationStmt><p>None.</p></publicationStmt>
<sourceDesc><p>Two pages.</p></sourceDesc></fileDesc>
<profileDesc><langUsage><language ident="es">es</language></langUsage></profileDesc></teiHeader>
<standOff>
<joinGrp>
<join xml:id="j1" target="#es.s2 #es.s3"/>
</joinGrp>
<linkGrp type="alignment" targFunc="source target">
<link xml:id="b1" cert="0.9" target="#es.s1 #en.s1"/>
<link xml:id="b2" cert="0.8" target="#j1 #en.s2"/>
</linkGrp>
</standOff>
<TEI xml:id="es"><teiHeader><fileDesc><titleStmt><title>Uno</title></titleStmt>
<publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>A page.</p></sourceDesc></fileDesc></teiHeader>
<text xml:id="es.text" xml:lang="es"><body><div>
<p xml:id="es.p1"><s xml:id="es.s1">El faro.</s>
<s xml:id="es.s2">El mar.</s>
<s xml:id="es.s3">La sal.</s></p>
</div></body></text></TEI>
<TEI xml:id="en"><teiHeader><fileDesc><titleStmt><title>One</title></titleStmt>
<publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>A page.</p></sourceDesc></fileDesc></teiHeader>
<text xml:id="en.text" xml:lang="en"><body><div>
<sp who="#es.text"><p xml:id="en.p1"><s xml:id="en.s1">The light.</s>
<s xml:id="en.s2">Sea and salt.</s></p></sp>
</div></body></text></TEI>
</teiCorpus>
"""

XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="a.html" source-language="es" target-language="en" datatype="html">
<body>
<trans-unit id="1" approved="yes"><source>Nada se pierde.</source>
<target state="final">Nothing is lost.</target></trans-unit>
<trans-unit id="2"><source><mrk mtype="term">Todo</mrk> <g id="1" ctype="bold">cambia</g><x id="2"/>.</source>
<target state="translated">All <g id="1" ctype="bold">changes</g>.</target></trans-unit>
<trans-unit id="3"><source>Llueve <bpt id="3" rid="3">[</bpt>hoy<ept id="3" rid="3">]</ept>.</source>
<seg-source><mrk mtype="seg" mid="0">Llueve.</mrk></seg-source>
<target><mrk mtype="seg" mid="0">It rains.</mrk></target></trans-unit>
</body>
</file>
</xliff>
"""

XLIFF2 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="es" trgLang="en">
<file id="f1">
<unit id="u1"><originalData><data id="d1">&lt;b&gt;</data></originalData>
<segment id="s1" state="final"><source>Uno <pc id="1" dataRefStart="d1">dos</pc>.</source>
<target>One <pc id="1" dataRefStart="d1">two</pc>.</target></segment>
<segment id="s2" state="initial"><source>Tres.</source></segment></unit>
<unit id="u2">
<segment id="s1" state="translated"><source>A<sc id="2"/>b<ec startRef="2"/>.</source>
<target>A b.</target></segment></unit>
</file>
</xliff>
"""

JSON = """{"format": "aligner-alignment", "version": 1, "kind": "pair",
"documents": [
{"id": "a", "lang": "es", "origin": "", "title": "", "digest": "", "metadata": {},
 "paragraphs": [
  {"kind": "title", "text": "El faro", "segments": [[0, 7]]},
  {"kind": "para", "text": "Uno. Dos.", "segments": [[0, 4], [5, 9]]}]},
{"id": "b", "lang": "en", "origin": "", "title": "", "digest": "", "metadata": {},
 "paragraphs": [
  {"kind": "title", "text": "The light", "segments": [[0, 9]]},
  {"kind": "para", "text": "One and two.", "segments": [[0, 12]]}]}
],
"alignments": [
{"source": 0, "target": 1, "signature": [], "warnings": [], "pins": [],
 "beads": [
  {"source": [0, 1], "target": [0, 1], "score": 0.0, "confidence": 0.9, "status": "auto"},
  {"source": [1, 3], "target": [1, 2], "score": 0.0, "confidence": null, "status": "edited"}],
 "crossings": []}
]}
"""

CLEAN = {"tmx": TMX, "tei": TEI, "xliff": XLIFF, "xliff2": XLIFF2, "json": JSON}

Defect = tuple[str, str, str, str, int, str]

DEFECTS: dict[str, list[Defect]] = {
    "tmx": [
        ("ampersand", "The wind", "Wind & the", "X001", 7, "not well-formed"),
        ("cut off", "</body>\n</tmx>\n", "", "X001", 11, "not well-formed"),
        ("vertical tab", "no calla", "no\x0bcalla", "X002", 6, "U+000B"),
        ("reference to a control", "no calla", "no&#x1;calla", "X002", 6, "U+0001"),
        ("no srclang", ' srclang="es"', "", "T011", 3, "attribute srclang"),
        ("segment type", 'segtype="sentence"', 'segtype="line"', "T103", 3, "'line'"),
        ("date", "20210304T000000Z", "2021-03-04", "T105", 5, "2021-03-04"),
        (
            "no language",
            '<tuv xml:lang="en-GB"><seg>The',
            "<tuv><seg>The",
            "T301",
            7,
            "no language",
        ),
        (
            "old lang",
            '<tuv xml:lang="en-GB"><seg>The',
            '<tuv lang="en-GB"><seg>The',
            "T302",
            7,
            "'lang'",
        ),
        ("underscore", '"en-GB"><seg>The', '"en_GB"><seg>The', "T303", 7, "underscore"),
        ("name of a language", '"en-GB"><seg>The', '"English"><seg>The', "T303", 7, "English"),
        ("id twice", 'tuid="u2"', 'tuid="u1"', "T205", 8, "'u1'"),
        (
            "one language",
            '<tuv xml:lang="en-GB"><seg>The wind is never quiet.</seg></tuv>',
            "",
            "T202",
            5,
            "one language",
        ),
        ("nothing in the source language", '"es"><seg>El', '"fr"><seg>El', "T204", 5, "(es)"),
        (
            "language twice",
            '<tu tuid="u2"><note>a note</note>',
            '<tu tuid="u2"><tuv xml:lang="ES"><seg>x</seg></tuv>',
            "T203",
            8,
            "es",
        ),
        ("empty segment", "El viento no calla.", "", "T305", 6, "empty"),
        (
            "indented segment",
            "<seg>El viento no calla.</seg>",
            "<seg>\n    El viento no calla.\n  </seg>",
            "T306",
            8,
            "line break",
        ),
        ("space at the end", "no calla.<", "no calla. <", "T307", 6, "white space"),
        (
            "two segments",
            "<seg>El viento no calla.</seg>",
            "<seg>El viento</seg><seg>no calla.</seg>",
            "T304",
            6,
            "second <seg>",
        ),
        ("bpt never closed", '<ept i="1">&lt;/b&gt;</ept>', "", "T401", 9, "never closed"),
        ("ept of nothing", '<ept i="1">', '<ept i="7">', "T402", 9, "closes no <bpt>"),
        ("it without a side", '<it pos="begin"', "<it", "T011", 10, "attribute pos"),
        (
            "property after the variants",
            "The wind is never quiet.</seg></tuv>",
            'Quiet.</seg></tuv><prop type="a">b</prop>',
            "T206",
            7,
            "after <tuv>",
        ),
        ("stray text", "<body>\n", "<body>\nlost words\n", "T012", 5, "lost words"),
        ("unknown element", "<note>a note</note>", "<remark/>", "T010", 8, "<remark>"),
        (
            "entity",
            '"UTF-8"?>\n',
            '"UTF-8"?>\n<!DOCTYPE tmx [<!ENTITY a SYSTEM "b">]>\n',
            "X003",
            2,
            "'a'",
        ),
    ],
    "tei": [
        ("pointer to nothing", '"#es.s1 #en.s1"', '"#es.s9 #en.s1"', "E204", 12, "#es.s9"),
        (
            "file that is not there",
            '"#es.s1 #en.s1"',
            '"es.xml#es.s1 #en.s1"',
            "E205",
            12,
            "es.xml",
        ),
        ("one target", '"#es.s1 #en.s1"', '"#es.s1"', "E301", 12, "one target"),
        ("the same twice", '"#es.s1 #en.s1"', '"#es.s1 #es.s1"', "E302", 12, "twice"),
        ("three targets", '"#j1 #en.s2"', '"#es.s2 #es.s3 #en.s2"', "E303", 13, "which is which"),
        ("cert", 'cert="0.9"', 'cert="sure"', "E304", 12, "sure"),
        ("linked twice", '"#j1 #en.s2"', '"#j1 #en.s1"', "E307", 13, "line 12"),
        ("link to a text", '"#j1 #en.s2"', '"#j1 #en.text"', "E306", 13, "<text>"),
        ("join of one", '"#es.s2 #es.s3"', '"#es.s2"', "E305", 9, "fewer than two"),
        ("id twice", 'xml:id="en.s2"', 'xml:id="en.s1"', "E202", 27, "en.s1"),
        ("id that is no name", 'xml:id="en.p1"', 'xml:id="1 p"', "E203", 26, "1 p"),
        ("no id", '<s xml:id="es.s3">La sal.', "<s>La sal.", "E201", 21, "no xml:id"),
        ("empty segment", "La sal.", "", "E401", 21, "empty"),
        ("segment in a division", '<p xml:id="es.p1"><s', "<s>A.</s><p><s", "E402", 19, "<div>"),
        (
            "segment in a segment",
            "El mar.",
            '<s xml:id="es.s9">El mar.</s>',
            "E403",
            20,
            "<s> stands in <s>",
        ),
        ("underscore", 'xml:lang="es"', 'xml:lang="es_MX"', "E103", 18, "es_MX"),
        (
            "no language",
            'xml:id="en.text" xml:lang="en"',
            'xml:id="en.text"',
            "E106",
            25,
            "which language",
        ),
        ("no source", "<sourceDesc><p>Two pages.</p></sourceDesc>", "", "E104", 5, "sourceDesc"),
        ("stray text", "<joinGrp>\n", "<joinGrp>\nlost\n", "E012", 9, "lost"),
        ("control", "El mar.", "El \x02mar.", "X002", 20, "U+0002"),
        ("overlapping elements", "La sal.</s></p>", "La sal.</p></s>", "X001", 21, "mismatched"),
        ("date", "Two pages.", 'Two <date when="May 4"/>pages.', "E105", 5, "May 4"),
        (
            "paragraph in one",
            '<p xml:id="es.p1"><s',
            '<p><p xml:id="es.p1">A.</p><s',
            "E404",
            19,
            "<p>",
        ),
        (
            "included file that is not there",
            "<standOff>",
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="three.xml"/><standOff>',
            "E205",
            7,
            "three.xml",
        ),
        (
            "header after the links",
            '<TEI xml:id="es">',
            '<TEI xml:id="es"><standOff/>',
            "E101",
            16,
            "after",
        ),
        ("language without its tag", '<language ident="es">', "<language>", "E011", 6, "ident"),
    ],
    "xliff": [
        ("id twice", '<trans-unit id="2"', '<trans-unit id="1"', "L201", 7, "'1'"),
        ("underscore", 'target-language="en"', 'target-language="en_US"', "L102", 3, "underscore"),
        ("target of no language", ' target-language="en"', "", "L104", 6, "language"),
        ("no source", "<source>Nada se pierde.</source>", "", "L202", 6, "no <source>"),
        ("state", 'state="final"', 'state="done"', "L205", 6, "done"),
        ("empty and final", "Nothing is lost.", "", "L302", 6, "final"),
        ("indented", "Nothing is lost.", "\n   Nothing is lost.\n", "L303", 8, "line break"),
        ("bpt never closed", '<ept id="3" rid="3">]</ept>', "", "L401", 9, "never closed"),
        ("part of nothing", 'mid="0">It', 'mid="5">It', "L403", 11, '"5"'),
        ("no original", 'original="a.html" ', "", "L011", 3, "original"),
        (
            "two targets",
            '</target></trans-unit>\n<trans-unit id="2"',
            '</target><target>x</target></trans-unit>\n<trans-unit id="2"',
            "L203",
            6,
            "second <target>",
        ),
        ("id of a code twice", '<x id="2"/>', '<x id="2"/><x id="2"/>', "L405", 7, "second <x>"),
        (
            "proposal for no segment",
            "It rains.</mrk></target>",
            'It rains.</mrk></target><alt-trans mid="7"><target>x</target></alt-trans>',
            "L403",
            11,
            "of <alt-trans>",
        ),
    ],
    "xliff2": [
        ("id twice", '<unit id="u2"', '<unit id="u1"', "F201", 8, "'u1'"),
        ("no source language", ' srcLang="es"', "", "F011", 2, "srcLang"),
        ("no data", 'dataRefStart="d1">dos', 'dataRefStart="d9">dos', "F404", 5, "d9"),
        ("ec of nothing", 'startRef="2"', 'startRef="8"', "F403", 9, "'8'"),
        ("sc never closed", '<ec startRef="2"/>', "", "F402", 9, "never closed"),
        ("final without target", 'state="initial"', 'state="final"', "F206", 7, "no target"),
        ("state", 'state="initial"', 'state="open"', "F205", 7, "open"),
        ("other language", "<target>A b.", '<target xml:lang="fr">A b.', "F104", 10, "fr"),
        (
            "source after target",
            "<source>Tres.</source>",
            "<target>Three.</target><source>Tres.</source>",
            "F207",
            7,
            "after <target>",
        ),
        ("empty", "<source>Tres.</source>", "<source/>", "F301", 7, "empty"),
    ],
    "json": [
        ("not JSON", '"kind": "pair",', '"kind": "pair"', "J001", 2, "not JSON"),
        (
            "key twice",
            '"kind": "title", "text": "El',
            '"text": "x", "kind": "title", "text": "El',
            "J002",
            5,
            "'text'",
        ),
        ("format", "aligner-alignment", "other", "J003", 1, "no alignment"),
        ("language missing", '"lang": "en"', '"lang": ""', "J201", 7, "empty"),
        ("underscore", '"lang": "es"', '"lang": "es_MX"', "J201", 3, "es_MX"),
        (
            "id twice",
            '"id": "b", "lang": "en"',
            '"id": "a", "lang": "es"',
            "J202",
            7,
            "same language",
        ),
        ("segment outside", "[[0, 7]]", "[[0, 8]]", "J204", 5, "outside"),
        ("first wording no text", "[[0, 7]]", "[[0, 7, 3]]", "J101", 5, "first wording"),
        ("segments no list", "[[0, 7]]", "7", "J101", 5, "must be a list"),
        ("segment over another", "[5, 9]", "[3, 9]", "J204", 6, "before the last"),
        ("empty segment", "[5, 9]", "[9, 9]", "J205", 6, "empty"),
        (
            "kind of paragraph",
            '"kind": "para", "text": "One',
            '"kind": "verse", "text": "One',
            "J203",
            10,
            "verse",
        ),
        ("bead of nothing there", '"target": [1, 2]', '"target": [1, 5]', "J302", 16, "1-5"),
        ("gap", '"source": [1, 3]', '"source": [2, 3]', "J303", 16, "leaves out"),
        ("confidence", "0.9", "1.9", "J305", 15, "1.9"),
        ("status", '"edited"', '"done"', "J306", 16, "done"),
        ("crossings no list", '"crossings": []', '"crossings": 4', "J101", 17, "must be a list"),
        ("document that is not there", '"target": 1', '"target": 4', "J301", 13, "document 4"),
        ("later version", '"version": 1', '"version": 9', "J004", 1, "version 9"),
        ("no alignments", '"alignments": [', '"alignments": [], "x": [', "J101", 12, "holds"),
        (
            "no paragraphs",
            '"paragraphs": [\n  {"kind": "title", "text": "El',
            '"paragraphs": 4, "x": [\n  {"kind": "title", "text": "El',
            "J101",
            3,
            "a list of paragraphs",
        ),
        ("paragraph without text", '"text": "El faro", ', "", "J101", 5, "must have a text"),
        ("line break", "Uno. Dos.", r"Uno.\nDos.", "J206", 6, "line break"),
        ("decomposed", "One and two.", "One and two\u0301", "J207", 10, "form C"),
        ("bead that is none", '"target": [0, 1]', '"target": 1', "J101", 15, "[start, stop]"),
        (
            "bead of nothing",
            '[1, 3], "target": [1, 2]',
            '[1, 1], "target": [1, 1]',
            "J307",
            16,
            "both",
        ),
        ("end left out", '"source": [1, 3]', '"source": [1, 2]', "J303", 14, "end at source"),
        (
            "order of nulls",
            '{"source": [1, 3], "target": [1, 2]',
            '{"source": [1, 1], "target": [1, 2]},\n{"source": [1, 3], "target": [2, 2]',
            "J304",
            17,
            "comes after one of the target",
        ),
        (
            "key twice on two lines",
            '"warnings": [],',
            '"warnings": [],\n"warnings": [],',
            "J002",
            14,
            "'warnings'",
        ),
    ],
}
