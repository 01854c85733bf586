"""Rich Text Format, each word its own."""

from __future__ import annotations

from tests.property.worded.words import Words

__all__ = ["made_rtf"]

_RTF = (
    "plain plain hex unicode unicode2 unicode0 bold hidden deleted footnote header footer annotation "
    "field symbolfield cell row nested pict shape property star listtext xe upr object oldbox note "
    "bookmark par line tab dash formfield math"
)


def _rtf(words: Words, depth: int) -> str:
    return "".join(_rtf_piece(words, depth) for _ in range(words.chance.randint(1, 5)))


def _hex(text: str) -> str:
    return "".join(f"\\'{ord(c):02x}" for c in text)


def _rtf_piece(words: Words, depth: int) -> str:
    kind = words.pick(_RTF) if depth > 0 else words.pick("plain hex unicode")
    inner = _rtf(words, depth - 1) if depth > 0 else ""
    word = words.word()
    return {
        "plain": f" {words.text()}",
        "hex": f" {_hex(word)} ",
        "unicode": " " + "".join(f"\\u{ord(c)}?" for c in word) + " ",
        "unicode2": "{\\uc2 " + "".join(f"\\u{ord(c)}\\'80\\'81" for c in word) + "}",
        "unicode0": "{\\uc0 " + "".join(f"\\u{ord(c)}" for c in word) + "}",
        "bold": f"{{\\b {inner}}}",
        "hidden": f"{{\\v {inner}}}",
        "deleted": f"{{\\deleted {inner}}}",
        "footnote": f"{{\\super\\chftn{{\\footnote \\pard {inner}}}}}",
        "header": f"{{\\header \\pard {inner}\\par}}",
        "footer": f"{{\\footerl {inner}}}",
        "annotation": f"{{\\*\\atnid x}}{{\\*\\annotation {inner}}}",
        "field": f"{{\\field{{\\*\\fldinst QUOTE {words.word()}}}{{\\fldrslt {inner}}}}}",
        "symbolfield": '{\\field{\\*\\fldinst SYMBOL 97 \\\\f "Symbol"}{\\fldrslt a}}',
        "cell": f"\\pard\\intbl {inner}\\cell ",
        "row": "\\row\\pard ",
        "nested": f"\\itap2 {inner}\\nestcell{{\\*\\nesttableprops\\trowd\\nestrow}}{{\\nonesttables\\par}}",
        "pict": "{\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv a "
        + words.word()
        + "}}}\\pngblip 89504e47}}",
        "shape": f"{{\\shp{{\\*\\shpinst{{\\sp{{\\sn wzDescription}}{{\\sv a {words.word()}}}}}{{\\shptxt {inner}}}}}}}",
        "property": f"{{\\sp{{\\sn gtextUNICODE}}{{\\sv a {words.word()}}}}}",
        "star": f"{{\\*\\unheardof {inner}}}",
        "listtext": f"{{\\listtext {words.word()}\\tab}}",
        "xe": f"{{\\xe {{\\b {words.word()}}}}}",
        "upr": f"{{\\upr{{\\b {word}}}{{\\*\\ud{{\\b {word}}}}}}}",
        "object": f"{{\\object{{\\*\\objdata 0105}}{{\\result {inner}}}}}",
        "oldbox": f"{{\\*\\do{{\\dptxbxtext {inner}}}}}",
        "note": f"{{\\footnote\\ftnalt {inner}}}",
        "bookmark": "{\\*\\bkmkstart place}{\\*\\bkmkend place}",
        "par": "\\par\n",
        "line": "\\line ",
        "tab": "\\tab ",
        "dash": "\\emdash ",
        "formfield": f"{{\\*\\formfield{{\\*\\ffdeftext {words.word()}}}}}",
        "math": f"{{\\mmath{{\\*\\moMath{{\\mr {words.word()}}}}}}}",
    }[kind]


def made_rtf(words: Words) -> bytes:
    fonts = "{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset2 Symbol;}}"
    info = f"{{\\info{{\\title {words.word()}}}{{\\subject {words.word()}}}}}"
    body = f"\\pard {words.word()}\\par {_rtf(words, 4)}"
    return f"{{\\rtf1\\ansi\\ansicpg1252\\uc1{fonts}{info}{body}\\par}}".encode("ascii")
