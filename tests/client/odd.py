"""The project's ODD compiled over tei_all: a RELAX NG schema, and its Schematron as a stylesheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.conftest import ROOT, missing_client

__all__ = ["Compiled", "compiled"]

DOCS = ROOT / "docs" / "tei"


class Compiled:
    """`schema` is the RELAX NG; `failures` runs the Schematron."""

    def __init__(self, processor: Any, schema: Path, rules: Path) -> None:
        self.schema = schema
        self._processor = processor
        self._rules = processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_file=str(rules)
        )

    def failures(self, file: Path) -> list[str]:
        """What the rules say against a file: id of the element, tab, message."""
        said = self._rules.transform_to_string(source_file=str(file)) or ""
        return [line for line in said.split("\n") if line.strip()]


def compiled(tei_all: Path, folder: Path) -> Compiled:
    """Both, written into `folder`; skips where saxonche is not installed."""
    try:
        from saxonche import PySaxonProcessor
    except ImportError:
        missing_client("saxonche is not installed: pip install 'aligner[dev]'")
    processor: Any = PySaxonProcessor(license=False)
    xslt = processor.new_xslt30_processor()
    schema, rules = folder / "aligner.rng", folder / "check.xsl"
    narrow = xslt.compile_stylesheet(stylesheet_file=str(DOCS / "odd2rng.xsl"))
    narrow.set_parameter("all", processor.make_string_value(tei_all.as_uri()))
    narrow.transform_to_file(source_file=str(DOCS / "aligner.odd"), output_file=str(schema))
    check = xslt.compile_stylesheet(stylesheet_file=str(DOCS / "odd2check.xsl"))
    check.transform_to_file(source_file=str(schema), output_file=str(rules))
    return Compiled(processor, schema, rules)
