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
  overflow-wrap: break-word;
  font: 1rem/1.6 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
a { color: var(--deep); text-underline-offset: 0.15em; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--deep); outline-offset: 3px; }
.skip { position: absolute; left: -100rem; top: 0; padding: 0.6rem 1rem; background: #fff; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.skip:focus { left: 1rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; color: var(--deep); text-wrap: balance; }
h1 { font-size: 2.3rem; font-weight: 650; letter-spacing: -0.01em; margin: 0 0 0.4rem; }
h2 { font-size: 1.6rem; margin: 3.5rem 0 0.9rem; padding-top: 0.9rem; border-top: 2px solid var(--deep); }
h3 { font-size: 1.2rem; margin: 2.4rem 0 0.6rem; }
h4, h5, h6 { font-size: 1rem; margin: 1.6rem 0 0.4rem; }
h5, h6 { color: var(--ink); }
p, ul { max-width: 44rem; margin: 0 0 1rem; }
li { margin-bottom: 0.25rem; }
header { padding-top: 3.5rem; }
.subtitle { font-size: 1.2rem; color: var(--quiet); }
.provenance { margin: 1.6rem 0 0; padding: 0.9rem 0; border-top: 1px solid var(--line);
  border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 0.5rem 2.5rem; }
.provenance dt, .key-figures dt { font-size: 0.875rem; color: var(--quiet); }
.provenance dd { margin: 0; overflow-wrap: anywhere; }
nav h2 { font-size: 1.1rem; border: 0; padding: 0; margin: 2rem 0 0.5rem; }
nav ol { margin: 0; padding: 0; columns: 18rem 2; column-gap: 2rem; }
nav li { margin-left: 1.9rem; break-inside: avoid; }
.notice { margin: 1.8rem 0; padding: 1rem 1.25rem; background: var(--wash);
  border-left: 5px solid var(--deep); }
.notice h2, .notice h3, .notice h4, .notice h5 { font-size: 1.05rem; margin: 0 0 0.3rem; padding: 0;
  border: 0; }
.notice p { margin: 0; }
.notice.strong { background: #fff; border: 2px solid var(--ink); border-left-width: 8px; }
.notice ul { margin: 0.4rem 0 0; }
.prose { max-width: 44rem; overflow-wrap: break-word; }
blockquote { margin: 0 0 1rem; padding: 0.1rem 0 0.1rem 1.1rem; border-left: 3px solid var(--line); }
blockquote p:last-child, li p:last-child { margin-bottom: 0; }
ol { max-width: 44rem; margin: 0 0 1rem; }
li p { margin-bottom: 0.4rem; }
li ul, li ol { margin: 0.25rem 0 0.4rem; }
mark { background: #fff3bf; color: inherit; padding: 0 0.15em; outline: 1px solid #8a5a00; }
.item { margin: 1.8rem 0 2rem; padding: 0.2rem 0 0.2rem 1.25rem; border-left: 3px solid var(--deep);
  break-inside: avoid-page; }
.item h3, .item h4, .item h5 { margin-top: 0; }
.facts { display: grid; gap: 0.35rem; margin: 0.8rem 0 0; max-width: 44rem; }
.facts div { display: grid; grid-template-columns: 10rem 1fr; gap: 0 1rem; }
.facts dt { grid-column: 1; font-size: 0.875rem; color: var(--quiet); padding-top: 0.1rem; }
.facts dd { grid-column: 2; margin: 0; overflow-wrap: anywhere; }
.sign { font-weight: 650; }
sup { font-size: 0.7em; line-height: 0; font-weight: 400; }
.key-figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: 1.4rem 2rem;
  margin: 1.6rem 0 2rem; }
.key-figures div { border-top: 3px solid var(--deep); padding-top: 0.55rem; }
.key-figures dt { min-height: 2.6em; line-height: 1.3; }
.key-figures dd { margin: 0; }
.key-figures .number { font-size: 2rem; font-weight: 650; line-height: 1.25; color: var(--deep); }
.key-figures .note { font-size: 0.875rem; color: var(--quiet); }
.table { margin: 1.8rem 0 2.2rem; }
.scroll { overflow-x: auto; position: relative; }
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
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.875rem;
  color: var(--quiet); }
@media (max-width: 40rem) { body { padding: 0 1rem 3rem; } h1 { font-size: 1.8rem; }
  svg { min-width: 38rem; } .key-figures dt { min-height: 0; }
  .facts div { grid-template-columns: 1fr; } .facts dd { grid-column: 1; } }
@media print {
  @page { size: A4; margin: 18mm 16mm 20mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.45; }
  .skip { display: none; }
  header { padding-top: 0; }
  a { color: inherit; text-decoration: none; }
  h2 { break-after: avoid; margin-top: 2.2rem; }
  h3, h4, h5, h6, caption, figcaption, dt { break-after: avoid; }
  .chart, .notice, .key-figures div, .facts div, tr { break-inside: avoid; }
  thead { display: table-header-group; }
  tbody tr:nth-child(-n+2), tr.total { break-before: avoid; }
  .scroll { overflow: visible; }
  .notice { border: 1px solid var(--ink); border-left-width: 5px; }
  svg { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)";

// Of drawings, in the page and alone: then its readers know no variables of CSS. Nothing is told by colour
// only: fills differ by pattern, lines by dash and point, shades by their number.
inline constexpr std::string_view kDrawingStyle = R"(
svg text { font-size: 13px; fill: #1b1f24; }
svg .tick { text-anchor: end; fill: #4d5763; }
svg .middle { text-anchor: middle; }
svg .end { text-anchor: end; }
svg .value { font-variant-numeric: tabular-nums; }
svg .total { font-weight: 650; }
svg .small { font-size: 12px; }
svg .tiny { font-size: 11px; }
svg .note { font-size: 11px; fill: #4d5763; }
svg .grid { stroke: #dde2e7; stroke-width: 1; }
svg .axis { stroke: #1b1f24; stroke-width: 1.2; }
svg .break { stroke: #4d5763; stroke-width: 1.2; stroke-dasharray: 3 3; }
svg .leader { stroke: #8a939d; stroke-width: 0.8; }
svg .solid { fill: #0d3b66; stroke: #0d3b66; stroke-width: 1; }
svg .hatched, svg .dotted, svg .crossed, svg .striped { stroke: #0d3b66; stroke-width: 1; }
svg .outlined { fill: #fff; stroke: #0d3b66; stroke-width: 1; }
svg .pale { fill: #b9cbdd; stroke: #0d3b66; stroke-width: 1; }
svg .dusky { fill: #4f7197; stroke: #0d3b66; stroke-width: 1; }
svg .hatch-ground { fill: #fff; }
svg .hatch-line { stroke: #0d3b66; stroke-width: 2.2; }
svg .hatch-faint { stroke: #c3cad2; stroke-width: 1.4; }
svg .hatch-dot { fill: #0d3b66; }
svg .on-solid { fill: #fff; }
svg .on-pattern { stroke: #fff; stroke-width: 5px; stroke-linejoin: round; paint-order: stroke; }
svg .path { fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
svg .point { stroke-width: 1.6; }
svg .path-1 { stroke: #0d3b66; } svg .point.path-1 { fill: #0d3b66; }
svg .path-2 { stroke: #9a3412; stroke-dasharray: 8 5; }
svg .path-3 { stroke: #1f6b4a; stroke-dasharray: 2 5; } svg .point.path-3 { fill: #1f6b4a; }
svg .path-4 { stroke: #4d5763; stroke-dasharray: 12 4 2 4; }
svg .path-5 { stroke: #6d3391; stroke-dasharray: 5 3; } svg .point.path-5 { fill: #6d3391; }
svg .path-6 { stroke: #8a5a00; stroke-dasharray: 14 5; }
svg .point { stroke-dasharray: none; }
svg .point.hollow { fill: #fff; }
svg .cell { stroke: #fff; stroke-width: 1.5; }
svg .shade-0 { fill: #f5f7f9; }
svg .shade-1 { fill: #dfe8f1; }
svg .shade-2 { fill: #bccfe1; }
svg .shade-3 { fill: #8fb0cf; }
svg .shade-4 { fill: #3f6f9f; }
svg .shade-5 { fill: #0d3b66; }
svg .frame { fill: none; stroke: #1b1f24; stroke-width: 2.6; }
svg .frame-ground { fill: none; stroke: #fff; stroke-width: 1.4; }
)";
// Of a drawing alone.
inline constexpr std::string_view kDrawingFont = R"(
svg { font-family: "Liberation Sans", Arial, sans-serif; }
)";

}  // namespace vastine::projections::report
