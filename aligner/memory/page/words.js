// Every word of the page; its Spanish is in the catalogue of the program. {name} stands for a value.

import { LANG, t } from "./t.js";

const WORDS = {
  about: t("All that the unit came with"),
  accept: t("accept the unit"),
  accepted: t("accepted"),
  all: t("all"),
  as: t("as"),
  moreThan: t("more than {count} units"),
  auto: t("not reviewed"),
  became: t("the unit became unit {id}, which was there already"),
  both: t("both texts"),
  cancel: t("Cancel"),
  changedElsewhere: t("It was changed meanwhile. What is there now stands under your words; Save writes yours over it."),
  clear: t("Show all"),
  clearKey: t("no search, no filter"),
  close: t("Close"),
  codesGone: t("{count} inline codes are gone"),
  codesHint: t("Marks like <1> are inline codes: formatting, placeholders. Each must stay in the text once; they may be moved."),
  confidence: t("confidence"),
  context: t("context"),
  counted: t("{count} units"),
  countedOne: t("1 unit"),
  delete: t("delete the unit; undo brings it back"),
  deleted: t("unit {id} is deleted; u brings it back"),
  document: t("Document"),
  done: t("{name} of unit {id}: done again"),
  drop: t("codes whose marks are missing may go"),
  edit: t("correct the unit"),
  edited: t("edited"),
  editTitle: t("Unit {id}"),
  empty: t("No unit is like that."),
  escape: t("back to the list; end a long search"),
  failed: t("the memory cannot be shown: {reason}"),
  field: t("Property"),
  filters: t("Filters"),
  filterKey: t("show or hide the filters"),
  first: t("First"),
  firstKey: t("first page"),
  forms: t("words with other endings"),
  gridHelp: t("Arrow keys choose a unit, Enter corrects it. Press question mark for all keys."),
  help: t("Help"),
  helpKey: t("this sheet"),
  inside: t("in"),
  kept: t("Every change is in the memory before this page says so, and can be undone, also tomorrow. Other programs may use the memory meanwhile: a unit that they changed is never overwritten unseen."),
  keysTitle: t("Keys"),
  kind: t("segments"),
  languages: t("Languages"),
  last: t("Last"),
  lastKey: t("last page"),
  looking: t("looking … {share} %; Esc ends it"),
  name: t("id"),
  next: t("Next"),
  nextKey: t("next page"),
  nextUnit: t("next unit"),
  number: t("number"),
  open: t("mark the unit as not reviewed"),
  pages: t("Pages"),
  parted: t("where its sentences were parted is not known any more"),
  phrase: t("exact phrase"),
  previous: t("Previous"),
  previousKey: t("page before"),
  previousUnit: t("unit before"),
  redo: t("Do again"),
  regex: t("regular expression"),
  save: t("Save"),
  saved: t("unit {id} is changed"),
  search: t("Search"),
  searchKey: t("search"),
  since: t("From"),
  source: t("Source"),
  status: t("Status"),
  stopped: t("ended; what was not looked at is not shown"),
  target: t("Target"),
  undo: t("Undo"),
  undone: t("{name} of unit {id}: undone"),
  units: t("Units"),
  unlike: t("nothing is changed"),
  until: t("To"),
  user: t("Person"),
  words: t("all words, anywhere"),
  wordsTitle: t("Words"),
  deedEdit: t("correction"),
  deedStatus: t("new status"),
  deedDelete: t("deletion"),
  nothingUndo: t("nothing to undo"),
  nothingRedo: t("nothing to do again"),
};

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

// write the words where the page has places for them
export function fill() {
  for (const node of document.querySelectorAll("[data-word]")) {
    node.textContent = WORDS[node.dataset.word];
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", WORDS[node.dataset.label]);
  }
}

export const word = (key, values = {}) =>
  WORDS[key].replace(/\{(\w+)\}/gu, (_, name) => String(values[name]));

export const terms = () => TERMS;

export const number = (value) => value.toLocaleString(LANG);
