#pragma once
// The report's style sheet, inside the page. Written without the characters < > &, which the page's
// writer would escape.

#include <string_view>

namespace vastine::projections::report {

inline constexpr std::string_view kStyle = R"(
:root { --ink: #1b1f24; --quiet: #4d5763; --line: #c3cad2; --deep: #0d3b66; --pale: #e6edf4;
  --wash: #f5f7f9; }
* { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 56rem; padding: 0 1.5rem 4rem; color: var(--ink); background: #fff;
  font: 1rem/1.6 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
a { color: var(--deep); text-underline-offset: 0.15em; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--deep); outline-offset: 3px; }
.skip { position: absolute; left: -100rem; top: 0; padding: 0.6rem 1rem; background: #fff; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.skip:focus { left: 1rem; }
h1, h2, h3, h4 { line-height: 1.25; color: var(--deep); text-wrap: balance; }
h1 { font-size: 2.3rem; font-weight: 650; letter-spacing: -0.01em; margin: 0 0 0.4rem; }
h2 { font-size: 1.6rem; margin: 3.5rem 0 0.9rem; padding-top: 0.9rem; border-top: 2px solid var(--deep); }
h3 { font-size: 1.2rem; margin: 2.4rem 0 0.6rem; }
h4 { font-size: 1rem; margin: 1.6rem 0 0.4rem; }
p, ul { max-width: 44rem; margin: 0 0 1rem; }
li { margin-bottom: 0.25rem; }
header { padding-top: 3.5rem; }
.subtitle { font-size: 1.2rem; color: var(--quiet); }
.provenance { margin: 1.6rem 0 0; padding: 0.9rem 0; border-top: 1px solid var(--line);
  border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 0.5rem 2.5rem; }
.provenance dt, .key-figures dt { font-size: 0.875rem; color: var(--quiet); }
.provenance dd { margin: 0; overflow-wrap: anywhere; }
nav h2 { font-size: 1.1rem; border: 0; padding: 0; margin: 2rem 0 0.5rem; }
nav ol { margin: 0; padding-left: 1.4rem; columns: 20rem 2; }
.notice { margin: 1.8rem 0; padding: 1rem 1.25rem; background: var(--wash);
  border-left: 5px solid var(--deep); }
.notice h2, .notice h3, .notice h4 { font-size: 1.05rem; margin: 0 0 0.3rem; padding: 0; border: 0; }
.notice p { margin: 0; }
.key-figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: 1.4rem 2rem;
  margin: 1.6rem 0 2rem; }
.key-figures div { border-top: 3px solid var(--deep); padding-top: 0.55rem; }
.key-figures dt { min-height: 2.6em; line-height: 1.3; }
.key-figures dd { margin: 0; }
.key-figures .number { font-size: 2rem; font-weight: 650; line-height: 1.25; color: var(--deep); }
.key-figures .note { font-size: 0.875rem; color: var(--quiet); }
.table { margin: 1.8rem 0 2.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums lining-nums; }
caption { text-align: left; font-weight: 650; padding-bottom: 0.5rem; }
th, td { padding: 0.38rem 0.75rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
th:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-size: 0.875rem; font-weight: 600; vertical-align: bottom;
  border-bottom: 2px solid var(--ink); }
tbody th { font-weight: 400; min-width: 11rem; }
.number { text-align: right; }
.key-figures .number { text-align: left; }
td.number { white-space: nowrap; }
.total th, .total td { font-weight: 650; border-top: 2px solid var(--ink); border-bottom: 0; }
.wide th, .wide td { font-size: 0.875rem; padding-left: 0.35rem; padding-right: 0.35rem; }
.wide th:first-child { padding-left: 0; }
.wide th:last-child, .wide td:last-child { padding-right: 0; }
.wide thead th { font-size: 0.8125rem; overflow-wrap: break-word; hyphens: auto; }
.definition, .source { font-size: 0.875rem; line-height: 1.45; color: var(--quiet); margin: 0.6rem 0 0; }
.source { margin-top: 0.15rem; }
.chart { margin: 1.8rem 0 2.2rem; }
.chart figcaption { font-weight: 650; margin-bottom: 0.6rem; }
svg { display: block; width: 100%; height: auto; font-family: inherit; }
svg text { font-size: 13px; fill: var(--ink); }
svg .tick { text-anchor: end; fill: var(--quiet); }
svg .middle { text-anchor: middle; }
svg .end { text-anchor: end; }
svg .value { font-variant-numeric: tabular-nums; }
svg .columns .value { font-size: 12px; }
svg .grid { stroke: #dde2e7; stroke-width: 1; }
svg .axis { stroke: var(--ink); stroke-width: 1.2; }
svg .solid { fill: var(--deep); stroke: var(--deep); stroke-width: 1; }
svg .hatched { stroke: var(--deep); stroke-width: 1; }
svg .outlined { fill: #fff; stroke: var(--deep); stroke-width: 1; }
svg .hatch-ground { fill: #fff; }
svg .hatch-line { stroke: var(--deep); stroke-width: 2.2; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.875rem;
  color: var(--quiet); }
@media (max-width: 40rem) { body { padding: 0 1rem 3rem; } h1 { font-size: 1.8rem; }
  svg { min-width: 38rem; } .key-figures dt { min-height: 0; } }
@media print {
  @page { size: A4; margin: 18mm 16mm 20mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.45; }
  .skip { display: none; }
  header { padding-top: 0; }
  a { color: inherit; text-decoration: none; }
  h2 { break-after: avoid; margin-top: 2.2rem; }
  h3, h4, caption, figcaption { break-after: avoid; }
  .chart, .notice, .key-figures div, tr { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  .notice { border: 1px solid var(--ink); border-left-width: 5px; }
  svg .solid, svg .hatched { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)";

// The same look for a drawing that stands alone; its readers know no variables of CSS.
inline constexpr std::string_view kDrawingStyle = R"(
svg { font-family: "Liberation Sans", Arial, sans-serif; }
text { font-size: 13px; fill: #1b1f24; }
.tick { text-anchor: end; fill: #4d5763; }
.middle { text-anchor: middle; }
.end { text-anchor: end; }
.grid { stroke: #dde2e7; stroke-width: 1; }
.axis { stroke: #1b1f24; stroke-width: 1.2; }
.solid { fill: #0d3b66; stroke: #0d3b66; stroke-width: 1; }
.hatched { stroke: #0d3b66; stroke-width: 1; }
.outlined { fill: #fff; stroke: #0d3b66; stroke-width: 1; }
.hatch-ground { fill: #fff; }
.hatch-line { stroke: #0d3b66; stroke-width: 2.2; }
)";

}  // namespace vastine::projections::report
