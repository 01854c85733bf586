"""Words as UAX 29 bounds them, for counting."""

from __future__ import annotations

import pytest

from aligner.text.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the example of UAX 29, section 4
        (
            "The quick (“brown”) fox can’t jump 32.3 feet, right?",
            ["The", "quick", "brown", "fox", "can’t", "jump", "32.3", "feet", "right"],
        ),
        ("1,234.50 zł, e-mail, U.S.A.", ["1,234.50", "zł", "e", "mail", "U.S.A"]),
        # marks belong to their letter: Devanagari, Tamil, Arabic with vowels, Hebrew, Korean
        ("हिन्दी में लिखा", ["हिन्दी", "में", "लिखा"]),
        ("தமிழ் மொழி", ["தமிழ்", "மொழி"]),
        ("العَرَبِيَّةُ لُغَةٌ", ["العَرَبِيَّةُ", "لُغَةٌ"]),
        ('שָׁלוֹם צה"ל', ["שָׁלוֹם", 'צה"ל']),
        ("한국어 문장", ["한국어", "문장"]),
        ("cafe\u0301 n\u0303", ["cafe\u0301", "n\u0303"]),
        # where no spaces are written each sign is one, Katakana comes in runs
        ("你好，世界", ["你", "好", "世", "界"]),
        ("コンピューターで", ["コンピューター", "で"]),
        ("a_b 3D №5 ½", ["a_b", "3D", "5", "½"]),
        ("— … ¡! 👩‍👩‍👧", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected
