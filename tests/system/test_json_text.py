from __future__ import annotations

from helpers.system.json_text import json_bytes, json_text

CONTENT = {"namn": "Öckerö", "lista": [1, {"a": None}], "tom": {}}
WRITTEN = '{\n "namn": "Öckerö",\n "lista": [\n  1,\n  {\n   "a": null\n  }\n ],\n "tom": {}\n}\n'


def test_a_value_is_written_the_same_as_text_and_as_bytes() -> None:
    assert json_text(CONTENT) == WRITTEN
    assert json_bytes(CONTENT) == WRITTEN.encode()
