from __future__ import annotations

import pytest

from helpers.errors import ReportError
from helpers.model.parameters import report_params


def asked(**values: object) -> bool:
    return report_params(round="skl-2016", as_of="2017-02-22", **values).forecast


@pytest.mark.parametrize(
    ("given", "wanted"),
    [(True, True), ("true", True), ("True", True), (False, False), ("false", False)],
)
def test_a_forecast_is_asked_for_in_the_notebook_and_on_the_command_line(
    given: object, wanted: bool
) -> None:
    assert asked(forecast=given) is wanted


def test_a_forecast_is_made_only_when_asked() -> None:
    assert asked() is False


@pytest.mark.parametrize("given", ["yes", "1", "", 1, 0, 1.0, None])
def test_what_is_neither_true_nor_false_is_refused_and_told(given: object) -> None:
    with pytest.raises(ReportError) as refused:
        asked(forecast=given)
    assert str(refused.value) == (
        f"Parameter 'forecast' cannot be {given!r}: it is neither true nor false. "
        "Write true or false."
    )


def test_two_days_that_do_not_fit_each_other_are_told() -> None:
    with pytest.raises(ReportError) as refused:
        asked(since="2017-02-22")
    assert str(refused.value) == (
        "since is 2017-02-22, which is not before as_of, 2017-02-22. Change one of them."
    )
