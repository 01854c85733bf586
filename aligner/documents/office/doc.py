"""Old Word documents (.doc, .dot; Word 6 to 2003) through LibreOffice, which makes a DOCX of them.

The file is told by its bytes: an OLE container (MS-CFB) that holds a stream `WordDocument`. LibreOffice
is not part of this program: where it is not installed, the sentence says how to save the file as
DOCX. It runs in a folder and with a profile of its own, under limits, without macros, and without
loading what the file links to; everything else is as `docx` reads it.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

from aligner.documents.office import docx
from aligner.files.archives import is_old_word, is_ole
from aligner.files.temporaries import scratch_folder
from aligner.model import Declined, Document, Limits, ReadError, ReadOptions, Source, UsageError
from aligner.runtime.bounded import Work, bounded
from aligner.text.drafts import DEFAULTS, suffix_of

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".doc", ".dot")

_LOCKED = "EncryptedPackage".encode("utf-16-le")  # a document of any age
_USUAL = Limits(90.0, 2_000_000_000)
_NAMES = ("soffice", "libreoffice")
# where it is on macOS and Windows, when it is not among the programs that a shell finds
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_SAVE = "open it in Word or LibreOffice and save it as .docx"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>
"""
_SETTING = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{}" '
    'oor:op="fuse"><value>{}</value></prop></item>'
)
_VALUES = {
    "DisableMacrosExecution": "true",
    "MacroSecurityLevel": "3",
    "BlockUntrustedRefererLinks": "true",  # links to other files and to the network
    "DisableActiveContent": "true",
}


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document.

    Raises Declined for what is no old Word document, ReadError where LibreOffice is not there,
    cannot open it or passes a limit (`options.limits`), UsageError for segmented text.
    """
    if is_ole(source.data) and _LOCKED in source.data:
        raise ReadError("locked with a password", context=source.name, hint=_SAVE)
    if not is_old_word(source.data):
        what = "an OLE file without a Word document" if is_ole(source.data) else "no OLE file"
        raise Declined(f"{what} (suffix {suffix_of(source.name) or '(none)'})")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    if options.segmented:
        raise UsageError("a word processor's file is not segmented text", hint="export it as .txt")
    if not is_old_word(source.data):
        raise Declined("no old Word document")
    made = Source(source.name, _as_docx(source, options.limits))
    document = docx.read_text(made, options)
    return replace(
        document,
        digest=hashlib.sha256(source.data).hexdigest(),
        notices=(f"{source.name}: read as LibreOffice converts it to DOCX", *document.notices),
    )


def _as_docx(source: Source, limits: Limits) -> bytes:
    program = _program()
    if not program:
        raise ReadError(
            "an old Word document, which is read through LibreOffice, and there is none here",
            context=source.name,
            hint=f"{_SAVE}, or install LibreOffice",
        )
    with scratch_folder() as folder:
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        settings = "".join(_SETTING.format(*pair) for pair in _VALUES.items())
        (profile / "user" / "registrymodifications.xcu").write_text(
            _SETTINGS.format(settings), encoding="utf-8"
        )
        (folder / "text.doc").write_bytes(source.data)
        command = [
            *(program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"),
            *("--convert-to", "docx:Office Open XML Text", "--outdir", ".", "text.doc"),
        ]
        code = bounded(
            "aligner.runtime.programs:run",
            command,
            str(folder),
            {"HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
            work=Work(source.name, "converting it with LibreOffice", _USUAL, len(source.data)),
            limits=limits,
            error=ReadError,
        )
        made = folder / "text.docx"
        if not made.is_file():
            raise ReadError(
                f"LibreOffice cannot open it (it ended with code {code})",
                context=source.name,
                hint=_SAVE,
            )
        return made.read_bytes()


def _program() -> str:
    """LibreOffice's path, "" where there is none."""
    found_ones = (shutil.which(name) for name in _NAMES)
    path = next(filter(None, found_ones), "")
    return path or next(filter(lambda one: Path(one).is_file(), _PLACES), "")
