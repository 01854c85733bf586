// The help panel: what the words mean, and the keys.

import { COMMANDS, shown } from "./commands.js";
import { element, make } from "./dom.js";
import { terms, word } from "./words.js";

export function help() {
  element("help-words").replaceChildren(...terms().flatMap(([name, text]) => [make("dt", "", name), make("dd", "", text)]));
  const table = make("table", "");
  for (const command of COMMANDS) {
    const keys = make("td", "");
    command.keys.forEach((key, n) => keys.append(n ? " · " : "", make("kbd", "", shown(key))));
    table.append(make("tr", "", keys, make("td", "", word(command.text))));
  }
  element("keys").replaceChildren(table);
  const dialog = element("help-dialog");
  for (const button of dialog.querySelectorAll("[data-close]")) button.onclick = () => dialog.close();
  dialog.onclose = () => element("grid").focus({ preventScroll: true });
  dialog.showModal();
}
