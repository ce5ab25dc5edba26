"""What the commands ask for alike."""

from __future__ import annotations

import click

round_name_argument = click.argument("round_name", metavar="ROUND")
decisions_option = click.option(
    "--decisions",
    metavar="PATH|URL",
    help="Read the answers from here: CSV, Excel, Parquet, a database's URL, or env:NAME.",
)
table_option = click.option(
    "--table", metavar="NAME", default="decisions",
    help="The table or worksheet to read, of a database or workbook [decisions].",
)  # fmt: skip
force_option = click.option(
    "--force", is_flag=True, help="Make a release even if nothing has changed since the last."
)
output_option = click.option(
    "--output", default="reports", metavar="DIR", help="Where releases lie [reports]."
)
