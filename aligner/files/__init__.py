"""Bytes in and out: outputs that appear whole or not at all, and inputs opened under bounds.

- `sinks` named outputs, moved in when all are complete; one word for what is wrong with a file
- `temporaries` what killed processes left is removed by the next one
- `faults` what nobody foresaw: a sentence, and its traceback in a file
- `opening` the names that users give to bytes: files, standard input, gzip, members of archives
- `streams` bytes whose reads end in one sentence; `archives` zip packages and gzip, bounded;
  `compressed` gzip that is written alike every time
- `xml` parsing that cannot hurt, `xml_events` the same for large files, `xml_encoding` any encoding
- `xml_text`, `xml_file` markup as it is written
"""

from __future__ import annotations

from aligner.files.sinks import (
    STDOUT,
    FileSink,
    Sink,
    StdoutSink,
    atomic,
    is_stdout,
    journal_path,
    output,
    reading,
    sink_of,
    write_atomically,
)
from aligner.files.temporaries import scratch_folder

__all__ = [
    "STDOUT",
    "FileSink",
    "Sink",
    "StdoutSink",
    "atomic",
    "is_stdout",
    "journal_path",
    "output",
    "reading",
    "scratch_folder",
    "sink_of",
    "write_atomically",
]
