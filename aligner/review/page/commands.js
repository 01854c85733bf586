// Everything a person can do: key, name, and what it asks of the application.
// The toolbar, the keyboard and the help sheet are all made from this one table.

import { t } from "./t.js";

// keys as `event.key` gives them, Ctrl+ and Alt+ before; a command with `bar` has a button
export const COMMANDS = [
  { id: "accept", keys: ["a", "Enter"], bar: t("Accept"), text: t("accept the bead, go on to the next uncertain one"), run: (app) => app.accept() },
  { id: "next-uncertain", keys: ["n"], bar: t("Next"), text: t("next uncertain bead"), run: (app) => app.uncertain(1) },
  { id: "previous-uncertain", keys: ["p"], bar: t("Previous"), text: t("previous uncertain bead"), run: (app) => app.uncertain(-1) },
  { id: "merge-next", keys: ["m"], bar: t("Merge ↓"), text: t("merge with the next bead"), run: (app) => app.bead("merge", { step: 1 }) },
  { id: "merge-previous", keys: ["M"], bar: t("Merge ↑"), text: t("merge with the bead before"), run: (app) => app.bead("merge", { step: -1 }) },
  { id: "split", keys: ["s"], bar: t("Split"), text: t("split the bead before the chosen segment"), run: (app) => app.split() },
  { id: "move-up", keys: ["u", "Alt+ArrowUp"], bar: t("Move ↑"), text: t("give the first segment of the chosen side to the bead before"), run: (app) => app.move(-1) },
  { id: "move-down", keys: ["d", "Alt+ArrowDown"], bar: t("Move ↓"), text: t("give the last segment of the chosen side to the next bead"), run: (app) => app.move(1) },
  { id: "null", keys: ["0"], bar: t("Null"), text: t("no counterpart: mark the segments as null"), run: (app) => app.bead("null") },
  { id: "pin", keys: ["i"], bar: t("Pin"), text: t("pin the bead, or let it go: it holds when the rest is aligned again"), run: (app) => app.bead("pin") },
  { id: "link", keys: ["x"], bar: t("Link"), text: t("link a crossing: once on a null bead, once on the null bead that translates it"), run: (app) => app.link() },
  { id: "unlink", keys: ["X"], bar: t("Unlink"), text: t("take a crossing away"), run: (app) => app.bead("unlink") },
  { id: "edit-text", keys: ["e", "F2"], bar: t("Edit text"), text: t("edit the text of the chosen segment (the first wording is kept)"), run: (app) => app.words("edit") },
  { id: "split-text", keys: ["t"], bar: t("Split text"), text: t("split the chosen segment at the caret"), run: (app) => app.words("split") },
  { id: "join-text", keys: ["J"], bar: t("Join"), text: t("join the chosen segment with the next one"), run: (app) => app.segment("join-text") },
  { id: "label", keys: ["l"], bar: t("Label"), text: t("label a shift"), run: (app) => app.label() },
  { id: "comment", keys: ["c"], bar: t("Comment"), text: t("comment on the bead"), run: (app) => app.comment() },
  { id: "re-align", keys: ["r"], bar: t("Re-align"), text: t("align again around what is accepted or pinned"), run: (app) => app.realign() },
  { id: "bulk", keys: ["b"], bar: t("Accept many"), text: t("accept all above a confidence"), run: (app) => app.bulk() },
  { id: "undo", keys: ["z", "Ctrl+z"], bar: t("Undo"), text: t("undo"), run: (app) => app.send("undo", () => ({})) },
  { id: "redo", keys: ["Z", "Ctrl+y", "Ctrl+Z"], bar: t("Redo"), text: t("do again"), run: (app) => app.send("redo", () => ({})) },
  { id: "next", keys: ["ArrowDown", "j"], text: t("next bead"), run: (app) => app.step(1) },
  { id: "previous", keys: ["ArrowUp", "k"], text: t("bead before"), run: (app) => app.step(-1) },
  { id: "page-down", keys: ["PageDown"], text: t("ten beads on"), run: (app) => app.step(10) },
  { id: "page-up", keys: ["PageUp"], text: t("ten beads back"), run: (app) => app.step(-10) },
  { id: "first", keys: ["Home"], text: t("first bead"), run: (app) => app.step(-Infinity) },
  { id: "last", keys: ["End"], text: t("last bead"), run: (app) => app.step(Infinity) },
  { id: "left", keys: ["ArrowLeft"], text: t("choose the side on the left"), run: (app) => app.choose(0) },
  { id: "right", keys: ["ArrowRight"], text: t("choose the side on the right"), run: (app) => app.choose(1) },
  { id: "segment-next", keys: ["."], text: t("choose the next segment of the side"), run: (app) => app.segmentStep(1) },
  { id: "segment-previous", keys: [","], text: t("choose the segment before"), run: (app) => app.segmentStep(-1) },
  { id: "search", keys: ["/", "Ctrl+f"], text: t("search; Enter and Shift Enter go through the matches"), run: (app) => app.focus("search") },
  { id: "filter", keys: ["f"], text: t("choose which beads are shown"), run: (app) => app.focus("filter") },
  { id: "goto", keys: ["g"], text: t("go to a bead or segment by number"), run: (app) => app.goto() },
  { id: "order", keys: ["o"], text: t("order of n and p: least certain first, or reading order"), run: (app) => app.order() },
  { id: "save", keys: ["Ctrl+s"], text: t("write the alignment file now"), run: (app) => app.save() },
  { id: "export", keys: ["E"], text: t("export in any format"), run: (app) => app.export() },
  { id: "help", keys: ["?"], text: t("this sheet"), run: (app) => app.help() },
  { id: "escape", keys: ["Escape"], text: t("show all beads, end the search, back to the list"), run: (app) => app.escape() },
];

const BY_KEY = new Map(COMMANDS.flatMap((command) => command.keys.map((key) => [key, command])));

const SHOWN = {
  ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", PageDown: t("Page ↓"), PageUp: t("Page ↑"), Enter: t("Enter"),
  Home: t("Home"), End: t("End"),
};

export const shown = (key) =>
  key.split("+").map((part) => SHOWN[part] || part).join(" ");

// the command of a key press, or undefined
export function commandOf(event) {
  const chord = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const alt = event.altKey ? "Alt+" : "";
  return BY_KEY.get(`${chord}${alt}${event.key}`);
}
