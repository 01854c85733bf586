"""A file in which stretches of text are replaced, everything else as it was, byte for byte.

    document -> of each segment its `TextRegion`: where its words stand in the file, by looks
    a translation -> one text a look (`placed`) -> `OpenFile.put` -> `OpenFile.data`

- `open_file`: DOCX, ODT (flat too), web pages, EPUB through the places that their readers tell
  (`marked`: a part as it is written, beside its tree); Markdown and subtitles through `text.trace`
  (`plain`)
- a region of several looks (bold, a link, another colour) takes a translation only where it is clear
  which words go where: by the inline codes of the memory, or because the words stand in it as they are
- notes, tabs, pictures, fields inside a segment stay where they are, or the segment stays as it is

Start reading from `regions`.
"""

from __future__ import annotations

from aligner.documents.filling.files import FILLED_SUFFIXES, OpenFile, open_file
from aligner.documents.filling.placing import Link, placed
from aligner.documents.filling.regions import TextRegion

__all__ = ["FILLED_SUFFIXES", "Link", "OpenFile", "TextRegion", "open_file", "placed"]
