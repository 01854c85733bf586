"""The style sheet of the page. Colours are chosen for a contrast of 4.5 and more in both schemes."""

from __future__ import annotations

__all__ = ["STYLE"]

STYLE = """
:root { color-scheme: light dark; --ink: #1c1b1a; --paper: #fffefb; --soft: #5f5b55; --line: #ddd8cf;
  --null: #f3efe6; --mark: #7a3b00; --low: #b3261e; --mid: #8a6100; --high: #2b6b34; --focus: #1a5fb4 }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e8e4dc; --paper: #171614; --soft: #aaa49a;
  --line: #3a3733; --null: #23211e; --mark: #f0b27a; --low: #ff9d93; --mid: #e6c15c; --high: #8fd39a;
  --focus: #8ab8f5 } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem; max-width: 90rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 Georgia, "Noto Serif", serif }
h1 { font-size: 1.5rem; line-height: 1.25 }
a { color: inherit } a:focus-visible, tr:target { outline: 3px solid var(--focus); outline-offset: 1px }
.skip { position: absolute; inset-inline-start: -99rem } .skip:focus { position: static }
nav, dl, summary, .said, th { font-family: system-ui, sans-serif; font-size: .85rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem } dd { margin: 0 }
dt { color: var(--soft) } .doubts { columns: 10rem; padding-inline-start: 1.2rem }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
col.meta { width: 8.5rem } th { text-align: start; vertical-align: bottom }
thead th { position: sticky; top: 0; background: var(--paper); border-bottom: 2px solid var(--line) }
td, tbody th { padding: .35rem .6rem; vertical-align: top; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere }
tbody th { font-weight: normal; color: var(--soft) }
.heading td, .title td { font-weight: bold; font-size: 1.1rem }
.stage td, .caption td, .note td { font-style: italic }
.null { background: var(--null) } td.none { color: var(--soft); font-style: normal; font-weight: normal;
  font-size: .85rem; border-inline-start: 3px dashed var(--line) }
.conf { display: inline-block; width: 4.5rem; height: .55rem; border: 1px solid currentColor }
.conf i { display: block; height: 100%; background: currentColor }
.low { color: var(--low) } .mid { color: var(--mid) } .high { color: var(--high) }
.speaker { font-weight: bold; font-family: system-ui, sans-serif; font-size: .85rem }
.said { display: block; color: var(--mark); font-weight: normal; font-style: normal }
@media (max-width: 45rem) { thead, colgroup { display: none } tr, td, tbody th { display: block;
  border-bottom: 0 } tr { border-bottom: 1px solid var(--line) } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; color: #000; background: #fff }
  nav, .skip { display: none } thead { display: table-header-group } thead th { position: static }
  tbody tr { break-inside: avoid } .conf { print-color-adjust: exact } }
""".lstrip()
