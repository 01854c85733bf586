"""The user's own schema: RELAX NG (.rng), W3C XML Schema (.xsd) or DTD (.dtd), offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aligner.files.xml_encoding import utf8_xml
from aligner.formats.validation.codes import COMMON
from aligner.formats.validation.fault import Fault
from aligner.model import Malformed, UsageError

__all__ = ["check_schema"]


def check_schema(data: bytes, name: str, schema: Path) -> Iterator[Fault]:
    """What the schema says against `data`; XInclude is not resolved.

    Raises UsageError for a schema that cannot be read or is of a kind that nobody knows.
    """
    from lxml import etree

    validator: Any = _load(schema)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True
    )
    try:
        tree = etree.fromstring(utf8_xml(data, name), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise Malformed(
            "not well-formed XML, so no schema can judge it", context=name, line=line, column=column
        ) from None
    if validator.validate(tree):
        return
    severity = COMMON["S001"].severity
    for entry in validator.error_log:
        reason = " ".join(entry.message.split())
        yield Fault("S001", entry.line, "", reason, f"see {schema.name}", severity, entry.column)


def _load(schema: Path) -> Any:
    from lxml import etree

    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    kinds: dict[str, Any] = {".rng": etree.RelaxNG, ".xsd": etree.XMLSchema}
    kind = schema.suffix.lower()
    try:
        if kind == ".dtd":
            return etree.DTD(str(schema))
        if kind in kinds:
            return kinds[kind](etree.parse(str(schema), parser))
    except (OSError, etree.LxmlError) as error:
        raise UsageError(
            f"the schema cannot be used ({' '.join(str(error).split())[:200]})",
            context=str(schema),
            hint="what it includes must lie beside it; nothing is fetched",
        ) from None
    raise UsageError(
        f"a schema of the kind {kind or 'without a suffix'} is not known",
        context=str(schema),
        hint="give .rng, .xsd or .dtd (jing and trang turn .rnc into .rng)",
    )
