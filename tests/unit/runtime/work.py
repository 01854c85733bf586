"""What the children of the tests do."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from aligner.model import Malformed, ReadError
from aligner.runtime import cores
from aligner.runtime.children import Channel


def echo(channel: Channel, *arguments: str) -> None:
    """Says its arguments, then every message twice; what is printed is no message."""
    print("printed")
    os.write(1, b"written")
    channel.send(arguments)
    while True:
        message = channel.receive()
        channel.send((message, message))


def busy(channel: Channel) -> None:
    """Says its number, then works and never looks at the channel."""
    channel.send(os.getpid())
    while True:
        time.sleep(0.01)


def add(first: int, second: int) -> int:
    return first + second


def unreadable() -> None:
    raise ReadError("there is no text in it", context="a.txt", hint="add some")


def broken() -> None:
    raise KeyError("a key")


def malformed(name: str, line: int) -> None:
    raise Malformed("broken", context=name, line=line, hint="repair it")


def aborted() -> None:
    os.abort()


def ended() -> None:
    sys.stdout.flush()
    os._exit(7)


def endless() -> None:
    while True:
        time.sleep(0.01)


def hungry() -> int:
    """More than half a gigabyte, held and filled, for long enough to be seen."""
    held = [bytearray(b"x" * (16 << 20)) for _ in range(40)]
    time.sleep(1)
    return len(held)


def cores_of(common: str, item: int) -> tuple[str, int, int]:
    return common, item, cores.count()


def bad_at_three(common: Any, item: int) -> int:
    del common
    if item == 3:
        raise ReadError("the third cannot be read")
    return item


def summed(share: list[int], question: int) -> int:
    return sum(share) * question
