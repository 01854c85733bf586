// Everything a person can do by a key; the keyboard and the help sheet are made from this table.

import { t } from "./t.js";

export const COMMANDS = [
  { keys: ["j", "ArrowDown"], text: t("next unit"), run: (app) => app.step(1) },
  { keys: ["k", "ArrowUp"], text: t("unit before"), run: (app) => app.step(-1) },
  { keys: ["n", "PageDown"], text: t("next page"), run: (app) => app.turn(1) },
  { keys: ["p", "PageUp"], text: t("page before"), run: (app) => app.turn(-1) },
  { keys: ["g", "Home"], text: t("first page"), run: (app) => app.end(-1) },
  { keys: ["G", "End"], text: t("last page"), run: (app) => app.end(1) },
  { keys: ["/", "Ctrl+f"], text: t("search"), run: (app) => app.focus("q") },
  { keys: ["f"], text: t("show or hide the filters"), run: (app) => app.filters() },
  { keys: ["c"], text: t("no search, no filter"), run: (app) => app.clear() },
  { keys: ["e", "Enter"], text: t("correct the unit"), run: (app) => app.edit() },
  { keys: ["a"], text: t("accept the unit"), run: (app) => app.status("accepted") },
  { keys: ["o"], text: t("mark the unit as not reviewed"), run: (app) => app.status("auto") },
  { keys: ["d", "Delete"], text: t("delete the unit; undo brings it back"), run: (app) => app.remove() },
  { keys: ["u", "z", "Ctrl+z"], text: t("Undo"), run: (app) => app.back("undo") },
  { keys: ["U", "Z", "Ctrl+y"], text: t("Do again"), run: (app) => app.back("redo") },
  { keys: ["?"], text: t("this sheet"), run: (app) => app.help() },
  { keys: ["Escape"], text: t("back to the list; end a long search"), run: (app) => app.escape() },
];

const BY_KEY = new Map(COMMANDS.flatMap((command) => command.keys.map((key) => [key, command])));

const SHOWN = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", PageDown: "Page ↓", PageUp: "Page ↑", Delete: "Del" };

export const shown = (key) => key.split("+").map((part) => SHOWN[part] || part).join(" ");

export function commandOf(event) {
  if (event.altKey || event.metaKey) return undefined;
  return BY_KEY.get(`${event.ctrlKey ? "Ctrl+" : ""}${event.key}`);
}
