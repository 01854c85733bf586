// The application: a page of units as the server gave it, and every action a person can take.

import { get, post } from "./api.js";
import { fromAddress, keepAddress, wanted } from "./asked.js";
import { commandOf } from "./commands.js";
import { element, make } from "./dom.js";
import { edit } from "./editor.js";
import { help } from "./help.js";
import { row } from "./row.js";
import { t, tn } from "./t.js";
import { number, STATUSES } from "./words.js";

const PAGE = 50;
const END = 999999999; // above all ids
const TYPING = 200; // ms without a key after which a search begins
const DEEDS = { edit: t("correction"), status: t("new status"), delete: t("deletion") };

class App {
  constructor() {
    this.units = [];
    this.current = 0; // place in the page
    this.more = [false, false]; // is there a page before, a page behind
    this.asked = 0; // number of the last list that was asked for: older answers are dropped
    this.form = element("find");
  }

  async begin() {
    const about = await get("memory");
    this.statuses = about.statuses;
    this.total = about.units;
    document.title = `${about.file} – ${t("aligner memory")}`;
    element("title").textContent = about.file;
    for (const pair of about.languages) this.option("languages", pair.join(" "), pair.join(" – "));
    for (const status of about.statuses) this.option("status-filter", status, STATUSES[status]);
    for (const name of ["users", "documents", "fields"]) {
      element(name).replaceChildren(
        ...about[name].map((value) => {
          const option = make("option", "");
          option.value = value;
          return option;
        }),
      );
    }
    this.history(about);
    // the address keeps what is looked for, so that loading the page again shows the same
    fromAddress(this.form);
    if (matchMedia("(max-width: 40rem)").matches) this.filters(false);
    this.listen();
    await this.list({ after: 0 });
  }

  option(id, value, text) {
    const option = make("option", "", text);
    option.value = value;
    element(id).append(option);
  }

  // a page of the list: behind `after`, or the last units before `before`
  async list(from, wish) {
    this.asked += 1;
    const asked = this.asked;
    const back = "before" in from;
    let place = back ? from.before : from.after;
    let units = [];
    let answer;
    this.alarm("");
    element("grid").setAttribute("aria-busy", "true");
    try {
      do {
        const values = wanted(this.form);
        values.set(back ? "before" : "after", place);
        values.set("limit", PAGE - units.length);
        answer = await get(`units?${values}`);
        if (asked !== this.asked) return;
        units = back ? [...answer.units, ...units] : [...units, ...answer.units];
        place = answer.place;
        const going = place !== null && !answer.full && units.length < PAGE;
        if (going) this.progress(back ? this.total - place : place);
        if (going && units.length > this.units.length) this.show(units, 0, [false, false]);
      } while (place !== null && !answer.full && units.length < PAGE);
    } catch (error) {
      if (asked === this.asked) this.refused(error);
      return;
    } finally {
      if (asked === this.asked) element("grid").removeAttribute("aria-busy");
    }
    // of a page that came from behind, that one is the next; a first page has none before
    const there = place !== null && units.length > 0;
    const more = back ? [there, from.before < Infinity] : [from.after > 0, there];
    const current = wish === undefined ? 0 : wish(units);
    this.show(units, current, more);
    this.say("");
    keepAddress(this.form);
    this.tell(asked);
  }

  progress(place) {
    this.say(t("looking … {share} %; Esc ends it", { share: Math.min(99, Math.floor((100 * place) / Math.max(1, this.total))) }));
  }

  async tell(asked) {
    try {
      const { count, all } = await get(`count?${wanted(this.form)}`);
      if (asked !== this.asked) return;
      this.counted = all ? count : null;
      this.tellCount(count, all);
    } catch (error) {
      if (asked === this.asked) this.refused(error);
    }
  }

  tellCount(count, all) {
    const values = { count: number(count) };
    if (!all) element("count").textContent = t("more than {count} units", values);
    else element("count").textContent = count === 1 ? t("1 unit") : t("{count} units", values);
  }

  show(units, current, more) {
    this.units = units;
    this.more = more;
    element("rows").replaceChildren(...units.map((unit, n) => row(unit, n)));
    element("empty").hidden = units.length > 0;
    element("empty").textContent = t("No unit is like that.");
    element("grid").setAttribute("aria-rowcount", units.length);
    element("grid").scrollTop = 0;
    for (const [n, ids] of [["first", "previous"], ["next", "last"]].entries()) {
      for (const id of ids) element(id).setAttribute("aria-disabled", String(!more[n]));
    }
    this.choose(current);
  }

  get unit() {
    return this.units[this.current];
  }

  choose(current) {
    const last = this.unit && element(`unit-${this.unit.id}`);
    if (last) last.setAttribute("aria-selected", "false");
    this.current = Math.max(0, Math.min(current, this.units.length - 1));
    const node = this.unit && element(`unit-${this.unit.id}`);
    if (!node) {
      element("grid").removeAttribute("aria-activedescendant");
      return;
    }
    node.setAttribute("aria-selected", "true");
    node.scrollIntoView({ block: "nearest" });
    element("grid").setAttribute("aria-activedescendant", node.id);
  }

  step(by) {
    const next = this.current + by;
    if (next < 0 || next >= this.units.length) return this.turn(by, by < 0);
    return this.choose(next);
  }

  // the next page, or the one before
  turn(by, toEnd = false) {
    if (!this.more[by > 0 ? 1 : 0]) return undefined;
    const { units } = this;
    const from = by > 0 ? { after: units.length ? units[units.length - 1].id : 0 } : { before: units.length ? units[0].id : 1 };
    return this.list(from, toEnd ? (all) => all.length - 1 : undefined);
  }

  end(by) {
    return by < 0
      ? this.list({ after: 0 })
      : this.list({ before: END }, (all) => all.length - 1).then(() => {
          this.more[1] = false;
          for (const id of ["next", "last"]) element(id).setAttribute("aria-disabled", "true");
        });
  }

  focus(id) {
    element(id).focus();
    element(id).select?.();
  }

  filters(open = element("filter-box").hidden) {
    element("filter-box").hidden = !open;
    element("filters").setAttribute("aria-expanded", String(open));
    if (open && this.statuses && document.activeElement !== element("q")) element("languages").focus();
    else element("grid").focus({ preventScroll: true });
  }

  clear() {
    this.form.reset();
    return this.list({ after: 0 });
  }

  edit() {
    if (!this.unit) return;
    edit(this.unit, this.statuses, (change) => this.change(change), () => element("grid").focus({ preventScroll: true }));
  }

  async change(change) {
    const answer = await post("edit", change);
    this.history(answer);
    const notes = [];
    if (!answer.changed) notes.push(t("nothing is changed"));
    else if (answer.became) notes.push(t("the unit became unit {id}, which was there already", { id: answer.became }));
    else notes.push(t("unit {id} is changed", { id: change.id }));
    if (answer.codes) notes.push(tn("{count} inline code is gone", "{count} inline codes are gone", { count: answer.codes }));
    if (answer.parted) notes.push(t("where its sentences were parted is not known any more"));
    if (answer.became) await this.again(answer.became);
    else this.replace(answer.unit);
    this.say(notes.join("; "));
  }

  replace(unit) {
    const place = this.units.findIndex((one) => one.id === unit.id);
    if (place < 0) return;
    this.units[place] = unit;
    element(`unit-${unit.id}`).replaceWith(row(unit, place));
    this.choose(this.current);
  }

  async status(status) {
    if (!this.unit || this.unit.status === status) return;
    const { unit } = this;
    try {
      await this.change({ id: unit.id, seen: this.seen(unit), status });
    } catch (error) {
      await this.refusedOn(unit, error);
    }
  }

  seen(unit) {
    return [...unit.sides.map((side) => side.text), unit.status];
  }

  async remove() {
    if (!this.unit) return;
    const { unit } = this;
    try {
      this.history(await post("delete", { id: unit.id, seen: this.seen(unit) }));
    } catch (error) {
      await this.refusedOn(unit, error);
      return;
    }
    const place = this.units.indexOf(unit);
    element(`unit-${unit.id}`).remove();
    this.units = this.units.filter((one) => one !== unit);
    this.choose(place < this.current ? this.current - 1 : this.current);
    if (!this.units.length) await this.again(unit.id);
    else if (this.counted !== null) this.tellCount((this.counted -= 1), true);
    this.say(t("unit {id} is deleted; u brings it back", { id: unit.id }));
  }

  async back(way) {
    try {
      const answer = await post(way, {});
      this.history(answer);
      await this.again(answer.id);
      const values = { name: DEEDS[answer.name], id: answer.id };
      this.say(way === "undo" ? t("{name} of unit {id}: undone", values) : t("{name} of unit {id}: done again", values));
    } catch (error) {
      this.refused(error);
    }
  }

  // the same page again, with one of its units chosen
  again(id) {
    const { units } = this;
    const inside = units.length && id >= units[0].id && id <= units[units.length - 1].id;
    const first = inside || !units.length ? Math.min(id, ...units.map((unit) => unit.id)) : units[0].id;
    return this.list({ after: first - 1 }, (all) => Math.max(0, all.findIndex((unit) => unit.id === id)));
  }

  // somebody else changed it: show it as it is
  async refusedOn(unit, error) {
    if (error.status === 409) await this.again(unit.id);
    this.refused(error);
  }

  history({ undo, redo }) {
    for (const [id, [name], none] of [["undo", undo, t("nothing to undo")], ["redo", redo, t("nothing to do again")]]) {
      element(id).setAttribute("aria-disabled", String(!name));
      element(id).title = name ? DEEDS[name] : none;
    }
  }

  refused(error) {
    this.alarm([error.message, error.hint].filter(Boolean).join(" – "));
  }

  say(text) {
    element("status").textContent = text;
  }

  alarm(text) {
    element("alarm").hidden = !text;
    element("alarm").textContent = text;
  }

  help() {
    help();
  }

  escape() {
    this.alarm("");
    if (element("grid").getAttribute("aria-busy")) {
      this.asked += 1;
      element("grid").removeAttribute("aria-busy");
      this.say(t("ended; what was not looked at is not shown"));
    }
    element("grid").focus({ preventScroll: true });
  }

  listen() {
    document.addEventListener("keydown", (event) => this.key(event));
    let waiting;
    const soon = (wait) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.list({ after: 0 }), wait);
    };
    this.form.addEventListener("input", (event) => soon(event.target.tagName === "SELECT" ? 0 : TYPING));
    // several fields and no button: browsers send nothing by themselves
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      event.stopPropagation();
      clearTimeout(waiting);
      this.list({ after: 0 });
      element("grid").focus({ preventScroll: true });
    });
    this.form.onsubmit = (event) => event.preventDefault();
    const rows = element("rows");
    const chosen = (event) => {
      const id = Number(event.target.closest(".unit")?.dataset.id);
      const place = this.units.findIndex((unit) => unit.id === id);
      if (place >= 0) this.choose(place);
      return place >= 0;
    };
    rows.addEventListener("click", (event) => {
      if (!String(getSelection())) chosen(event);
      element("grid").focus({ preventScroll: true });
    });
    rows.addEventListener("dblclick", (event) => {
      if (chosen(event)) this.edit();
    });
    const clicks = {
      undo: () => this.back("undo"),
      redo: () => this.back("redo"),
      help,
      filters: () => this.filters(),
      clear: () => this.clear(),
      first: () => this.end(-1),
      previous: () => this.turn(-1),
      next: () => this.turn(1),
      last: () => this.end(1),
    };
    for (const [id, run] of Object.entries(clicks)) {
      element(id).onclick = () => {
        if (element(id).getAttribute("aria-disabled") !== "true") run();
      };
    }
  }

  key(event) {
    if (document.querySelector("dialog[open]") || event.isComposing) return;
    const typing = event.target.closest("input, select, textarea");
    if (typing && event.key !== "Escape") return;
    const button = event.target.closest("button, summary");
    if (button && (event.key === "Enter" || event.key === " ")) return;
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    command.run(this);
  }
}

const app = new App();
app.begin().then(
  () => {
    element("grid").focus({ preventScroll: true });
    document.documentElement.dataset.ready = "yes";
  },
  (error) => app.alarm(t("the memory cannot be shown: {reason}", { reason: error.message })),
);
