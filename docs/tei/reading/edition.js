/* Behaviours for CETEIcean: a file of --tei-layout parallel as texts side by side.

   showEdition(text, place) renders TEI (its text) inside an element of the page.
   A segment (s) with counterparts can be pointed at, focused and clicked: it and they are marked, and
   a click brings them into view. Labels of beads and missing counterparts are said in words. */
"use strict";

// the few words of the page itself, in the language of the browser; all others are the edition's.
// `catalogue.js` is made from the program's catalogue; English is what stands here
const LANG = Object.keys(CATALOGUE).find((lang) => navigator.language.startsWith(lang)) || "en";

function t(text, values = {}) {
  const spoken = CATALOGUE[LANG]?.[text] ?? text;
  return spoken.replace(/\{(\w+)\}/gu, (whole, name) => (name in values ? `${values[name]}` : whole));
}

/* The words that stand in the page's HTML. */
function spokenPage() {
  document.documentElement.lang = LANG;
  document.title = t(document.title);
  for (const one of document.querySelectorAll("#choose span")) one.textContent = t(one.textContent);
}

const EDITION_BEHAVIORS = {
  tei: {
    // notes stay where they are, without brackets of CETEIcean
    note: (note) => {
      const made = document.createElement("span");
      made.className = "note";
      made.append(...note.childNodes);
      return made;
    },
  },
};

function showEdition(text, place) {
  const cetei = new CETEI();
  cetei.addBehaviors(EDITION_BEHAVIORS);
  cetei.makeHTML5(text, (made) => {
    place.replaceChildren(made);
    titles(place);
    headings(place);
    notes(place);
    speakers(place);
    segments(place);
    place.dataset.ready = "yes";
  });
}

const at = (pointer) => document.getElementById(pointer.slice(pointer.indexOf("#") + 1));
const pointers = (element, name) => (element.getAttribute(name) || "").split(/\s+/).filter(Boolean);
// CETEIcean keeps what it replaces as a hidden original: that is no part of the page
const visible = (element) => !element.closest("[hidden]");

function make(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  made.lang = "en";
  return made;
}

/* Above each column: its language, by the name that the header gives it, and the text's title where
   the text does not begin with one. */
function titles(place) {
  const names = new Map();
  for (const language of place.querySelectorAll("tei-language")) {
    names.set(language.getAttribute("ident"), language.textContent.trim());
  }
  for (const text of place.querySelectorAll("tei-group > tei-text")) {
    const tag = text.getAttribute("lang") || "";
    const title = [...place.querySelectorAll("tei-titlestmt > tei-title[type=sub]")].find(
      (one) => one.getAttribute("lang") === tag,
    );
    if (title && !text.querySelector("tei-head[type=main]")) {
      const made = make("h1", "title", title.textContent.trim());
      made.lang = tag;
      text.prepend(made);
    }
    text.prepend(make("h2", "language", names.get(tag) || tag));
    text.tabIndex = 0;
    text.setAttribute("role", "region");
    text.setAttribute("aria-label", names.get(tag) || tag);
  }
  const main = place.querySelector("tei-titlestmt > tei-title[type=main]");
  if (main) document.title = main.textContent.trim();
}

/* What headings are to those who do not see the page. */
function headings(place) {
  for (const head of place.querySelectorAll("tei-text tei-head")) {
    if (head.parentElement.localName === "tei-figure") continue;
    head.setAttribute("role", "heading");
    head.setAttribute("aria-level", head.getAttribute("type") === "main" ? "1" : "2");
  }
}

/* Notes at the foot get numbers where the text has a mark for them. */
function notes(place) {
  let number = 0;
  for (const mark of place.querySelectorAll("tei-ref[type=note][target]")) {
    const link = mark.querySelector("a");
    const note = at(mark.getAttribute("target"));
    if (!visible(mark) || !link || !note) continue;
    number += 1;
    if (!link.textContent.trim()) link.append(make("sup", "mark", `${number}`));
    link.setAttribute("aria-label", t("note {number}", { number }));
    note.prepend(make("sup", "mark", `${number} `));
  }
}

/* Where the page printed no speaker, whom `who` points to, in brackets. */
function speakers(place) {
  for (const speech of place.querySelectorAll("tei-sp[who]")) {
    const printed = [...speech.children].some((child) => child.localName === "tei-speaker");
    if (printed || speech.hasAttribute("prev")) continue;
    const person = at(pointers(speech, "who")[0]);
    if (!person) continue;
    const lang = speech.closest("[lang]").getAttribute("lang");
    const names = [...person.querySelectorAll("tei-persname")];
    const name = names.find((one) => one.getAttribute("lang") === lang) || names[0];
    const shown = name ? name.textContent.trim() : person.getAttribute("role");
    const made = make("span", "who", `[${shown}]`);
    made.lang = name ? name.getAttribute("lang") : "en";
    speech.prepend(made);
  }
}

function segments(place) {
  for (const segment of place.querySelectorAll("tei-s")) {
    if (!visible(segment)) continue;
    const partners = pointers(segment, "corresp").map(at).filter(Boolean);
    said(segment);
    if (!partners.length) continue;
    // its fellows of the same bead are marked with it
    const fellows = new Set(partners.flatMap((one) => pointers(one, "corresp").map(at)));
    fellows.add(segment);
    segment.tabIndex = 0;
    const mark = (on) => {
      for (const one of fellows) one?.classList.toggle("here", on);
      for (const one of partners) one.classList.toggle("partner", on);
    };
    const go = () => partners[0].scrollIntoView({ block: "center" });
    segment.addEventListener("mouseenter", () => mark(true));
    segment.addEventListener("mouseleave", () => mark(false));
    segment.addEventListener("focus", () => mark(true));
    segment.addEventListener("blur", () => mark(false));
    segment.addEventListener("click", go);
    segment.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        go();
        partners[0].focus({ preventScroll: true });
        event.preventDefault();
      }
    });
  }
}

/* Categories that `ana` points to: labels of people after the last segment of a bead, and what has
   no counterpart. */
function said(segment) {
  const categories = pointers(segment, "ana").map(at).filter(Boolean);
  const next = segment.nextElementSibling;
  const goes = next && next.localName === "tei-s";
  const same = goes && next.getAttribute("corresp") === segment.getAttribute("corresp");
  for (const category of categories) {
    const text = (category.querySelector("tei-catdesc") || category).textContent.trim();
    if (category.id.startsWith("label.")) {
      if (!same || !segment.hasAttribute("corresp")) segment.append(make("span", "label", text));
    } else {
      segment.classList.add("alone");
      segment.title = text;
    }
  }
}
