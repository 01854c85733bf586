"""What is printable skips the three substitutions of the policy: the same text comes out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aligner.text import rich
from aligner.text.rich import Rich, clean

ODD = st.sampled_from(
    [
        "a",
        "中",
        "国",
        "é",
        "é",
        "\xad",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\ue000",
        "\x00",
        " ",
        "  ",
        "\n",
        "\t",
        "\r\n",
        "\xa0",
        "\u202f",
        "\x1c",
        "\x85",
        "\u2028",
        "\u3000",
    ]
)


def by_policy(text: str) -> str:
    """The policy to the letter, white space at the edges left."""
    text = rich._CJK_LINE_END.sub("", rich._GONE.sub("", text))
    return rich._composed(rich._SPACES.sub(" ", text))


@given(st.one_of(st.text(max_size=8), st.lists(ODD, max_size=8).map("".join)))
def test_equal_to_the_policy(text: str) -> None:
    assert clean(text) == by_policy(text).strip()
    paragraph = Rich()
    paragraph.add("x")
    paragraph.add(text)
    paragraph.add("x")
    assert paragraph.build()[0] == by_policy(f"x{text}x")


def test_every_code_point() -> None:
    for number in range(0x110000):
        text = f"{chr(number)}b{chr(number)}"
        assert clean(text) == by_policy(text).strip(), hex(number)
