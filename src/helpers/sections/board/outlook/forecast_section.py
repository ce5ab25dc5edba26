"""What the round may come to: a computed interval with its stated model, shown only when asked."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from helpers.funding.forecast.funding_forecast import (
    MEASURED_CALIBRATION,
    MIN_DAYS_AHEAD,
    NO_REPLY_DATE,
    TOO_FEW_ANSWERS,
    Forecast,
    ForecastModel,
    NoForecast,
)
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.tally import share
from helpers.i18n.localizer import Localizer
from helpers.rounding import round_half_up
from helpers.sections.charts.forecast_interval import draw_forecast_interval
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import example_callout
from helpers.sections.components.text import bullets, callout, paragraphs


def forecast(statement: Statement, found: Forecast | NoForecast | None, say: Localizer) -> Block:
    """The interval, its middle and its model; or why there is none; blank where not asked for."""
    if found is None:
        return EMPTY_BLOCK
    if isinstance(found, NoForecast):
        return paragraphs(_explain_no_forecast(found, say))
    if not found.silent:
        return paragraphs(say("Alla har svarat: det finns inget kvar att beräkna."))
    mark = say(
        "Beräknat, inte känt: det här är en prognos, gjord med en modell. Gränserna i avsnittet "
        "före är inte beräknade på det sättet och gäller oberoende av prognosen."
    )
    return stack(
        callout(mark),
        example_callout(statement, say),
        _interval_block(found, say),
        paragraphs(_horizon_text(found, say)),
        _forecast_table(found, say),
        paragraphs(say("Så är det beräknat:")),
        bullets(_model_remarks(statement, found, say)),
    )


def _explain_no_forecast(found: NoForecast, say: Localizer) -> str:
    if found.reason == TOO_FEW_ANSWERS:
        return say(
            "Ingen prognos görs: {answered} har svarat, och det behövs minst {needed} svar för att "
            "säga något om de övriga.",
            answered=say.count(found.answered),
            needed=say.count(found.needed),
        )
    if found.reason == NO_REPLY_DATE:
        return say(
            "Ingen prognos görs: rundan har ingen känd sista svarsdag, och när svaren kommer "
            "följer av den."
        )
    return say(
        "Ingen prognos görs: avgiften beror på vilka som ansluter, så vad ett ja ger till slut är "
        "inte givet i dag."
    )


def _interval_finding(found: Forecast, say: Localizer) -> str:
    """The interval and its middle, in kronor and of the requested amount."""
    middle = {"median": say.kr(found.median), "median_share": say.percent(found.median_share)}
    if found.low == found.high:
        return say(
            "Beräknat blir {median} om året säkrade till slut ({median_share}): både det låga och "
            "det höga utfallet är detsamma",
            **middle,
        )
    return say(
        "Beräknat blir mellan {low} och {high} om året säkrade till slut ({low_share} till "
        "{high_share}), med {median} ({median_share}) i mitten",
        low=say.kr(found.low),
        high=say.kr(found.high),
        low_share=say.percent(found.low_share),
        high_share=say.percent(found.high_share),
        **middle,
    )


def _interval_block(found: Forecast, say: Localizer) -> Block:
    """The interval between its bounds; in words alone where it is a single amount."""
    finding = _interval_finding(found, say)
    if found.low == found.high:
        return paragraphs(f"{finding}.")
    alternative = say(
        "{finding}. Ett streck från {funded}, som är säkrat nu, till {ceiling}, om alla säger ja; "
        "på det ett band för prognosen och en punkt i mitten.",
        finding=finding,
        funded=say.kr(found.funded),
        ceiling=say.kr(found.ceiling),
    )
    return chart_block(
        partial(draw_forecast_interval, found, say, alternative), finding, alternative
    )


def _horizon_text(found: Forecast, say: Localizer) -> str:
    """Until when, how sure, and what is awaited of the silent."""
    horizon = say(
        "”Till slut” betyder här den {horizon}: lika lång tid efter sista svarsdagen som "
        "kommunerna hade på sig fram till den, men minst {weeks} veckor framåt. Intervallet är "
        "gjort för att rymma utfallet i {level} av fallen.",
        horizon=say.date(found.horizon),
        weeks=say.count(MIN_DAYS_AHEAD.days // 7),
        level=say.percent(found.level),
    )
    if round_half_up(found.further_answers, Fraction(1, 10)) == 0:
        return f"{horizon} " + say("Så gott som inga fler svar väntas till dess.")
    further = say.plural(
        "{n} har inte svarat. I genomsnitt väntas {further} svar till dess, och {yes} av dem ja.",
        "{n} har inte svarat. I genomsnitt väntas {further} svar till dess, och {yes} av dem ja.",
        found.silent,
        further=say.decimals(found.further_answers, 1),
        yes=say.percent(found.model.yes_of_further),
    )
    return f"{horizon} {further}"


def _forecast_table(found: Forecast, say: Localizer) -> Block:
    """The prognosis between the bounds, as figures."""
    columns = [
        Column(say("Utfall"), "left"),
        Column(say("Kr per år")),
        Column(say("Andel av önskat")),
    ]
    requested = found.requested
    amounts = {
        say("Gräns nedåt: säkrat nu"): found.funded,
        say("Beräknat, lågt"): found.low,
        say("Beräknat, i mitten"): found.median,
        say("Beräknat, högt"): found.high,
        say("Gräns uppåt: alla säger ja"): found.ceiling,
    }
    rows = [
        [name, say.count(amount), say.percent(share(amount, requested))]
        for name, amount in amounts.items()
    ]
    caption = say(
        "Säkrat till slut: det beräknade intervallet ({level}) mellan gränserna",
        level=say.percent(found.level),
    )
    return table_block(caption, columns, rows)


def _model_remarks(statement: Statement, found: Forecast, say: Localizer) -> list[str]:
    """What the forecast rests on, what it does not doubt, and how it has been tried."""
    return [
        say(
            "Prognosen bygger på hur svaren har kommit i förhållande till sista svarsdagen, och på "
            "vad de som har svarat sade: efter kommungrupp, avgiftens storlek och hur sent svaret "
            "kom. Där få har svarat väger genomsnittet för alla tyngre."
        ),
        _phase_remark(found.model, say),
        say(
            "Den tar för givet, och intervallet täcker inte om det slår fel: {assumed}.",
            assumed="; ".join(_assumption_texts(statement, found.model, say)),
        ),
        say(
            "Prövad på {rounds} simulerade rundor rymde intervallet utfallet i {held} av "
            "{forecasts} prognoser ({share}; avsett {level}). På verkliga rundor är den inte "
            "prövad.",
            rounds=say.count(MEASURED_CALIBRATION.rounds),
            held=say.count(MEASURED_CALIBRATION.held),
            forecasts=say.count(MEASURED_CALIBRATION.forecasts),
            share=say.percent(MEASURED_CALIBRATION.held_share, 1),
            level=say.percent(found.level),
        ),
    ]


def _phase_remark(model: ForecastModel, say: Localizer) -> str:
    if model.phase == "before":
        return say(
            "Svarstiden pågår. Hur många som svarar strax före och efter sista svarsdagen syns "
            "inte i svaren än, utan är ett antagande."
        )
    return say(
        "Svarstiden är slut. Takten i svaren efter sista svarsdagen förs vidare och antas avta."
    )


def _assumption_texts(statement: Statement, model: ForecastModel, say: Localizer) -> list[str]:
    """What the model does not doubt, each in words."""
    stand = say("ingen ändrar sitt svar")
    if statement.total.conditional:
        stand = say("ingen ändrar sitt svar, och de som har ett villkor håller fast vid det")
    words = {
        "answers_stand": stand,
        "all_years": say("ett nytt ja gäller alla år och utan villkor"),
        "reply_date_stands": say("sista svarsdagen flyttas inte"),
        "like_the_answered": say(
            "de tysta säger ja lika ofta som liknande kommuner som har svarat"
        ),
    }
    return [words[name] for name in model.assumed]
