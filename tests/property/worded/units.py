"""TMX and XLIFF, each word its own."""

from __future__ import annotations

from tests.property.worded.words import Words

__all__ = ["made_tmx", "made_xliff", "made_xliff2"]


def _mixed(words: Words, depth: int, tags: str, around: str = "") -> str:
    """Text and elements of these names inside each other; `around` are their attributes."""
    made = words.text()
    for _ in range(words.chance.randint(0, 3) if depth > 0 else 0):
        tag = words.pick(tags)
        made += f"<{tag}{around.replace('ID', str(words.chance.randrange(4)))}>"
        made += f"{_mixed(words, depth - 1, tags, around)}</{tag}>{words.text()}"
    return made


def made_tmx(words: Words) -> bytes:
    def seg() -> str:
        inner = _mixed(words, 3, "bpt ept ph it ut hi sub unknown", " i='ID' x='ID' pos='begin'")
        return f"<seg>{inner}</seg>"

    def beside() -> str:
        return words.chance.choice(
            ("", f"<note>{words.text()}</note>", f"<prop type='x'>{words.text()}</prop>")
        )

    units = "".join(
        f"<tu tuid='{n}'>{beside()}<tuv xml:lang='es'>{beside()}{seg()}</tuv>"
        f"<tuv xml:lang='{words.pick('en en fr')}'>{beside()}{seg()}</tuv></tu>"
        for n in range(words.chance.randint(1, 4))
    )
    first = f"<tu><tuv xml:lang='es'><seg>{words.word()}</seg></tuv><tuv xml:lang='en'><seg>{words.word()}</seg></tuv></tu>"
    header = f"<header srclang='es'><note>{words.word()}</note><prop type='p'>{words.word()}</prop></header>"
    return f"<tmx version='1.4'>{header}<body>{first}{units}</body></tmx>".encode()


def made_xliff(words: Words) -> bytes:
    tags = "g x bx ex bpt ept ph it sub mrk"

    def unit(n: int, depth: int) -> str:
        def mixed() -> str:
            return _mixed(words, depth, tags, " id='ID' mtype='seg' mid='ID'")

        parts = f"<source>{mixed()}</source>"
        parts += words.chance.choice(("", f"<seg-source>{mixed()}</seg-source>"))
        parts += words.chance.choice(("", f"<target>{mixed()}</target>"))
        parts += words.chance.choice(("", f"<note>{words.text()}</note>"))
        parts += words.chance.choice(
            (
                "",
                f"<alt-trans><source>{words.text()}</source><target>{words.text()}</target></alt-trans>",
                f"<context-group><context context-type='x'>{words.text()}</context></context-group>",
                f"<prop-group><prop>{words.text()}</prop></prop-group>",
            )
        )
        kind = words.chance.randrange(6)
        if kind == 0:
            return f"<group><note>{words.text()}</note><trans-unit id='{n}'>{parts}</trans-unit></group>"
        if kind == 1:
            return f"<bin-unit id='{n}'><bin-source/><trans-unit id='b{n}'>{parts}</trans-unit></bin-unit>"
        no = " translate='no'" if kind == 2 else ""
        return f"<trans-unit id='{n}'{no}>{parts}</trans-unit>"

    units = "".join(unit(n, 2) for n in range(words.chance.randint(1, 4)))
    first = f"<trans-unit id='first'><source>{words.word()}</source><target>{words.word()}</target></trans-unit>"
    header = f"<header><note>{words.word()}</note><glossary><internal-file>{words.word()}</internal-file></glossary></header>"
    return (
        "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'><file source-language='es' "
        f"target-language='en' original='a'>{header}<body>{first}{units}</body></file></xliff>"
    ).encode()


def made_xliff2(words: Words) -> bytes:
    tags = "pc pc mrk ph sc ec cp sm em"
    ids = " id='ID'"

    def unit(n: int) -> str:
        def segment(k: int) -> str:
            name = words.pick("segment segment segment ignorable")
            target = words.chance.choice(("", f"<target>{_mixed(words, 2, tags, ids)}</target>"))
            return (
                f"<{name} id='s{k}'><source>{_mixed(words, 2, tags, ids)}</source>{target}</{name}>"
            )

        notes = words.chance.choice(("", f"<notes><note>{words.text()}</note></notes>"))
        data = words.chance.choice(
            ("", f"<originalData><data id='d'>{words.text()}</data></originalData>")
        )
        made = f"{notes}{data}{''.join(map(segment, range(2)))}"
        match = f"<mtc:matches><mtc:match ref='#s0'><source>{words.text()}</source><target>{words.text()}</target></mtc:match></mtc:matches>"
        glossary = f"<gls:glossary><gls:glossEntry><gls:term>{words.text()}</gls:term></gls:glossEntry></gls:glossary>"
        made = words.chance.choice(("", "", match, glossary)) + made
        one = f"<unit id='{n}'>{made}</unit>"
        return (
            one
            if words.chance.randrange(4)
            else f"<group id='g{n}'>{notes and f'<notes><note>{words.text()}</note></notes>'}{one}</group>"
        )

    first = f"<unit id='first'><segment><source>{words.word()}</source><target>{words.word()}</target></segment></unit>"
    units = "".join(unit(n) for n in range(words.chance.randint(1, 4)))
    skeleton = words.chance.choice(("", f"<skeleton>{words.word()}</skeleton>"))
    return (
        "<xliff version='2.0' xmlns='urn:oasis:names:tc:xliff:document:2.0' "
        "xmlns:mtc='urn:oasis:names:tc:xliff:matches:2.0' xmlns:gls='urn:oasis:names:tc:xliff:glossary:2.0' "
        f"srcLang='es' trgLang='en'><file id='f'>{skeleton}<notes><note>{words.word()}</note></notes>{first}{units}</file></xliff>"
    ).encode()
