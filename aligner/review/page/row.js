// One bead as a row of the grid. Text goes in as text only, never as markup.

import { make } from "./dom.js";
import { isNull } from "./model.js";
import { level } from "./minimap.js";
import { LANG, t } from "./t.js";

export { make };

const WORDS = { auto: t("open"), accepted: t("accepted"), edited: t("edited") };

// `about`: bead, item, sides [[segments]], extra [[segments]], texts, current, cursor, findings,
// crossings (beads at the other end), linking, changed, find
export function row(about, position) {
  const { bead, item } = about;
  const status = item.status || "auto";
  const node = make("div", `row bead ${status}`);
  node.id = `bead-${bead}`;
  node.dataset.bead = bead;
  node.setAttribute("role", "row");
  node.setAttribute("aria-rowindex", position + 2);
  if (about.changed) node.classList.add("changed");
  if (isNull(item)) node.classList.add("null");
  if (about.linking) node.classList.add("linking");
  node.append(meta(about, status));
  about.sides.forEach((segments, side) => {
    node.append(cell(about, segments, side));
    if (side === 0) node.append(gutter());
  });
  about.extra.forEach((other) => node.append(context(other, about.find)));
  node.append(notes(about));
  select(node, about.current, about.cursor);
  return node;
}

// mark a row as the current one, or not, and the chosen side and segment in it
export function select(node, current, cursor) {
  node.setAttribute("aria-selected", String(current));
  for (const cell of node.querySelectorAll("[data-side]")) {
    const here = current && Number(cell.dataset.side) === cursor.side;
    cell.classList.toggle("here", here);
    for (const segment of cell.querySelectorAll(".segment")) {
      segment.classList.toggle("cursor", here && Number(segment.dataset.n) === cursor.n);
    }
  }
}

function gutter() {
  const node = make("div", "gutter");
  node.setAttribute("role", "presentation");
  return node;
}

function meta({ bead, item, changed }, status) {
  const node = make("div", "meta");
  node.setAttribute("role", "rowheader");
  node.append(make("span", "number", String(bead + 1)), " ");
  const known = item.confidence !== undefined;
  const confidence = make("span", "confidence", known ? item.confidence.toFixed(2) : "–");
  confidence.dataset.level = known ? level(item.confidence).slice(2) : "none";
  confidence.title = known ? t("confidence") : t("made by a person: no confidence");
  node.append(confidence, " ", make("span", "type", `${item.sizes[0]}-${item.sizes[1]}`));
  const marks = [WORDS[status]];
  if (item.pinned) marks.push(t("pinned"));
  if (item.reading) marks.push(item.reading);
  if (changed) marks.push(t("changed"));
  node.append(" ", make("span", "marks", marks.join(", ")));
  return node;
}

function cell(about, segments, side) {
  const text = about.texts[side];
  const node = make("div", `side ${side === 0 ? "source" : "target"}`);
  node.setAttribute("role", "gridcell");
  node.lang = text.lang;
  node.dir = text.dir;
  node.dataset.side = side;
  if (!segments.length) {
    node.classList.add("gap");
    const gap = make("span", "none", t("no counterpart"));
    gap.lang = LANG;
    gap.dir = "ltr";
    node.append(gap);
  }
  segments.forEach((segment, n) => {
    const box = make("div", "segment");
    if (segment.first) box.append(...beginning(text.passages[segment.passage]));
    const words = make("span", "words");
    words.append(...marked(segment.words, about.find));
    box.append(words);
    if (segment.original !== undefined) {
      const edited = make("span", "edited-text", t("edited"));
      edited.title = t("first wording: {text}", { text: segment.original });
      edited.lang = LANG;
      box.append(" ", edited);
    }
    box.dataset.n = n;
    box.title = t("segment {number}", { number: segment.number + 1 });
    node.append(box);
  });
  return node;
}

// what stands where a paragraph begins: a mark, its kind, who speaks
function beginning(passage) {
  const parts = [];
  const mark = make("span", "pilcrow", "¶");
  mark.setAttribute("aria-hidden", "true");
  mark.title = t("a paragraph begins");
  parts.push(mark);
  if (passage.kind !== "para") {
    const kind = make("span", "kind", [t(passage.kind), passage.level || ""].join(" ").trim());
    kind.lang = LANG;
    parts.push(kind);
  }
  if (passage.speaker) parts.push(make("span", "speaker", passage.speaker));
  return parts;
}

function context({ text, segments }, find) {
  const node = make("div", "side context");
  node.setAttribute("role", "gridcell");
  node.lang = text.lang;
  node.dir = text.dir;
  segments.forEach((segment) => node.append(make("div", "segment", ...marked(segment.words, find))));
  return node;
}

function notes({ item, findings, crossings }) {
  const node = make("div", "notes");
  node.setAttribute("role", "gridcell");
  (item.labels || []).forEach((name) => node.append(make("span", "label", name), " "));
  crossings.forEach((other) => {
    const link = make("button", "jump", t("crosses bead {number}", { number: other + 1 }));
    link.type = "button";
    link.tabIndex = -1;
    link.dataset.jump = other;
    node.append(link, " ");
  });
  findings.forEach((finding) => {
    node.append(
      make("div", `finding ${finding.severity}`, make("strong", "", finding.code), ` ${finding.message}`),
    );
  });
  if (item.comment) node.append(make("div", "comment", item.comment));
  return node;
}

// the text with search matches marked
function marked(words, find) {
  if (!find) return [words];
  const parts = [];
  let at = 0;
  for (const [start, stop] of find(words)) {
    parts.push(words.slice(at, start), make("mark", "", words.slice(start, stop)));
    at = stop;
  }
  parts.push(words.slice(at));
  return parts;
}

// the header row: one column a text, in the order of the cells below
export function columns(node, texts) {
  const names = [t("Bead"), ...texts.map((text) => `${text.title} (${text.lang || "?"})`), t("Notes")];
  const cells = names.map((name, n) => {
    const kinds = ["meta", "side", "side", ...texts.slice(2).map(() => "side context"), "notes"];
    const made = make("div", kinds[n], name);
    made.setAttribute("role", "columnheader");
    return made;
  });
  cells.splice(2, 0, gutter());
  node.replaceChildren(...cells);
  node.setAttribute("aria-rowindex", 1);
}
