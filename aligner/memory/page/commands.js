// Everything a person can do by a key; the keyboard and the help sheet are made from this table.

export const COMMANDS = [
  { keys: ["j", "ArrowDown"], text: "nextUnit", run: (app) => app.step(1) },
  { keys: ["k", "ArrowUp"], text: "previousUnit", run: (app) => app.step(-1) },
  { keys: ["n", "PageDown"], text: "nextKey", run: (app) => app.turn(1) },
  { keys: ["p", "PageUp"], text: "previousKey", run: (app) => app.turn(-1) },
  { keys: ["g", "Home"], text: "firstKey", run: (app) => app.end(-1) },
  { keys: ["G", "End"], text: "lastKey", run: (app) => app.end(1) },
  { keys: ["/", "Ctrl+f"], text: "searchKey", run: (app) => app.focus("q") },
  { keys: ["f"], text: "filterKey", run: (app) => app.filters() },
  { keys: ["c"], text: "clearKey", run: (app) => app.clear() },
  { keys: ["e", "Enter"], text: "edit", run: (app) => app.edit() },
  { keys: ["a"], text: "accept", run: (app) => app.status("accepted") },
  { keys: ["o"], text: "open", run: (app) => app.status("auto") },
  { keys: ["d", "Delete"], text: "delete", run: (app) => app.remove() },
  { keys: ["u", "z", "Ctrl+z"], text: "undo", run: (app) => app.back("undo") },
  { keys: ["U", "Z", "Ctrl+y"], text: "redo", run: (app) => app.back("redo") },
  { keys: ["?"], text: "helpKey", run: (app) => app.help() },
  { keys: ["Escape"], text: "escape", run: (app) => app.escape() },
];

const BY_KEY = new Map(COMMANDS.flatMap((command) => command.keys.map((key) => [key, command])));

const SHOWN = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", PageDown: "Page ↓", PageUp: "Page ↑", Delete: "Del" };

export const shown = (key) => key.split("+").map((part) => SHOWN[part] || part).join(" ");

export function commandOf(event) {
  if (event.altKey || event.metaKey) return undefined;
  return BY_KEY.get(`${event.ctrlKey ? "Ctrl+" : ""}${event.key}`);
}
