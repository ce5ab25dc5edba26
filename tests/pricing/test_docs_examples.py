"""The pages on pricing rules are true: their examples come to their fees, and the new rule runs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from helpers.errors import ReportError
from helpers.pricing import PRICING_RULES
from support.pricing_examples import Example, examples, priced

ROOT = Path(__file__).resolve().parents[2]
RULE = (ROOT / "docs/how-to/pricing-rule.md").read_text(encoding="utf-8")
TEXT = (ROOT / "docs/reference/pricing.md").read_text(encoding="utf-8") + RULE
NEW = "half-alike"


EXAMPLES = examples(TEXT)
STANDING = [example for example in EXAMPLES if example.rule != NEW]


def test_every_rule_has_an_example() -> None:
    with_fees = [rule for rule in PRICING_RULES if not rule.takes_pledges]
    names = {get_args(rule.model_fields["rule"].annotation)[0] for rule in with_fees}
    assert {example.rule for example in EXAMPLES} == names | {NEW}


@pytest.mark.parametrize("example", STANDING, ids=lambda example: example.rule)
def test_an_example_comes_to_what_it_says(example: Example) -> None:
    if example.clash:
        with pytest.raises(ReportError) as error:
            priced(example)
        assert str(error.value) == example.clash
    else:
        assert priced(example).fees == example.fees


def test_some_examples_clash() -> None:
    assert sum(bool(example.clash) for example in EXAMPLES) == 2


def test_a_new_rule_is_the_class_and_the_line_that_the_docs_show(
    tmp_path: Path, own_round: Callable[[str, str], Path]
) -> None:
    """In a copy of the package with just those two added, a round by the new rule runs."""
    (class_,) = re.findall(r"```python\n(.*?)```", RULE, re.DOTALL)
    (line,) = re.findall(r"`PRICING_RULES`.*?```text\n(.*?)```", RULE, re.DOTALL)
    assert len(line.splitlines()) == class_.count("class ") == 1
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    pricing = tmp_path / "src/helpers/pricing"
    with (pricing / "kinds" / "fixed_total.py").open("a", encoding="utf-8") as fixed:
        fixed.write(f"\n\n{class_}")
    rules = (pricing / "__init__.py").read_text(encoding="utf-8")
    changed = rules.replace("    fixed_total.Annex,\n", f"    fixed_total.Annex,\n{line}")
    assert changed != rules
    (pricing / "__init__.py").write_text(changed, encoding="utf-8")
    (example,) = (example for example in EXAMPLES if example.rule == NEW)
    rows = [f"{row['code']},{row['code']},{row['weight']}" for row in example.rows]
    folder = own_round(example.toml, "\n".join(["code,name,weight", *rows]) + "\n")
    assert fees_by(tmp_path / "src", folder) == example.fees


def fees_by(source: Path, folder: Path) -> dict[str, int]:
    """A round's fees by the package in another folder, in a process of its own."""
    program = (
        "import json\n"
        "from helpers.data.round.round_inputs import load_inputs\n"
        "from helpers.model.settings.round_prices import compute_prices\n"
        f"given = load_inputs({folder.name!r})\n"
        "print(json.dumps(compute_prices(given.round, given.members).fees))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))
