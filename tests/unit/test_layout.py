"""The layout holds itself: who is entered how, and how large things may grow."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# every module of these is public, or nobody imports them; see pyproject.toml
FLAT = {"model", "languages", "text", "runtime", "files", "workflows", "cli"}
# these hold sub-packages and modules that are entered by name
OPEN = {"engine"}
# the contract of these is about their sub-packages too
WHOLE = {"formats", "documents"}
LINES, PACKAGE_LINES = 400, 4000


def packages() -> Iterator[str]:
    """Names of all packages inside aligner, dotted, without `aligner.`."""
    for init in sorted((ROOT / "aligner").rglob("__init__.py")):
        name = ".".join(init.parent.relative_to(ROOT / "aligner").parts)
        if name:
            yield name


PACKAGES = list(packages())


def contracts() -> set[str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return {row["name"] for row in rows if row["type"] == "protected"}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_entered_through_its_init(name: str) -> None:
    first = name.split(".", maxsplit=1)[0]
    if first in FLAT or name in OPEN:
        return
    assert f"the inside of {first if first in WHOLE else name}" in contracts()


@pytest.mark.parametrize("name", PACKAGES)
def test_no_public_name_is_that_of_a_module_beside_it(name: str) -> None:
    """`from package import name` would mean either, for people and for import-linter."""
    folder = ROOT / "aligner" / Path(*name.split("."))
    modules = {path.stem for path in folder.iterdir() if path.suffix in ("", ".py")}
    for node in ast.parse((folder / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            assert not modules & set(ast.literal_eval(node.value))


@pytest.mark.parametrize("folder", ["aligner", "scripts"])
def test_no_module_is_too_long(folder: str) -> None:
    long = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*.py")
        if path.read_text(encoding="utf-8").count("\n") > LINES
    ]
    assert long == []


@pytest.mark.parametrize("name", ["", *PACKAGES])
def test_a_large_package_is_opened_into_named_ones(name: str) -> None:
    """Modules that lie directly in one folder, together."""
    folder = ROOT / "aligner" / Path(*name.split("."))
    lines = sum(path.read_text(encoding="utf-8").count("\n") for path in folder.glob("*.py"))
    assert lines <= PACKAGE_LINES


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "aligner").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def test_a_class_has_a_name_of_its_own() -> None:
    """But for those of the public API, which may be called as what they stand for (`Memory`)."""
    homes: dict[str, list[str]] = {}
    for name, tree in modules():
        if name.startswith("aligner/api/"):
            continue
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(name)
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_no_name_stands_for_anything() -> None:
    """`said` and `found` say nothing of what they hold."""
    used = [
        (name, node.lineno)
        for name, tree in modules()
        for node in ast.walk(tree)
        if (isinstance(node, ast.arg) and node.arg in ("said", "found"))
        or (
            isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Store)
            and node.id in ("said", "found")
        )
    ]
    assert used == []
