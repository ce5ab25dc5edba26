"""The form in JupyterLab, by the state of its widgets; the round "few" by hand."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from helpers.errors import ReportError
from helpers.report.recording.answer_form import AnswerForm, answer_form

REGISTER = """\
code,decided_on,received_on,decision,condition,case_number
0001,2026-01-15,2026-01-20,yes,,
"""


@pytest.fixture
def register(small_project: Path) -> Path:
    path = small_project / "data" / "rounds" / "few" / "decisions.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


@pytest.fixture
def form(register: Path) -> AnswerForm:
    return filled(answer_form("few", date(2026, 3, 1)))


def filled(form: AnswerForm) -> AnswerForm:
    values = {
        "code": "Mellersta (0002)",
        "decision": "yes",
        "decided_on": date(2026, 2, 1),
        "received_on": date(2026, 2, 3),
        "case_number": "KS <7>",
    }
    for name, value in values.items():
        form.fields[name].value = value
    return form


def shown(form: AnswerForm) -> str:
    return str(form.shown.value).replace("\u00a0", " ")


def test_it_shows_what_would_change_before_it_saves(form: AnswerForm, register: Path) -> None:
    assert form.save.disabled
    form.show.click()
    assert "<p>Mellersta (0002): Ej svarat → Ja</p>" in shown(form)
    assert "Före: 10 000 av 100 000 kr" in shown(form)
    assert "Efter: 30 000 av 100 000 kr" in shown(form)
    assert register.read_text(encoding="utf-8") == REGISTER
    assert not form.save.disabled
    form.save.click()
    row = "0002,2026-02-01,2026-02-03,yes,,KS <7>\n"
    assert register.read_text(encoding="utf-8") == REGISTER + row
    assert "Svaret är sparat." in shown(form)
    assert (form.save.disabled, form.fields["code"].value) == (True, "")


def test_what_is_changed_after_it_was_shown_is_not_saved(form: AnswerForm, register: Path) -> None:
    form.show.click()
    form.fields["decision"].value = "no"
    assert form.save.disabled
    assert shown(form) == ""
    form.save.click()  # as a click that was on its way
    assert register.read_text(encoding="utf-8") == REGISTER


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("code", "", "Fyll i: Medlem."),
        ("decided_on", None, "Fyll i: Beslutat den."),
        ("decision", "", "Fyll i: Svar."),
        ("code", "Nowhere", "Välj en medlem ur listan."),
        ("received_on", date(2026, 3, 2), "2026-03-02 är senare än i dag, 2026-03-01."),
        ("condition", "<Nej>", "&lt;Nej&gt;"),
    ],
)
def test_what_is_wrong_is_shown_and_not_saved(
    form: AnswerForm, register: Path, field: str, value: object, message: str
) -> None:
    form.fields[field].value = value
    form.show.click()
    assert message in shown(form)
    if field != "condition":  # which is an answer like any other, and only text
        assert form.save.disabled
    assert register.read_text(encoding="utf-8") == REGISTER


def test_a_register_that_has_changed_meanwhile_is_not_overwritten(
    form: AnswerForm, register: Path
) -> None:
    form.show.click()
    register.write_text(REGISTER + "\n", encoding="utf-8")
    form.save.click()
    assert "Ett annat program har ändrat decisions.csv." in shown(form)
    assert register.read_text(encoding="utf-8") == REGISTER + "\n"


def test_it_is_a_widget_with_every_field_and_both_buttons(form: AnswerForm) -> None:
    assert "application/vnd.jupyter.widget-view+json" in form._repr_mimebundle_()
    assert form.widget().children[:6] == tuple(form.fields.values())


def test_without_ipywidgets_it_says_what_to_install(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(ReportError, match=r'pip install "funding-report\[lab\]"'):
        answer_form("few", date(2026, 3, 1))


@pytest.mark.slow
def test_in_a_kernel_it_is_shown_as_a_widget_and_saves(register: Path) -> None:
    notebook = new_notebook(
        cells=[
            new_code_cell(
                "from datetime import date\n"
                "from helpers import answer_form\n"
                'form = answer_form("few", date(2026, 3, 1))\nform'
            ),
            new_code_cell(
                'form.fields["code"].value = "Mellersta (0002)"\n'
                'form.fields["decision"].value = "no"\n'
                'form.fields["decided_on"].value = date(2026, 2, 1)\n'
                'form.fields["received_on"].value = date(2026, 2, 3)\n'
                "form.show.click()\nform.save.click()\nprint(form.shown.value)"
            ),
        ]
    )
    folder = register.parents[3]
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, timeout=120).execute()
    [widget] = notebook.cells[0].outputs
    assert "application/vnd.jupyter.widget-view+json" in widget.data
    assert "Svaret är sparat." in notebook.cells[1].outputs[0].text
    row = "0002,2026-02-01,2026-02-03,no,,\n"
    assert register.read_text(encoding="utf-8") == REGISTER + row
