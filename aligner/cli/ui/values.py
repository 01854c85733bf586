"""Values of options that need no checking, without typer's machinery to check them.

typer from 0.25 on takes every value through a pydantic adapter, also a text as it was typed and a default
that nobody changed: a tenth of a second for `aligner align`, most of it loading pydantic. Here a text
stays a text, a path becomes a `Path` where typer's checks of it (it exists, it may be read) would pass, and defaults stay.
Whatever else there is goes to typer, which says what is wrong with it in its words. Versions of typer
without such adapters are left as they are.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

__all__ = ["with_plain_values"]

_LATER = object()  # typer must look at this value


def with_plain_values(command: Any) -> Any:
    """The command, its options and the commands inside taking plain values as they are."""
    asked = command.get_params

    def get_params(ctx: Any) -> Any:
        parameters = asked(ctx)  # with --help, which typer makes when it is asked for
        for parameter in parameters:
            # typer's place for what converts the values, empty until it is needed
            if getattr(parameter, "_runtime_param", _LATER) is None:
                parameter._runtime_param = _Plain(parameter)  # noqa: SLF001
        return parameters

    command.get_params = get_params
    for inner in getattr(command, "commands", {}).values():
        if inner is not None:
            with_plain_values(inner)
    return command


class _Plain:
    """What stands in for typer's `RuntimeParam` of one option."""

    def __init__(self, parameter: Any) -> None:
        self._annotation = parameter.type_descriptor.annotation
        self._default = parameter.default

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the command gets it. Raises typer's BadParameter."""
        several = param.multiple or param.nargs == -1
        made = self._several(value, param) if several else self._one(value, self._annotation, param)
        if made is not _LATER:
            return made
        param._runtime_param = None  # noqa: SLF001
        try:
            return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
        finally:
            param._runtime_param = self  # noqa: SLF001

    def _several(self, values: Any, param: Any) -> Any:
        if values is None:
            return ()
        if not isinstance(values, (list, tuple)):
            return _LATER
        kinds = getattr(self._annotation, "__args__", (None,))
        made = [self._one(value, kinds[0], param) for value in values]
        return _LATER if any(one is _LATER or one is None for one in made) else made

    def _one(self, value: Any, kind: Any, param: Any) -> Any:
        if value is None:
            return None
        info = param.type_descriptor.parameter_info
        if info.parser is not None:
            return _LATER
        if kind in (int, float) and type(value) is kind and value == self._default:
            return value
        if kind not in (str, Path) or type(value) is not str or not _is_unicode(value):
            return _LATER
        return value if kind is str else _path(value, info)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # bytes of a file name that are no text
        return False
    return True


def _path(text: str, info: Any) -> Any:
    """The path, where every check that typer makes of it would pass."""
    if not text or info.path_type is not None or info.resolve_path:
        return _LATER
    path = Path(text)
    if info.allow_dash and text == "-":
        return path
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - as typer does
    except OSError:
        return _LATER if info.exists else path
    except ValueError:
        return _LATER
    refused = (
        (not info.file_okay and stat.S_ISREG(mode))
        or (not info.dir_okay and stat.S_ISDIR(mode))
        or (info.readable and not os.access(path, os.R_OK))
        or (info.writable and not os.access(path, os.W_OK))
    )
    return _LATER if refused else path
