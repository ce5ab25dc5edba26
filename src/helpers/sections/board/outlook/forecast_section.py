"""The section with the forecast: a computed interval and its model, shown only on request."""

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
from helpers.funding.scenarios.joiners_to_ask import find_joiners_to_ask
from helpers.funding.totals.shares import share
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import counts_in_words, number_in_words
from helpers.rounding import round_half_up
from helpers.sections.charts.forecast_fan import draw_forecast_fan
from helpers.sections.components.block import Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import picture_foot
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import bullets, callout, paragraphs


def forecast(context: SectionContext, result: Forecast | NoForecast | None) -> Block:
    """The interval, its median and its model, or the reason for none; blank unless requested."""
    loc = context.year_loc
    if result is None:
        return does_not_apply(context.loc("Ingen prognos är begärd (forecast)."))
    if isinstance(result, NoForecast):
        own_section = context.wording.own_section("forecast")
        return own_section or paragraphs(_explain_no_forecast(result, loc))
    if not result.unanswered:
        return paragraphs(loc("Alla har svarat: det finns inget kvar att beräkna."))
    return stack(
        callout(loc("Det här är en prognos, gjord med en modell: utfallet är inte känt.")),
        _interval_block(context, result),
        paragraphs(_horizon_text(result, loc), *_without_joiners(context)),
        _forecast_table(result, loc),
        paragraphs(loc("Så är prognosen gjord:")),
        bullets(_model_remarks(context, result)),
    )


def _explain_no_forecast(result: NoForecast, loc: Localizer) -> str:
    if result.reason == TOO_FEW_ANSWERS:
        return loc(
            "Ingen prognos görs: det behövs minst {needed} svar för att säga något om de övriga.",
            needed=number_in_words(result.needed, loc),
        )
    if result.reason == NO_REPLY_DATE:
        return loc(
            "Ingen prognos görs: omgången har ingen känd sista svarsdag, och när svaren kommer "
            "beror på den."
        )
    return loc(
        "Ingen prognos görs: avgiften beror på vilka som ansluter, så det går inte att säga i dag "
        "vad ett ja ger."
    )


def _interval_finding(result: Forecast, loc: Localizer) -> str:
    """Return the interval and its median on the forecast's day, rounded, and their shares."""
    middle = {
        "day": loc.date(result.horizon),
        "median": loc.money(_rounded(result, result.median)),
        "median_share": loc.percent(result.median_share),
    }
    if result.low == result.high:
        return loc(
            "Enligt prognosen är {median} per år säkrade den {day} ({median_share}): både det låga "
            "och det höga utfallet är detsamma",
            **middle,
        )
    return loc(
        "Enligt prognosen är mellan {low} och {high} per år säkrade den {day} ({low_share} till "
        "{high_share}), med {median} ({median_share}) i mitten",
        low=loc.money(_rounded(result, result.low)),
        high=loc.money(_rounded(result, result.high)),
        low_share=loc.percent(result.low_share),
        high_share=loc.percent(result.high_share),
        **middle,
    )


def _rounded(result: Forecast, amount: int) -> int:
    """An amount of the forecast to the power of ten of which the interval has 10 to 99."""
    tens = max(result.high - result.low, 1) // 10
    step = int(10 ** (len(str(tens)) - 1))
    return round_half_up(Fraction(amount, step)) * step


def _interval_block(context: SectionContext, result: Forecast) -> Block:
    """Return the interval as a fan on the curve; only words if it is a single amount."""
    loc = context.loc
    finding = _interval_finding(result, loc)
    if result.low == result.high:
        return paragraphs(f"{finding}.")
    alternative = loc(
        "{finding}. Kurva som från i dag blir ett band, bredare ju längre fram det är. Siffrorna "
        "står i tabellen nedanför.",
        finding=finding,
    )
    return chart_block(
        partial(draw_forecast_fan, context.statement.over_time, result, loc, alternative),
        finding,
        alternative,
        foot=picture_foot(context),
    )


def _horizon_text(result: Forecast, loc: Localizer) -> str:
    """Return the horizon, the probability, and the expected number of further answers."""
    horizon = loc(
        "Prognosen gäller den {horizon}: lika lång tid efter sista svarsdagen som kommunerna hade "
        "på sig fram till den, men minst {weeks} veckor framåt. Intervallet är gjort för att "
        "rymma utfallet i {level} av fallen.",
        horizon=loc.date(result.horizon),
        weeks=number_in_words(MIN_DAYS_AHEAD.days // 7, loc),
        level=loc.percent(result.level),
    )
    further_answers = round_half_up(result.further_answers)
    if not further_answers:
        return f"{horizon} " + loc("Nästan inga fler svar väntas till dess.")
    counts = counts_in_words(loc, loc("ett"), further=further_answers)
    return f"{horizon} " + loc.plural(
        "En kommun har inte svarat. Ungefär {further} svar väntas till dess, {yes} av dem ja.",
        "{n} kommuner har inte svarat. Ungefär {further} svar väntas till dess, {yes} av dem ja.",
        result.unanswered,
        **counts,
        yes=loc.percent(result.model.yes_of_further),
    )


def _without_joiners(context: SectionContext) -> list[str]:
    """Members that joined later and have not answered, which the forecast leaves out."""
    statement, loc = context.statement, context.loc
    found = find_joiners_to_ask(statement.round, statement.on_day)
    if not found.members:
        return []
    return [
        loc.plural(
            "Prognosen gäller det önskade beloppet. Den omfattar därför inte den kommun som har "
            "tillkommit senare och inte har svarat.",
            "Prognosen gäller det önskade beloppet. Den omfattar därför inte de {n} kommuner som "
            "har tillkommit senare och inte har svarat.",
            len(found.members),
        )
    ]


def _forecast_table(result: Forecast, loc: Localizer) -> Block:
    """Return the forecast between the bounds, as numbers."""
    make = FieldMaker(loc)
    fields = [
        make.text("what", loc("Utfall")),
        make.amount("funded", loc("Kr per år")).printed_from("rounded", loc.count),
        make.share("funded_share", loc("Andel av önskat"), "the requested amount"),
    ]
    requested = result.requested
    amounts = {
        loc("Gräns nedåt: säkrat nu"): result.funded,
        loc("Prognos, lågt"): result.low,
        loc("Prognos, i mitten"): result.median,
        loc("Prognos, högt"): result.high,
        loc("Gräns uppåt: alla säger ja"): result.ceiling,
    }
    known = (result.funded, result.ceiling)
    records = [
        {
            "what": name,
            "funded": amount,
            "rounded": amount if amount in known else _rounded(result, amount),
            "funded_share": share(amount, requested),
        }
        for name, amount in amounts.items()
    ]
    caption = loc(
        "Säkrat den {day}: prognosens intervall ({level}) mellan gränserna",
        day=loc.date(result.horizon),
        level=loc.percent(result.level),
    )
    return data_block(SectionTable.of(loc, caption, fields, records))


def _model_remarks(context: SectionContext, result: Forecast) -> list[str]:
    """Return the basis of the forecast, its assumptions, and how it was validated."""
    loc = context.year_loc
    return [
        loc(
            "Prognosen bygger på när svaren har kommit i förhållande till sista svarsdagen och på "
            "vad svaren har varit, efter kommungrupp, avgiftens storlek och hur sent svaret kom. "
            "Där få kommuner har svarat väger genomsnittet för alla tyngre."
        ),
        _phase_remark(result.model, loc),
        loc(
            "Den förutsätter följande, och intervallet räknar inte med att det slår fel: "
            "{assumed}.",
            assumed="; ".join(_assumption_texts(context, result.model)),
        ),
        loc(
            "Prövad på {rounds} simulerade omgångar rymde intervallet utfallet i {held} av "
            "{forecasts} prognoser ({share}; avsett {level}). På verkliga omgångar är den inte "
            "prövad.",
            rounds=loc.count(MEASURED_CALIBRATION.rounds),
            held=loc.count(MEASURED_CALIBRATION.held),
            forecasts=loc.count(MEASURED_CALIBRATION.forecasts),
            share=loc.percent(MEASURED_CALIBRATION.held_share, 1),
            level=loc.percent(result.level),
        ),
    ]


def _phase_remark(model: ForecastModel, loc: Localizer) -> str:
    if model.phase == "before":
        return loc(
            "Svarstiden pågår. Hur många som svarar strax före och efter sista svarsdagen syns "
            "inte i svaren än, utan är ett antagande."
        )
    return loc(
        "Svarstiden är slut. Takten i svaren efter sista svarsdagen förs vidare och antas avta."
    )


def _assumption_texts(context: SectionContext, model: ForecastModel) -> list[str]:
    """Return the assumptions of the model in words."""
    loc = context.year_loc
    answers_stand = loc("ingen ändrar sitt svar")
    if context.statement.total.conditional:
        answers_stand = loc(
            "ingen ändrar sitt svar, och de som har ett villkor håller fast vid det"
        )
    assumption_names = {
        "answers_stand": answers_stand,
        "all_years": loc("ett nytt ja gäller alla år och utan villkor"),
        "reply_date_stands": loc("sista svarsdagen flyttas inte"),
        "like_the_answered": loc(
            "de kommuner som inte har svarat säger ja lika ofta som liknande kommuner som har "
            "svarat"
        ),
    }
    return [assumption_names[name] for name in model.assumed]
