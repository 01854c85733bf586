"""What the pages in the browser (review, memory) have in common; needs the extra [review].

- `guard.py`: looks at every request before a page's own application does
- `answers.py`: JSON in and out, errors as sentences, files of a page
- `running.py`: the loopback address, until the person stops it
- `page/`: style and script that the pages share

Start reading from `guard.py`.
"""

from __future__ import annotations

from aligner.serving.answers import as_json, file_endpoint, json_body, refused
from aligner.serving.guard import HEADER, LARGEST_BODY, guarded_app
from aligner.serving.running import serve_app

__all__ = [
    "HEADER",
    "LARGEST_BODY",
    "as_json",
    "file_endpoint",
    "guarded_app",
    "json_body",
    "refused",
    "serve_app",
]
