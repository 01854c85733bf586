"""Markdown of every dialect, each word its own."""

from __future__ import annotations

from tests.property.worded.words import Words

__all__ = ["made_md"]


def made_md(words: Words) -> bytes:
    front = words.chance.choice(
        ("", f"---\ntitle: {words.word()}\ntags: [{words.word()}]\n---\n\n")
    )
    blocks = [_block(words, 3) for _ in range(words.chance.randint(1, 8))]
    return (front + "\n\n".join([words.word(), *blocks]) + "\n").encode()


def _line(words: Words) -> str:
    return words.chance.choice(
        (
            words.word(),
            f"{words.word()} **{words.word()}** *{words.word()}*{words.word()}",
            f"[{words.word()}](https://x.org/{words.word()} '{words.word()}') `{words.word()}`",
            f"![{words.word()}](/{words.word()}.png){{#{words.word()}}}",
            f"{words.word()}{{{{< {words.word()} a='{words.word()}' >}}}} {{% {words.word()} %}}",
            f"{words.word()} {{/* {words.word()} */}} <!-- {words.word()} --> <b>{words.word()}</b>",
            f"{words.word()}^[{words.word()}] {words.word()}  \n{words.word()} &amp; $$ {words.word()} $$",
            f"{{ref}}`{words.word()}` <{words.word()}@x.org> {words.word()}{{: .{words.word()}}}",
        )
    )


def _block(words: Words, depth: int) -> str:
    inner = "\n\n".join(_block(words, depth - 1) for _ in words.some(2)) if depth > 0 else ""
    inner = inner or _line(words)
    indented = "\n".join(f"    {line}" for line in inner.splitlines())
    return words.chance.choice(
        (
            _line(words),
            f"## {words.word()} {{#{words.word()}}}",
            f"{words.word()}\n====",
            f"::: {words.word()} {words.word()}\n{inner}\n:::",
            f":::tip[{words.word()}]\n\n{inner}\n\n:::",
            f'!!! note "{words.word()}"\n\n{indented}',
            f"```{{note}} {words.word()}\n:class: {words.word()}\n\n{_line(words)}\n```",
            f"```{words.word()}\n{words.word()}\n```",
            f"> [!NOTE] {words.word()}\n> {words.word()}",
            f"> {words.word()}\n{words.word()}",
            f"- {words.word()}\n- {inner.splitlines()[0]}",
            f"{words.word()}\n:   {words.word()}",
            f"| {words.word()} | {words.word()} |\n|---|---|\n| {words.word()} | {words.word()} |",
            f"<div class='{words.word()}'>\n<p>{words.word()}</p>\n<img alt='{words.word()}'>\n</div>",
            f'<Note title="{words.word()}">\n\n{inner}\n\n</Note>',
            f"import {words.word()} from '{words.word()}'",
            f'{{{{< figure src="{words.word()}.png" caption="{words.word()}" >}}}}',
            f"{words.word()}[^{(note := words.word())}]\n\n[^{note}]: {words.word()}",
            f"[{words.word()}][{(key := words.word())}]\n\n[{key}]: https://x.org/{words.word()}",
            f"% {words.word()}",
            f"/// tip | {words.word()}\n{words.word()}\n///",
            f"<<< @/{words.word()}.js",
        )
    )
