// The dialog that corrects a unit. It stays open, with what the person typed, until the server has
// taken it: nothing typed is lost because it was refused.

import { get } from "./api.js";
import { element, make } from "./dom.js";
import { t } from "./t.js";
import { STATUSES } from "./words.js";

const SIDES = ["source", "target"];

// `save(change)` resolves when all is done; `closed` is called at the end
export function edit(unit, statuses, save, closed) {
  const dialog = element("edit-dialog");
  const boxes = SIDES.map((side) => element(`edit-${side}`));
  const error = element("edit-error");
  let seen = unit;
  element("edit-title").textContent = t("Unit {id}", { id: unit.id });
  element("edit-drop").checked = false;
  error.textContent = "";
  unit.sides.forEach((side, n) => {
    boxes[n].value = side.marked;
    boxes[n].lang = side.lang;
    boxes[n].dir = side.dir;
    element(`edit-${SIDES[n]}-lang`).textContent = side.lang;
    element(`edit-${SIDES[n]}-now`).hidden = true;
  });
  const choice = element("edit-status");
  choice.replaceChildren(
    ...statuses.map((status) => {
      const option = make("option", "", STATUSES[status]);
      option.value = status;
      return option;
    }),
  );
  choice.value = unit.status;
  marks(unit);
  about(unit.id);

  const attempt = async () => {
    const change = { id: unit.id, seen: [...seen.sides.map((side) => side.text), seen.status] };
    boxes.forEach((box, n) => {
      if (box.value !== seen.sides[n].marked) change[SIDES[n]] = box.value;
    });
    if (choice.value !== seen.status) change.status = choice.value;
    change.drop = element("edit-drop").checked;
    error.textContent = "";
    try {
      await save(change);
      dialog.close();
    } catch (refusal) {
      error.textContent = [refusal.message, refusal.hint].filter(Boolean).join(" – ");
      if (refusal.status === 409) await lookAgain();
    }
  };
  // what is there now, beside what was typed
  const lookAgain = async () => {
    try {
      seen = await get(`unit?id=${unit.id}`);
    } catch (refusal) {
      error.textContent = refusal.message;
      return;
    }
    error.textContent = t("It was changed meanwhile. What is there now stands under your words; Save writes yours over it.");
    marks(seen);
    seen.sides.forEach((side, n) => {
      const now = element(`edit-${SIDES[n]}-now`);
      now.textContent = side.marked;
      now.hidden = side.marked === boxes[n].value;
    });
  };
  const form = dialog.querySelector("form");
  form.onsubmit = (event) => {
    event.preventDefault();
    attempt();
  };
  for (const box of boxes) {
    box.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      attempt();
    };
  }
  for (const button of dialog.querySelectorAll("[data-close]")) button.onclick = () => dialog.close();
  dialog.onclose = closed;
  dialog.showModal();
  boxes[1].focus();
  boxes[1].setSelectionRange(boxes[1].value.length, boxes[1].value.length);
}

function marks(unit) {
  const all = unit.sides.flatMap((side) => side.marks.map((mark) => [side.lang, ...mark]));
  element("edit-codes").hidden = !all.length;
  element("edit-marks").replaceChildren(
    ...all.map(([lang, mark, kind, markup]) =>
      make("li", "", `${lang}: `, make("code", "", mark), ` ${kind} `, make("code", "", markup)),
    ),
  );
}

async function about(id) {
  const list = element("edit-about");
  list.replaceChildren();
  try {
    const unit = await get(`unit?id=${id}`);
    const rows = [
      [t("Document"), unit.document],
      [t("number"), unit.number],
      [t("segments"), unit.kind],
      [t("confidence"), unit.confidence],
      [t("context"), unit.context],
      [t("id"), unit.name],
      ...unit.more,
    ];
    for (const [name, value] of rows) {
      if (value !== "" && value !== null) list.append(make("dt", "", name), make("dd", "", String(value)));
    }
  } catch (error) {
    list.append(make("dd", "error", error.message));
  }
}
