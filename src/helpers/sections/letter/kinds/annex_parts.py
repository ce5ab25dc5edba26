"""The annex of the request: the rule, and the fees of all members, as table and as sheet."""

from __future__ import annotations

from helpers.funding.billing.fee_list import ListedFee, sum_fees
from helpers.i18n.alphabetical_order import alphabetical_key
from helpers.pricing.kinds.fixed_total import TaxBase
from helpers.sections.components.block import Block
from helpers.sections.components.data_table import data_block
from helpers.sections.components.invoice_sheet import (
    InvoiceSheet,
    SheetColumn,
    SheetValue,
    units_to_sheet_value,
)
from helpers.sections.components.notices import sheet_opening
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, TableField
from helpers.sections.components.text import paragraphs

MAX_YEAR_COLUMNS = 4  # of a table on paper; of more years it has the sum


def annex_rule(context: SectionContext) -> Block:
    """How the fees are computed and rounded, by the round's rule."""
    wording = context.wording
    texts = [wording.rule_sentence(), wording.rounding_remark(), wording.amount_note()]
    return paragraphs(" ".join(filter(None, texts)))


def annex_fees(context: SectionContext, fees: list[ListedFee]) -> Block:
    """All members in alphabetical order, with what each would pay."""
    loc, fields = context.loc, _fields(context, fees)
    listed = sorted(fees, key=lambda fee: (alphabetical_key(fee.name), fee.code))
    totals = sum_fees(context.statement, fees)
    total = {
        "name": loc("Summa"),
        "code": "",
        "key": sum(fee.key for fee in fees),
        "all_years": sum(totals.values()),
        "fee": max(totals.values()),
        **{f"fee_{year}": amount for year, amount in totals.items()},
    }
    records = [_record(fee) for fee in listed]
    caption = loc("Avgifter i bokstavsordning efter kommun")
    return data_block(SectionTable.of(loc, caption, fields, records, total=total))


def annex_sheet(context: SectionContext, fees: list[ListedFee]) -> InvoiceSheet:
    """The same fees as a sheet, by code, with an amount for each year."""
    loc, years = context.loc, sorted(context.statement.round.years)
    mark = context.wording.amount_mark()
    has_key = any(fee.key for fee in fees)
    columns = [
        SheetColumn(loc("Kod"), width=8),
        SheetColumn(loc("Kommun"), width=22),
        *([SheetColumn(_key_heading(context), "money")] if has_key else []),
        *(
            SheetColumn(loc("Avgift, kr för {year}", year=str(year)) + mark, "money")
            for year in years
        ),
        SheetColumn(_sum_heading(context), "money", 18),
    ]
    totals = sum_fees(context.statement, fees)
    rows = [_sheet_row(fee, years, has_key=has_key) for fee in fees]
    blank: list[SheetValue] = [""] if has_key else []
    total = [loc("Summa"), "", *blank, *(totals[year] for year in years), sum(totals.values())]
    name = loc("Avgifter")
    return InvoiceSheet(name, columns, rows, [total], sheet_opening(context, name))


def _sheet_row(fee: ListedFee, years: list[int], *, has_key: bool) -> list[SheetValue]:
    key = [units_to_sheet_value(fee.key)] if has_key else []
    amounts = [fee.by_year.get(year, 0) for year in years]
    return [fee.code, fee.name, *key, *amounts, fee.all_years]


def _record(fee: ListedFee) -> dict[str, object]:
    by_year = {f"fee_{year}": amount for year, amount in fee.by_year.items()}
    one_year = next(iter(fee.by_year.values()), 0)
    return {
        "name": fee.name,
        "code": fee.code,
        "key": fee.key,
        "fee": one_year,
        "all_years": fee.all_years,
        **by_year,
    }


def _fields(context: SectionContext, fees: list[ListedFee]) -> list[TableField]:
    """Name, code, key and fee; a column for each year where a member's fees differ."""
    loc, make, mark = context.loc, FieldMaker(context.loc), context.wording.amount_mark()
    years = sorted(context.statement.round.years)
    differ = any(
        len(set(fee.by_year.values())) > 1 or len(fee.by_year) < len(years) for fee in fees
    )
    by_year = [make.amount("fee", loc("Avgift, kr per år") + mark)]
    if differ or len(years) == 1:
        shown = years if len(years) <= MAX_YEAR_COLUMNS else []
        by_year = [
            make.amount(f"fee_{year}", loc("Avgift, kr för {year}", year=str(year)) + mark)
            for year in shown
        ]
    in_all = [] if len(years) == 1 else [make.amount("all_years", _sum_heading(context))]
    has_key = any(fee.key for fee in fees)
    key = [make.count("key", _key_heading(context), "of the pricing rule")] if has_key else []
    return [
        make.text("name", loc("Kommun")).wide(3),
        make.text("code", loc("Kod")),
        *key,
        *by_year,
        *in_all,
    ]


def _sum_heading(context: SectionContext) -> str:
    loc = context.loc
    years = loc.join_years(sorted(context.statement.round.years))
    return loc("Sammanlagt för {years}, kr", years=years) + context.wording.amount_mark()


def _key_heading(context: SectionContext) -> str:
    """What the fees are computed from, as the letters call it."""
    loc, pricing = context.loc, context.statement.round.pricing
    year = getattr(pricing, "population_year", None)
    if year is not None:
        return loc("Folkmängd den {day}", day=loc.year_end(year))
    return loc("Skatteunderlag") if isinstance(pricing, TaxBase) else loc("Vikt")
