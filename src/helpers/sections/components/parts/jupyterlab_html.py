"""What JupyterLab shows of a section: its HTML with its typeface, and tables that can be sorted.

Everything is in the output itself, so that nothing is fetched. The documents read the stored
JSON and never this.
"""

from __future__ import annotations

import re
from hashlib import sha256

from markupsafe import Markup

from helpers.model.brand.brand_look import BrandLook
from helpers.sections.components.parts.jupyterlab_brand import brand_rules
from helpers.system.typefaces.report_typeface import page_font_faces

_DRAWN_TEXT = re.compile(r"<text\b")
_STYLE = """
.{name}{{max-width:60rem}}
.{name} .wide{{max-height:28rem;overflow:auto;margin:.5em 0}}
.{name} table{{border-collapse:collapse;table-layout:auto}}
.{name} caption{{text-align:left;caption-side:top;padding:.3em 0}}
.{name} thead th{{position:sticky;top:0;background:var(--jp-layout-color1,#fff);cursor:pointer;
vertical-align:bottom;white-space:normal}}
.{name} thead th[aria-sort=ascending]::after{{content:" ↑"}}
.{name} thead th[aria-sort=descending]::after{{content:" ↓"}}
.{name}.{name}.{name} :is(th,td){{text-align:left;padding:.2em .7em;max-width:none}}
.{name}.{name}.{name} :is(th,td).right{{text-align:right;font-variant-numeric:tabular-nums}}
.{name} td.right{{white-space:nowrap}}
.{name} tr.total{{font-weight:600}}
.{name} input.filter{{margin:.2em 0;padding:.2em .5em;width:14rem}}
.{name} ul.names{{columns:15rem;list-style:none;padding:0;margin:.3em 0}}
.{name} ul.names li{{display:flex;justify-content:space-between;gap:1em;break-inside:avoid;
margin:0 1em 0 0}}
.{name} .callout{{border-left:3px solid var(--jp-warn-color1,#c4571b);padding-left:.7em}}
.{name} figure.chart{{margin:.8em 0;max-width:46rem}}
.{name} figcaption{{font-weight:600;margin-bottom:.4em}}
.{name} .skip-figure{{display:none}}
.{name} .blank{{color:var(--jp-ui-font-color2,#5c666e);font-style:italic}}
.{name} p.member{{min-height:1.5em;font-weight:600}}
.{name} circle:has(title){{cursor:pointer}}
.{name} circle.chosen{{stroke:#000;stroke-width:2}}
"""
# Sorts by a click on a heading, filters by a text, and says what a circle of the map is.
_SORTING_SCRIPT = """
(() => {
const number = text => {
  const kept = text.replace(/[\\s\\u00a0\\u202f]/g, "").replace(/\\u2212/g, "-");
  const found = kept.match(/[-+]?\\d[\\d.,]*/);
  if (!found) return null;
  let digits = found[0];
  if (/^[-+]?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?$/.test(digits)) digits = digits.replace(/,/g, "");
  return parseFloat(digits.replace(",", "."));
};
const sort = (table, at, down) => {
  const body = table.tBodies[0], rows = [...body.rows];
  const last = rows.filter(row => row.classList.contains("total"));
  const cell = row => row.cells[at].textContent.trim();
  const right = table.tHead.rows[0].cells[at].classList.contains("right");
  const compare = (a, b) => right
    ? (number(cell(a)) ?? -Infinity) - (number(cell(b)) ?? -Infinity)
    : cell(a).localeCompare(cell(b), "sv");
  const others = rows.filter(row => !last.includes(row)).sort(compare);
  if (down) others.reverse();
  body.append(...others, ...last);
};
for (const root of document.querySelectorAll(".{name}:not([data-ready])")) {
  root.dataset.ready = "1";
  const full = root.querySelector("template.full");
  if (full) root.querySelector(".short").replaceWith(full.content);
  for (const table of root.querySelectorAll("table")) {
    if (!table.tHead) continue;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      head.tabIndex = 0;
      const press = () => {
        const right = head.classList.contains("right"), now = head.getAttribute("aria-sort");
        const down = now ? now === "ascending" : right;
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, at, down);
      };
      head.addEventListener("click", press);
      head.addEventListener("keydown", event => { if (event.key === "Enter") press(); });
    });
    if (table.tBodies[0].rows.length < 12) continue;
    const input = document.createElement("input");
    input.className = "filter"; input.type = "search";
    input.placeholder = "Filter"; input.setAttribute("aria-label", "Filter");
    input.addEventListener("input", () => {
      const wanted = input.value.toLocaleLowerCase();
      for (const row of table.tBodies[0].rows)
        row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
    });
    (table.closest(".wide") ?? table).before(input);
  }
  for (const svg of root.querySelectorAll("svg")) {
    if (!svg.querySelector("circle > title")) continue;
    const said = document.createElement("p");
    said.className = "member"; said.setAttribute("aria-live", "polite");
    svg.before(said);
    svg.addEventListener("click", event => {
      const circle = event.target.closest("circle");
      const title = circle && circle.querySelector("title");
      if (!title) return;
      svg.querySelectorAll("circle.chosen").forEach(one => one.classList.remove("chosen"));
      circle.classList.add("chosen");
      said.textContent = title.textContent;
    });
  }
}
})();
"""


def as_jupyterlab_html(html: str, reason: str = "", look: BrandLook | None = None) -> str:
    """The HTML of a section as JupyterLab shows it; the reason where a section does not apply.

    Its drawings have the colours and the typeface of a brand's `look`.
    """
    if not html:
        html = Markup('<p class="blank">{}</p>').format(reason) if reason else ""
    if "class=" not in html:  # words alone look as JupyterLab shows words
        return html
    name = f"fr-{sha256(html.encode()).hexdigest()[:10]}"
    style = _font_faces(html) + _STYLE.format(name=name)
    style += brand_rules(html, look, name) if look else ""
    live = "<thead" in html or "<circle" in html
    script = f"<script>{_SORTING_SCRIPT.replace('{name}', name)}</script>" if live else ""
    return f'<style>{style}</style>\n<div class="{name}">\n{html}\n</div>\n{script}'


def with_full_table(short: str, full: str, below: str) -> str:
    """A table that documents show short, and JupyterLab with all rows; texts come below it."""
    hidden = f'<template class="full">{full}</template>'
    return as_jupyterlab_html(f'<div class="short">{short}</div>\n{hidden}\n{below}')


def _font_faces(html: str) -> str:
    """The weights of the typeface that are drawn, which JupyterLab does not have."""
    if not _DRAWN_TEXT.search(html):
        return ""
    faces = page_font_faces()
    drawn = (w for w in faces if w == 400 or re.search(rf'font-weight(: |="){w}', html))
    return "".join(faces[weight] for weight in drawn)
