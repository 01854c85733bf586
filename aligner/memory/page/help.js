// The help panel: what the words mean, and the keys.

import { COMMANDS, shown } from "./commands.js";
import { element, make } from "./dom.js";
import { t } from "./t.js";

const TERMS = [
  [t("Unit"), t("A text and its translation, as a memory keeps them: here one row.")],
  [t("Exact phrase"), t("The words next to each other; capitals do not count. A star stands for any letters: bomb* finds bombs and bombing.")],
  [t("Words with other endings"), t("A word of four letters or more is found with other endings too: changes finds changed.")],
  [t("Regular expression"), t("As Python writes it. One without a whole word looks at every unit and takes a while; what is found so far is shown.")],
  [t("Status"), t("Not reviewed: as a program made it. Accepted: a person found it right. Edited: a person changed its words.")],
  [t("Person, From, To"), t("Who made or changed a unit, and when it was changed last: 2026, 2026-11 or 2026-11-30.")],
  [t("Property"), t("What a file said of a unit beside its texts: NAME, or NAME=VALUE.")],
  [t("Inline code"), t("Formatting or a placeholder inside a text, shown as a mark with a number. A correction keeps all of them unless you say that they may go.")],
];

export function help() {
  element("help-words").replaceChildren(...TERMS.flatMap(([name, text]) => [make("dt", "", name), make("dd", "", text)]));
  const table = make("table", "");
  for (const command of COMMANDS) {
    const keys = make("td", "");
    command.keys.forEach((key, n) => keys.append(n ? " · " : "", make("kbd", "", shown(key))));
    table.append(make("tr", "", keys, make("td", "", command.text)));
  }
  element("keys").replaceChildren(table);
  const dialog = element("help-dialog");
  for (const button of dialog.querySelectorAll("[data-close]")) button.onclick = () => dialog.close();
  dialog.onclose = () => element("grid").focus({ preventScroll: true });
  dialog.showModal();
}
