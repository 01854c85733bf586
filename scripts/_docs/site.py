"""All pages of a language, and the site that Sphinx makes of them.

Pages written by hand are docs/en and docs/es, which have the same names in both. In them a line
`<!-- made: NAME -->` stands for a table out of the code (`tables`, `schemas`). Added are a page a
command, the Python API, and in English the long pages of measurements that lie in docs/ itself;
the Spanish tree has a short page of its own for each of these.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from _docs.commands import command_pages
from _docs.public import public_page
from _docs.schemas import schema_table
from _docs.tables import TABLES
from _docs.words import DOCS, LANGUAGES, Words

__all__ = ["MADE", "MEASURED", "build", "pages", "sections"]

# the long pages of docs/, by their names in the site
MEASURED = ("engine", "encoders", "fidelity", "reading", "scale")
# sections in their order: title, then pages, or the folder whose other pages follow by name
_SECTIONS = (
    ("Tutorials", ("tutorials/scholar", "tutorials/translator", "tutorials/corpus", "tutorials/teacher")),
    ("How to", ("how-to/*",)),
    ("Explanation", ("explanation/*", "measured/index", *(f"measured/{one}" for one in MEASURED))),
    ("Reference", ("reference/commands/index", "reference/commands/*", "reference/*", "glossary")),
)  # fmt: skip
MADE = re.compile(r"^<!-- made: (\w+)(?: ([\w.-]+))? -->$", re.MULTILINE)
_NAMED = re.compile(r"^```(\w+) title=\"([^\"]+)\"\n", re.MULTILINE)


def pages(words: Words) -> dict[str, str]:
    """Every page of a language by its path in the site."""
    root = DOCS / words.lang
    made = {
        path.relative_to(root).as_posix(): _filled(path.read_text("utf-8"), words)
        for path in sorted(root.rglob("*.md"))
    }
    generated = {**command_pages(words), "reference/python.md": public_page(words)}
    if words.lang == "en":
        generated |= {f"measured/{name}.md": _measured(name) for name in MEASURED}
        generated |= {f"reference/{name}.md": _measured(name) for name in ("formats", "validation")}
    both = sorted(made.keys() & generated.keys())
    if both:
        raise ValueError(f"pages of docs/{words.lang} that are also generated: {both}")
    return made | generated


def _filled(text: str, words: Words) -> str:
    """The page with what stands for its marks."""

    def made(mark: re.Match[str]) -> str:
        if mark[1] == "file":
            return schema_table(mark[2], words)
        return TABLES[mark[1]](words)

    return _NAMED.sub(r"```{code-block} \1\n:caption: \2\n\n", MADE.sub(made, text))


def _measured(name: str) -> str:
    """A page of docs/ as it is; what it links beside itself is in the repository, not in the site."""
    return (DOCS / f"{name}.md").read_text("utf-8")


def sections(names: Iterable[str], words: Words) -> dict[str, list[str]]:
    """Title of a section -> its pages in order; every page but the first is in one of them.

    Raises ValueError for a page that is in none.
    """
    left = dict.fromkeys(sorted(name.removesuffix(".md") for name in names))
    left.pop("index")
    exact = {one for _, wanted in _SECTIONS for one in wanted}
    made: dict[str, list[str]] = {}
    for title, wanted in _SECTIONS:
        inside: list[str] = []
        for one in wanted:
            if one.endswith("*"):
                folder = one[:-1]
                inside += [name for name in left if _directly(name, folder) and name not in exact]
            elif one in left:
                inside.append(one)
        for name in inside:
            del left[name]
        made[words.say(title)] = inside
    if left:
        raise ValueError(f"pages in no section: {', '.join(left)}")
    return made


def _directly(name: str, folder: str) -> bool:
    return name.startswith(folder) and "/" not in name.removeprefix(folder)


def _contents(names: Iterable[str], words: Words) -> str:
    """The tables of contents that Sphinx makes the navigation of."""
    parts = []
    for title, inside in sections(names, words).items():
        parts += ["", "```{toctree}", ":hidden:", f":caption: {title}", "", *inside, "```", ""]
    return "\n".join(parts)


def build(out: Path) -> None:
    """Both sites under `out`, a folder a language. Raises CalledProcessError where Sphinx complains
    of anything: a link that leads nowhere, a page in no section.
    """
    with tempfile.TemporaryDirectory(prefix="pages-") as name:
        for lang in LANGUAGES:
            words, work = Words(lang), Path(name) / lang
            made = pages(words)
            made["index.md"] += _contents(made, words)
            for page, text in made.items():
                path = work / page
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            for folder in ("pictures", "schemas"):
                if (DOCS / folder).is_dir():
                    shutil.copytree(DOCS / folder, work / folder)
            (work / "conf.py").write_text(_settings(lang), encoding="utf-8")
            if words.missing:
                print(f"{lang}: {len(words.missing)} sentences not translated", file=sys.stderr)
            shutil.rmtree(out / lang, ignore_errors=True)
            command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
            cache = str(Path(name) / f"{lang}-cache")
            subprocess.run([*command, "-d", cache, str(work), str(out / lang)], check=True)
    (out / "index.html").write_text(_ENTRANCE, encoding="utf-8")


def _settings(lang: str) -> str:
    """What Sphinx is told, as the Python that it reads."""
    settings = {
        "project": "aligner",
        "language": lang,
        "extensions": ["myst_parser"],
        "myst_enable_extensions": ["deflist"],
        "myst_heading_anchors": 3,
        "smartquotes": False,  # of --pairs it would make a dash
        "html_theme": "furo",
        "html_title": "aligner",
        "html_show_sphinx": False,
        "html_copy_source": False,
        "html_context": {"languages": list(LANGUAGES.items())},
        "templates_path": [str(DOCS / "theme")],
        # the switch of languages stands where furo has the brand
        "html_sidebars": {
            "**": [
                "sidebar/brand.html",
                "languages.html",
                "sidebar/search.html",
                "sidebar/scroll-start.html",
                "sidebar/navigation.html",
                "sidebar/scroll-end.html",
            ]
        },
        # screens are of no language that could be coloured without fail
        "suppress_warnings": ["misc.highlighting_failure"],
    }
    return "".join(f"{name} = {value!r}\n" for name, value in settings.items())


_ENTRANCE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>aligner</title>
<p><a href="en/index.html">English</a></p><p lang="es"><a href="es/index.html">Español</a></p>
</html>
"""
