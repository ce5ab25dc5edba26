"""What docs/how-to/schedule shows can be used as it stands."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

import pytest
import yaml

from helpers.cli.commands import cli
from support.optional_values import present
from support.required_programs import missing

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "how-to" / "schedule"
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
COMMAND = re.compile(r"funding-report(?:\.exe)? (board [^\n<>&]*?)(?= *(?:>|2>|$))", re.MULTILINE)


def texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}


@pytest.mark.parametrize("name", ["service", "timer"])
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path, name: str) -> None:
    """Of an instance, and with a program that is there: systemd looks for it."""
    if shutil.which("systemd-analyze") is None:
        missing("systemd-analyze is not installed", "apt-get install systemd")
    for source in FOLDER.glob("*@.*"):
        text = source.read_text(encoding="utf-8").replace("/srv/funding-report/.venv/bin/", "/bin/")
        text = text.replace("/bin/funding-report ", "/bin/true ")
        (tmp_path / source.name.replace("@.", "@skl-2016.")).write_text(text, encoding="utf-8")
    unit = tmp_path / f"funding-report@skl-2016.{name}"
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    ours = [line for line in done.stderr.splitlines() if "funding-report@" in line]
    assert (done.returncode, ours) == (0, [])


def test_every_command_shown_is_one_that_there_is() -> None:
    shown = [found for text in texts().values() for found in COMMAND.findall(unescape(text))]
    assert len(shown) == 4
    for words in shown:
        name, *arguments = words.replace("%i", "skl-2016").split()
        context = cli.commands[name].make_context(name, arguments)
        assert context.params["round_name"] == "skl-2016"
        assert (context.params["as_of"], context.params["time_limit"]) == ("today", 1800)
        assert context.params["log_json"]


def test_the_task_the_workflow_and_the_crontab_can_be_read() -> None:
    task = ET.fromstring(texts()["task.xml"].replace(' encoding="UTF-16"', ""))
    assert present(task.find(f".//{TASK}MultipleInstancesPolicy")).text == "IgnoreNew"
    workflow = yaml.safe_load(texts()["workflow.yml"])
    assert workflow[True]["schedule"] == [{"cron": "5 5 * * 1-5"}]  # YAML reads "on" as true
    line = texts()["crontab"].splitlines()[-1]
    assert re.match(r"5 6 \* \* 1-5 cd /srv/funding-report && \.venv/bin/", line)


def test_the_page_names_every_file() -> None:
    page = (ROOT / "docs" / "how-to" / "schedule.md").read_text(encoding="utf-8")
    assert all(f"](schedule/{name})" in page for name in texts())
