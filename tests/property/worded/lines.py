"""Catalogues, subtitles and plain text, each word its own."""

from __future__ import annotations

from tests.property.worded.words import Words

__all__ = ["made_ass", "made_po", "made_srt", "made_txt", "made_vtt"]


def made_po(words: Words) -> bytes:
    def quoted(name: str) -> str:
        kind = words.chance.randrange(4)
        if kind == 0:
            return f'{name} ""\n"{words.word()} \\n"\n"{words.word()}"\n'
        end = words.chance.choice(("", "\\t", '\\"'))
        return f'{name} "{words.word()}{end}"\n'

    def entry() -> str:
        comments = "".join(
            words.chance.choice(
                (f"# {words.word()}\n", f"#. {words.word()}\n", f"#: {words.word()}.c:1\n")
            )
            for _ in words.some(2)
        )
        old = words.chance.choice(("", "", "#, fuzzy\n", f'#, fuzzy\n#| msgid "{words.word()}"\n'))
        context = quoted("msgctxt") if words.chance.randrange(4) == 0 else ""
        if words.chance.randrange(5) == 0:
            gone = f'msgid "{words.word()}"\nmsgstr "{words.word()}"\n'
            return f"{comments}" + "".join(f"#~ {line}\n" for line in gone.splitlines())
        if words.chance.randrange(4) == 0:
            forms = f"{quoted('msgstr[0]')}{quoted('msgstr[1]')}"
            return f"{comments}{old}{context}{quoted('msgid')}{quoted('msgid_plural')}{forms}"
        target = words.chance.choice((quoted("msgstr"), 'msgstr ""\n'))
        return f"{comments}{old}{context}{quoted('msgid')}{target}"

    head = f'msgid ""\nmsgstr ""\n"Language: en\\n"\n"X-Words: {words.word()}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n'
    first = f'msgid "{words.word()}"\nmsgstr "{words.word()}"\n'
    return "\n".join([head, first, *(entry() for _ in words.some(6))]).encode()


def made_srt(words: Words) -> bytes:
    end = words.chance.choice(("\n", "\r\n", "\r", "\r\r\n"))
    made = words.chance.choice(("", "\ufeff", f"{words.word()}\n\n"))
    for number in range(1, words.chance.randint(2, 6)):
        stamp = f"00:00:0{number},000 --> 00:00:0{number},900"
        stamp = words.chance.choice(
            (stamp, stamp, f"{stamp} X1:10 X2:20", "00:0x:01,000 --> 00:00", "")
        )
        lines = words.chance.choice(
            (
                words.word(),
                f"<i>{words.word()}</i>\n{words.word()}",
                f"- {words.word()}\n- {words.word()}",
                f"{{\\an8}}<font color='red'>{words.word()}</font> <xyz>{words.word()}",
                f"{words.word()}\n\n{words.word()}",
                f"[{words.word()}]",
                f"{words.word()}\n7\n{words.word()}",
                f"<ruby>{words.word()}<rt>{words.word()}</rt></ruby>",
            )
        )
        key = words.chance.choice((f"{number}\n", f"{number}\n", f"{number} {words.word()}\n", ""))
        made += f"{key}{stamp}\n{lines}\n{words.chance.choice(('', chr(10), chr(10) * 2))}"
    return made.replace("\n", end).encode()


def made_vtt(words: Words) -> bytes:
    made = words.chance.choice(("WEBVTT", f"WEBVTT {words.word()}")) + "\n\n"
    for number in range(1, words.chance.randint(2, 6)):
        stamp = f"00:0{number}.000 --> 00:0{number}.900 align:start"
        made += words.chance.choice(
            (
                f"NOTE\n{words.word()}\n\n",
                f"STYLE\n::cue({words.word()}) {{}}\n\n",
                f"{words.word()}\n{stamp}\n<v {words.word()}>{words.word()} <00:01.500><c.{words.word()}>{words.word()}</c>\n\n",
                f"{stamp}\n<ruby>{words.word()}<rt>{words.word()}</rt></ruby> &amp; {words.word()}\n\n",
                f"{stamp}\n- {words.word()}\n- {words.word()}\n\n",
            )
        )
    return f"{made}00:20.000 --> 00:21.000\n{words.word()}\n".encode()


def made_ass(words: Words) -> bytes:
    def line() -> str:
        kind = words.pick("Dialogue Dialogue Dialogue Comment")
        text = words.chance.choice(
            (
                words.word(),
                f"{words.word()}\\N{words.word()}",
                f"{{\\i1}}{words.word()}{{\\i0}}, {words.word()}",
                f"{{{words.word()}}}{words.word()}",
                f"{{\\p1}}m 0 0 {words.word()}{{\\p0}}{words.word()}",
                f"{{\\fn{words.word()}}}{words.word()}\\h{words.word()}",
            )
        )
        return f"{kind}: 0,0:00:01.00,0:00:02.00,{words.word()},{words.word()},0,0,0,{words.word()},{text}"

    lines = [line() for _ in range(words.chance.randint(1, 5))]
    lines.append(f"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{words.word()}")
    head = f"[Script Info]\nTitle: {words.word()}\n; {words.word()}\n\n[V4+ Styles]\nStyle: {words.word()},Arial\n\n[Events]\n"
    return (head + "\n".join(lines) + "\n").encode()


def made_txt(words: Words) -> bytes:
    made = words.word()
    for _ in words.some(12):
        made += (
            words.chance.choice(
                (
                    " ",
                    "\n",
                    "\n\n",
                    "\n- ",
                    "\n1. ",
                    "\n\nP: ",
                    "\n\nR: ",
                    "\u2028",
                    "\x0c",
                    "\t",
                    "\n* * *\n",
                    " — ",
                    "\n    ",
                )
            )
            + words.word()
        )
    return made.encode()
