"""The docs and the code keep to the words of docs/explanation/style.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.avoided_words import (
    ROOT,
    STYLE_PAGE,
    AvoidedWord,
    find_in_markdown,
    find_in_python,
    read_avoided_words,
)

WORDS = read_avoided_words(STYLE_PAGE.read_text(encoding="utf-8"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
MODULES = [*(ROOT / "src").rglob("*.py"), *(ROOT / "benchmarks").glob("*.py")]

SAMPLE = [AvoidedWord("is no", "is not a", ("there is no", "is no longer"))]
CODE = '''\
"""A file is
no folder."""
count = 1  # there is no other
# A comment that is
# no help.
raise ValueError(f"{count} is no number, and there is no other")
'''
PAGE = """\
A file is no folder, and there is no
other. It is no longer `is no code`.

```text
is no code
```

It is
no code.
"""


def _short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_page_lists_words_with_what_to_write() -> None:
    assert AvoidedWord("anew", "again") in WORDS
    assert all(word.phrase and word.instead for word in WORDS)
    assert {"is no", "those that", "beside"} <= {word.phrase for word in WORDS}


def test_python_is_read_in_docstrings_comments_and_messages() -> None:
    assert find_in_python("code.py", CODE, SAMPLE) == [
        f'code.py:{line}: "is no". Write: is not a (docs/explanation/style.md).'
        for line in (1, 4, 6)
    ]


def test_markdown_is_read_outside_code() -> None:
    assert find_in_markdown("page.md", PAGE, SAMPLE) == [
        f'page.md:{line}: "is no". Write: is not a (docs/explanation/style.md).' for line in (1, 8)
    ]


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.phrase)
def test_an_allowed_phrase_contains_the_word_and_is_allowed(word: AvoidedWord) -> None:
    assert word.offsets(f"It {word.phrase} it") == [3]
    for phrase in word.allowed:
        # An allowed phrase belongs to one of the words of its row.
        assert word.offsets(phrase) == []


def test_the_pages_keep_to_the_words() -> None:
    # The style page has to name the words.
    texts = {path: path.read_text(encoding="utf-8") for path in PAGES if path != STYLE_PAGE}
    wrong = [
        line for path, text in texts.items() for line in find_in_markdown(_short(path), text, WORDS)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_code_keeps_to_the_words() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in MODULES}
    wrong = [
        line for path, text in texts.items() for line in find_in_python(_short(path), text, WORDS)
    ]
    assert not wrong, "\n".join(wrong)
