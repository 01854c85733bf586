"""Files of every format whose every word is one of its own (`w12q`), for tests that count words.

Each maker takes `Words` and gives a file with elements in any order and any depth that a parser
takes, also where a schema forbids them: what a reader does not expect is what it loses.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.property.worded.lines import made_ass, made_po, made_srt, made_txt, made_vtt
from tests.property.worded.markdown import made_md
from tests.property.worded.opendocument import made_odt
from tests.property.worded.pages import made_epub, made_html
from tests.property.worded.rtf import made_rtf
from tests.property.worded.tables import made_csv, made_jsonl, made_tsv, made_xlsx
from tests.property.worded.tei import made_tei
from tests.property.worded.timed import made_ttml
from tests.property.worded.units import made_tmx, made_xliff, made_xliff2
from tests.property.worded.word import made_docx
from tests.property.worded.words import WORD, Words, words_in

__all__ = ["MAKERS", "WORD", "Words", "words_in"]

MAKERS: dict[str, Callable[[Words], bytes]] = {
    "docx": made_docx,
    "odt": made_odt,
    "html": made_html,
    "epub": made_epub,
    "tei": made_tei,
    "rtf": made_rtf,
    "tmx": made_tmx,
    "xliff": made_xliff,
    "xliff2": made_xliff2,
    "po": made_po,
    "srt": made_srt,
    "vtt": made_vtt,
    "ass": made_ass,
    "ttml": made_ttml,
    "tsv": made_tsv,
    "csv": made_csv,
    "jsonl": made_jsonl,
    "xlsx": made_xlsx,
    "txt": made_txt,
    "md": made_md,
}
