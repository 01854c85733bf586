// The dialogs. One stays open, with the server's reason in it, until what it asks for is done:
// what a person has typed is not lost because it was refused.

import { element, make } from "./dom.js";
import { COMMANDS, shown } from "./commands.js";
import { download, get } from "./api.js";
import { t, tn } from "./t.js";

export { element };

// `submit` returns "" when all is done, else the reason why not
export function open(name, submit) {
  const dialog = element(`${name}-dialog`);
  const form = dialog.querySelector("form");
  let error = form.querySelector(".error");
  if (!error) {
    error = make("p", "error");
    error.setAttribute("role", "alert");
    form.querySelector(".buttons").before(error);
  }
  error.textContent = "";
  const attempt = async (work) => {
    const reason = await work();
    error.textContent = reason;
    if (!reason) dialog.close();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    if (submit) attempt(submit);
  };
  for (const button of form.querySelectorAll("[data-close]")) button.onclick = () => dialog.close();
  dialog.onclose = () => element("grid").focus({ preventScroll: true });
  dialog.showModal();
  return { dialog, form, attempt };
}

// edit a segment's words, or choose where to cut them
export function words({ segment, lang, dir, mode, edit, cut, restore }) {
  const box = element("words");
  const splitting = mode === "split";
  element("words-title").textContent = splitting
    ? t("Split a segment at the caret")
    : t("Edit the text of a segment");
  element("words-hint").textContent = splitting
    ? t("Put the caret where the second segment begins, then press Enter.")
    : t("Enter saves; Ctrl Enter splits at the caret.");
  box.value = segment.words;
  box.lang = lang;
  box.dir = dir;
  const original = element("words-original");
  original.hidden = segment.original === undefined;
  original.textContent = 
    segment.original === undefined ? "" : t("First wording: {text}", { text: segment.original });
  element("words-save").hidden = splitting;
  element("words-restore").hidden = splitting || segment.original === undefined;
  // code points, as the server counts
  const caret = () => Array.from(box.value.slice(0, box.selectionStart)).length;
  const split = () =>
    box.value === segment.words
      ? cut(caret())
      : Promise.resolve(t("save the changed text first, then split it"));
  const { attempt } = open("words", () => (splitting ? split() : edit(box.value)));
  element("words-split").onclick = () => attempt(split);
  element("words-restore").onclick = () => attempt(restore);
  box.onbeforeinput = (event) => {
    if (splitting) event.preventDefault();
  };
  box.onkeydown = (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    attempt(splitting || event.ctrlKey || event.metaKey ? split : () => edit(box.value));
  };
  box.focus();
  const place = splitting ? Math.floor(box.value.length / 2) : box.value.length;
  box.setSelectionRange(place, place);
}

export function comment(text, submit) {
  const box = element("comment");
  box.value = text;
  const { attempt } = open("comment", () => submit(box.value));
  box.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      attempt(() => submit(box.value));
    }
  };
  box.focus();
}

// `usual`: [label, what it means] of the taxonomy the review was started with
export function labels(present, usual, submit) {
  const box = element("labels");
  const read = () => box.value.split(/\s+/u).filter(Boolean);
  box.value = present.join(" ");
  const choices = element("label-choices");
  const buttons = usual.map(([name, meaning]) => {
    const button = make("button", "", name);
    button.title = meaning;
    button.type = "button";
    button.onclick = () => {
      const now = read();
      box.value = (now.includes(name) ? now.filter((one) => one !== name) : [...now, name]).join(" ");
      mark();
    };
    return button;
  });
  const mark = () => {
    const now = read();
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(now.includes(button.textContent)));
    }
  };
  choices.replaceChildren(...buttons);
  box.oninput = mark;
  mark();
  open("label", () => submit(read()));
  box.focus();
}

export function goto(submit) {
  open("goto", () => Promise.resolve(submit(element("goto").value.trim())));
  element("goto").select();
}

export function bulk(count, submit) {
  const box = element("bulk");
  const tell = () => {
    element("bulk-count").textContent = tn("{count} bead", "{count} beads", { count: count(Number(box.value)) });
  };
  box.oninput = tell;
  tell();
  open("bulk", () => submit(Number(box.value)));
  box.select();
}

export function exports(formats) {
  const losses = element("losses");
  losses.textContent = "";
  element("formats").replaceChildren(
    ...formats.map((format) => {
      const button = make("button", "", format);
      button.type = "button";
      button.onclick = async () => {
        try {
          const { losses: missing } = await get(`losses/${encodeURIComponent(format)}`);
          losses.textContent = missing.length
            ? t("{format} does not hold: {what}.", { format, what: missing.join("; ") })
            : t("{format} holds all of it.", { format });
          download(format);
        } catch (error) {
          losses.textContent = `${format}: ${error.message}`;
        }
      };
      return button;
    }),
  );
  open("export", null);
}

export async function difference() {
  const box = element("difference-lines");
  box.replaceChildren(make("p", "", "..."));
  open("difference", null);
  try {
    const { lines, more } = await get("difference");
    const classes = { "-": "theirs", "+": "ours" };
    box.replaceChildren(...lines.map((line) => make("p", classes[line[0]] || "", line)));
    if (more) box.append(make("p", "hint", tn("and {count} more line", "and {count} more lines", { count: more })));
    if (!lines.length) box.append(make("p", "", t("There is none in texts, beads, status, labels and comments.")));
  } catch (error) {
    box.replaceChildren(make("p", "error", error.message));
  }
}

export function help() {
  const table = make("table", "");
  for (const command of COMMANDS) {
    const keys = make("td", "");
    command.keys.forEach((key, n) => keys.append(n ? ` ${t("or")} ` : "", make("kbd", "", shown(key))));
    table.append(make("tr", "", keys, make("td", "", command.text)));
  }
  element("keys").replaceChildren(table);
  open("help", null);
}
