"""A form in JupyterLab that records a member's answer: it shows the effect first, then saves.

It writes the same rows as `funding-report answer`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from helpers.data.register.register_writer import NewAnswer
from helpers.data.round.members_file import load_members
from helpers.data.round.round_config import load_round, round_folder
from helpers.errors import ReportError, package_missing
from helpers.funding.answers.answer_states import NO, YES
from helpers.i18n.localized_problems import error_text
from helpers.i18n.localizer import Localizer
from helpers.report.recording.answer_recorder import RegisterChange, propose_answer
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import Block, stack
from helpers.sections.components.text import callout, paragraphs

if TYPE_CHECKING:
    from ipywidgets import HTML, Button, VBox


class AnswerForm:
    """The result of `answer_form`; `fields` are its widgets by column of the register."""

    def __init__(self, round_name: str, today: date) -> None:
        folder = round_folder(round_name)
        round_ = load_round(folder)
        members = load_members(folder, round_)
        self.round_name = round_name
        self.loc = Localizer.for_round(round_, round_.languages[0])
        self.codes = {
            f"{name} ({code})": str(code)
            for code, name in zip(members["code"], members["name"], strict=True)
        }
        self._today = today
        self._proposed: RegisterChange | None = None
        self.fields = self._new_fields()
        self.show: Button = self._new_button(self.loc("Visa vad som ändras"), self._propose)
        self.save: Button = self._new_button(self.loc("Spara svaret"), self._save)
        self.shown: HTML = _widgets().HTML()
        self.save.disabled = True
        for field in self.fields.values():
            field.observe(self._forget, names="value")

    def widget(self) -> VBox:
        """Return the fields, the two buttons, and below them the effect or the errors."""
        widgets = _widgets()
        buttons = widgets.HBox([self.show, self.save])
        return widgets.VBox([*self.fields.values(), buttons, self.shown])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return self.widget()._repr_mimebundle_() or {}

    def _new_fields(self) -> dict[str, Any]:
        widgets, loc = _widgets(), self.loc
        look: dict[str, Any] = {
            "style": {"description_width": "9rem"},
            "layout": {"width": "100%", "max_width": "40rem"},
        }
        names = answer_names(loc)
        answers = [(loc("Välj svar"), ""), (names[YES], YES), (names[NO], NO)]
        return {
            "code": widgets.Combobox(description=loc("Medlem"), options=[*self.codes], **look),
            "decision": widgets.Dropdown(description=loc("Svar"), options=answers, **look),
            "decided_on": widgets.DatePicker(description=loc("Beslutat den"), **look),
            "received_on": widgets.DatePicker(description=loc("Inkom den"), **look),
            "case_number": widgets.Text(description=loc("Diarienummer"), **look),
            "condition": widgets.Text(description=loc("Villkor"), **look),
        }

    def _new_button(self, text: str, act: Callable[[], None]) -> Button:
        button = _widgets().Button(description=text, layout={"width": "auto"})
        button.on_click(lambda _: act())
        return button

    def _propose(self) -> None:
        self._forget()
        try:
            self._proposed = propose_answer(
                self.round_name, self._stated_answer(), self._today, self.loc.language
            )
        except ReportError as error:
            self._display(callout(error_text(error, self.loc.language)))
            return
        self._display(*_lines(self._proposed.effect))
        self.save.disabled = False

    def _save(self) -> None:
        proposed = self._proposed
        if proposed is None:
            return
        try:
            proposed.save()
        except ReportError as error:
            self._forget()
            self._display(callout(error_text(error, self.loc.language)))
            return
        for name in ("code", "case_number", "condition"):
            self.fields[name].value = ""
        self._forget()
        self._display(*_lines([self.loc("Svaret är sparat."), *proposed.effect]))

    def _forget(self, _: object = None) -> None:
        """Discard the shown change, because a field has been edited since."""
        self._proposed = None
        self.save.disabled = True
        self.shown.value = ""

    def _stated_answer(self) -> NewAnswer:
        values = {name: field.value for name, field in self.fields.items()}
        required = ("code", "decision", "decided_on", "received_on")
        missing = [self.fields[name].description for name in required if not values[name]]
        if missing:
            raise ReportError(self.loc("Fyll i: {fields}.", fields=", ".join(missing)))
        if values["code"] not in self.codes:
            raise ReportError(self.loc("Välj en medlem ur listan."))
        code = self.codes[values["code"]]
        return NewAnswer(**{name: str(value) for name, value in values.items()} | {"code": code})

    def _display(self, *blocks: Block) -> None:
        self.shown.value = stack(*blocks).html


def answer_form(round_name: str, today: date) -> AnswerForm:
    """Return a form that records an answer in decisions.csv; make it the last line of a cell.

    It shows the member's answer and the headline before and after, and only then saves. An answer
    of a day after `today` is refused. Raises ReportError if ipywidgets, which JupyterLab includes,
    is not installed.

    >>> from datetime import date
    >>> from helpers import answer_form
    >>> form = answer_form("skl-2016", date(2026, 3, 1))
    >>> form.save.disabled
    True
    """
    return AnswerForm(round_name, today)


def _widgets() -> Any:
    # Reports do not need it, and it takes a quarter of a second to import.
    try:
        import ipywidgets  # noqa: PLC0415
    except ImportError:
        raise package_missing("The form", "funding-report[lab]") from None
    return ipywidgets


def _lines(texts: Sequence[str]) -> list[Block]:
    return [paragraphs(text) for text in texts]
