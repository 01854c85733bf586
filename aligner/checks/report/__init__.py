"""The report: one HTML file that works without network and without script; and the other outputs.

`report_page(alignment, findings, summary)` -> text. Start reading from `page.py`; `plots.py` draws
the four pictures as SVG, `style.css` and `script.js` are put into the file as they are.
`summary.py` has the figures, `study.py` tables for who studies the translation, `against.py` two
translations in three columns, `writing.py` JSON, SARIF and MQM.
"""

from __future__ import annotations

from aligner.checks.report.against import (
    Translation,
    same_source,
)
from aligner.checks.report.page import (
    report_page,
)
from aligner.checks.report.summary import (
    Summary,
    summarise,
)
from aligner.checks.report.writing import (
    findings_report,
    findings_sarif,
    mqm_lines,
    row_json,
)

__all__ = [
    "Summary",
    "Translation",
    "findings_report",
    "findings_sarif",
    "mqm_lines",
    "report_page",
    "row_json",
    "same_source",
    "summarise",
]
