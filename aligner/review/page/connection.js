// The page's side of the conversation: the review as the server confirmed it, and nothing else.
// An action is asked for, made durable, and only then seen.

import { Refused, get, post } from "./api.js";
import { element } from "./dialogs.js";
import { Review } from "./model.js";
import { make } from "./row.js";
import { t, tn } from "./t.js";

// the name of an action, as `merge` or `accept 12`
export const named = (name) => {
  const count = /\d+$/u.exec(name);
  return count ? t(`${name.slice(0, count.index)}{count}`, { count: count[0] }) : t(name);
};

export class Connection {
  constructor() {
    this.pair = 0;
    this.current = 0;
    this.cursor = { side: 0, n: 0 };
    this.linking = null;
    this.changed = new Set(); // items made by the last re-alignment
    this.queue = Promise.resolve();
  }

  async load(first) {
    this.review = new Review(await get("review"));
    document.title = t("{file} – aligner review", { file: this.review.file });
    element("title").textContent = this.review.file;
    element("pair-box").hidden = this.review.pairs.length < 2;
    element("pair").replaceChildren(
      ...this.review.pairs.map((pair, n) => {
        const langs = [0, pair.target].map((text) => this.review.texts[text].lang || "?");
        const option = make("option", "", langs.join(" – "));
        option.value = n;
        return option;
      }),
    );
    element("pair").value = this.pair;
    if (first) {
      const order = this.byCertainty();
      this.current = order.length ? order[0] : 0;
      for (const notice of this.review.notices) this.say(notice);
    }
    this.refresh(true);
    this.check();
  }

  get items() {
    return this.review.pairs[this.pair].items;
  }

  get item() {
    return this.items[this.current];
  }

  get threshold() {
    return Number(element("threshold").value);
  }

  // one action after the other; `values` are made when its turn comes.
  // Gives "" when it is done and durable, else the reason why not.
  send(action, values, after) {
    const work = async () => {
      const began = performance.now();
      try {
        const details = { pair: this.pair, ...values() };
        const answer = await post("do", { ...details, action, version: this.review.version });
        this.take(answer, action);
        this.alarm("");
        if (after) after();
        performance.measure(`action ${action}`, { start: began });
        return "";
      } catch (error) {
        return this.refused(error);
      }
    };
    const done = this.queue.then(work);
    this.queue = done;
    return done;
  }

  take(answer, action) {
    if (action === "re-align") this.changed.clear();
    const solved = answer.name === "re-align";
    const reworded = this.review.apply(answer.changes, (pair, start, removed, items, same) => {
      if (pair === this.pair) this.grid.spliced(start, removed, items.length);
      if (solved && !same) for (const item of items) this.changed.add(item);
    });
    if (reworded) this.grid.heights.fill(0);
    this.review.take(answer);
    if (answer.focus[0] === this.pair) this.current = answer.focus[1];
    const what = named(answer.name);
    const done =
      action === "undo" ? t("undone: {what}", { what }) : action === "redo" ? t("done again: {what}", { what }) : what;
    const beads = tn("{count} bead new", "{count} beads new", { count: this.changed.size });
    this.say(solved ? `${done}, ${beads}` : done);
    this.refresh(true);
    this.check();
    // by then the file is written, unless another program has changed it
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.lookAgain(), 3000);
  }

  async refused(error) {
    if (!(error instanceof Refused)) {
      if (!(error instanceof TypeError)) throw error;
      const reason =
        t("The server does not answer: this was not done. Start aligner review again and open its new address; all that was confirmed is kept.");
      this.alarm(reason);
      return reason;
    }
    const reason = error.hint ? `${error.message} (${error.hint})` : error.message;
    this.alarm(reason);
    if (error.status === 409) await this.load(false);
    return reason;
  }

  // findings of the present state, a moment after the last change; one question at a time
  check() {
    if (!this.review.canCheck) return;
    clearTimeout(this.checking);
    element("checking").hidden = false;
    this.checking = setTimeout(async () => {
      if (this.asked) {
        this.check();
        return;
      }
      this.asked = true;
      try {
        const { version, findings } = await get("findings");
        if (version === this.review.version) {
          element("checking").hidden = true;
          this.review.setFindings(findings);
          this.refresh(false);
        }
      } catch (error) {
        element("checking").hidden = true;
        this.alarm(t("the checks failed: {reason}", { reason: error.message }));
      } finally {
        this.asked = false;
      }
    }, 1500);
  }

  // another page may have changed the review meanwhile
  async lookAgain() {
    if (document.hidden || !this.review) return;
    try {
      const answer = await get("version");
      if (answer.version !== this.review.version) {
        await this.load(false);
        this.say(t("the review was changed in another window; this is its present state"));
      } else {
        this.review.take(answer);
        this.notice();
      }
    } catch (error) {
      await this.refused(error);
    }
  }

  say(text) {
    element("status").textContent = text;
  }

  alarm(text) {
    const box = element("alarm");
    box.hidden = !text;
    box.textContent = text;
  }
}
