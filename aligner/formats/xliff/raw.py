"""Content that our policy for characters changes (`raw` of a variant): written as it was, as long as
the variant still says the same.
"""

from __future__ import annotations

from typing import Any

from aligner.files.xml_text import attribute
from aligner.formats.xliff.inline import InlineContent
from aligner.formats.xliff.markup import Markup
from aligner.model import Pairs, Variant

__all__ = ["Raw"]


class Raw:
    """`root` are the attributes of the root, with the namespaces that the strings are written for."""

    def __init__(self, root: Pairs) -> None:
        declared = "".join(
            f' {name}="{attribute(value)}"' for name, value in root if name.startswith("xmlns")
        )
        self._open = f"<raw{declared}>"

    def of(self, variant: Variant) -> str | None:
        """The content as it was; None where there is none, or another text by now."""
        raw = next((value for name, value in variant.properties if name == "raw"), None)
        if raw is None:
            return None
        element = self._parsed(raw)
        if element is None:
            return None
        inline = InlineContent(Markup(element, self._open.encode()))
        text, codes, _ = inline.read(element, preserve=True)
        # native codes of 2.x lie beside the text: what they are called is enough
        same = [(c.place, c.role, c.element, c.attributes) for c in codes]
        wanted = [(c.place, c.role, c.element, c.attributes) for c in variant.codes]
        return raw if text == variant.text and same == wanted else None

    def _parsed(self, raw: str) -> Any:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            return etree.fromstring(f"{self._open}{raw}</raw>", parser)
        except etree.XMLSyntaxError:  # names that this root does not declare
            return None
