// The words of a page in the language of the person; `catalogue.js` is made by the server from the same
// catalogue as everything else. English is what stands here.

import { LANG, TEXTS } from "./catalogue.js";

export { LANG };

const fill = (text, values) =>
  text.replace(/\{(\w+)\}/gu, (whole, name) => (name in values ? String(values[name]) : whole));

// t("Search"), t("first wording: {text}", { text })
export const t = (text, values = {}) => fill(TEXTS[text] ?? text, values);

// tn("{count} bead", "{count} beads", { count: 2 }): English and Spanish have one form for 1, one for the rest
export function tn(one, many, values) {
  const forms = TEXTS[one] ?? [one, many];
  return fill(values.count === 1 ? forms[0] : forms[1], values);
}
