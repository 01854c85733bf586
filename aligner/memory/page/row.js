// One unit as a row of the list.

import { make } from "./dom.js";
import { number, STATUSES } from "./words.js";

export function row(unit, position) {
  const node = make("div", `unit ${unit.status}`);
  node.id = `unit-${unit.id}`;
  node.dataset.id = unit.id;
  node.setAttribute("role", "row");
  node.setAttribute("aria-rowindex", position + 1);
  node.setAttribute("aria-selected", "false");
  node.append(meta(unit), ...unit.sides.map((side) => cell(side)));
  return node;
}

function meta(unit) {
  const node = make("div", "meta");
  node.setAttribute("role", "rowheader");
  const languages = unit.sides.map((side) => side.lang).join(" – ");
  node.append(make("span", "number", number(unit.id)), make("span", "", languages), make("span", "state", STATUSES[unit.status]));
  for (const text of [unit.user, day(unit.day)]) {
    if (text) node.append(make("span", "", text));
  }
  if (unit.document) node.append(make("span", "from", unit.document));
  for (const text of [...unit.labels, unit.comment]) {
    if (text) node.append(make("span", "note", text));
  }
  return node;
}

const day = (text) => (/^\d{8}$/u.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text);

function cell(side) {
  const node = make("div", "side");
  node.setAttribute("role", "gridcell");
  node.lang = side.lang;
  node.dir = side.dir;
  const about = new Map(side.marks.map(([mark, kind, markup]) => [mark, [kind, markup].filter(Boolean).join(": ")]));
  for (const [text, kind] of side.pieces) {
    if (kind === "match") node.append(make("mark", "", text));
    else if (kind === "code") {
      const code = make("span", "code", text);
      code.title = about.get(text);
      node.append(code);
    } else node.append(text);
  }
  return node;
}
