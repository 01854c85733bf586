// The application: every action a person can take, and how keys and clicks come to it.

import { post } from "./api.js";
import { COMMANDS, commandOf, shown } from "./commands.js";
import * as dialogs from "./dialogs.js";
import { Navigation } from "./navigation.js";
import { make } from "./row.js";
import { t } from "./t.js";

const { element } = dialogs;

class App extends Navigation {
  constructor() {
    super();
    this.bar();
    this.listen();
  }

  bead(action, more = {}) {
    return this.send(action, () => ({ bead: this.current, ...more }));
  }

  accept() {
    const accepting = this.item.status !== "accepted";
    return this.send("accept", () => ({ bead: this.current }), () => {
      if (accepting && this.byCertainty().length) this.uncertain(1);
    });
  }

  split() {
    return this.send("split", () => {
      let { side } = this.cursor;
      if (this.item.sizes[side] < 2 && this.item.sizes[1 - side] > 1) side = 1 - side;
      const n = side === this.cursor.side ? this.cursor.n : 0;
      return { bead: this.current, side, at: Math.max(1, n) };
    });
  }

  move(step) {
    return this.send("move", () => ({ bead: this.current, side: this.cursor.side, step }));
  }

  link() {
    if (this.linking === null || this.linking === this.current) {
      this.linking = this.linking === null ? this.current : null;
      this.say(this.linking === null ? t("no link") : t("now choose the other null bead and press x"));
      this.grid.redraw(this.current);
      return undefined;
    }
    const other = this.linking;
    this.linking = null;
    this.grid.redraw(other);
    return this.send("link", () => ({ bead: this.current, other }));
  }

  realign() {
    if (!this.review.canRealign) return undefined;
    return this.send("re-align", () => ({}));
  }

  // the chosen segment: the text it is in and its number there
  place() {
    const { side, n } = this.cursor;
    const [first] = this.review.range(this.pair, this.current, side);
    return { text: this.review.textOf(this.pair, side), segment: first + n };
  }

  segment(action, more = {}) {
    return this.send(action, () => ({ ...this.place(), ...more }));
  }

  words(mode) {
    const place = this.place();
    const text = this.review.texts[place.text];
    dialogs.words({
      segment: this.review.segments[place.text][place.segment],
      lang: text.lang,
      dir: text.dir,
      mode,
      edit: (words) => this.send("edit-text", () => ({ ...place, words })),
      cut: (offset) => this.send("split-text", () => ({ ...place, offset })),
      restore: () => this.send("restore-text", () => place),
    });
  }

  label() {
    const bead = this.current;
    dialogs.labels(this.item.labels || [], this.review.labels, (labels) =>
      this.send("label", () => ({ bead, labels })),
    );
  }

  comment() {
    const bead = this.current;
    dialogs.comment(this.item.comment || "", (comment) =>
      this.send("comment", () => ({ bead, comment })),
    );
  }

  bulk() {
    const open = (threshold) => (item) =>
      (item.status || "auto") === "auto" && item.confidence !== undefined && item.confidence >= threshold;
    dialogs.bulk(
      (threshold) => this.items.filter(open(threshold)).length,
      (threshold) => this.send("accept-above", () => ({ threshold })),
    );
  }

  async save() {
    try {
      this.review.take({ ...this.review, ...(await post("save", {})) });
      this.say(t("the alignment file is written"));
    } catch (error) {
      await this.refused(error);
      await this.lookAgain();
    }
  }

  export() {
    dialogs.exports(this.review.formats);
  }

  help() {
    dialogs.help();
  }

  bar() {
    const bar = element("actions");
    for (const command of COMMANDS.filter((one) => one.bar)) {
      const button = make("button", "", command.bar, " ", make("kbd", "", shown(command.keys[0])));
      button.type = "button";
      button.id = `do-${command.id}`;
      button.title = command.text;
      button.tabIndex = bar.children.length ? -1 : 0;
      button.onclick = () => command.run(this);
      bar.append(button);
    }
    // one stop of the Tab key; arrows go through it
    bar.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const buttons = [...bar.children].filter((one) => !one.hidden);
      const next = buttons[(buttons.indexOf(event.target) + by + buttons.length) % buttons.length];
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
      event.preventDefault();
      event.stopPropagation();
    });
  }

  listen() {
    document.addEventListener("keydown", (event) => this.key(event));
    const grid = element("rows");
    const chosen = (event) => {
      const bead = Number(event.target.closest(".bead")?.dataset.bead ?? -1);
      if (bead < 0) return false;
      const side = event.target.closest("[data-side]");
      const segment = event.target.closest("[data-n]");
      this.go(bead);
      if (side && this.item.sizes[Number(side.dataset.side)]) {
        this.cursor = { side: Number(side.dataset.side), n: segment ? Number(segment.dataset.n) : 0 };
        this.clamp();
        this.grid.mark(bead);
      }
      return Boolean(segment);
    };
    grid.addEventListener("click", (event) => {
      const jump = event.target.closest("[data-jump]");
      if (jump) this.go(Number(jump.dataset.jump), true);
      else if (!String(getSelection())) chosen(event);
      element("grid").focus({ preventScroll: true });
    });
    grid.addEventListener("dblclick", (event) => {
      if (chosen(event)) this.words("edit");
    });
    element("export").onclick = () => this.export();
    element("help").onclick = () => this.help();
    element("difference").onclick = () => dialogs.difference();
    element("pair").onchange = () => {
      this.pair = Number(element("pair").value);
      this.current = 0;
      this.grid.heights = [];
      this.refresh(true);
    };
    element("find").onsubmit = (event) => event.preventDefault();
    element("search").onkeydown = (event) => {
      if (event.key === "Enter") this.nextHit(event.shiftKey ? -1 : 1);
    };
    for (const id of ["search", "regex", "filter", "threshold"]) {
      element(id).addEventListener("input", () => this.refresh(false));
    }
    window.addEventListener("resize", () => {
      requestAnimationFrame(() => this.grid.reveal(this.current));
    });
    window.addEventListener("focus", () => this.lookAgain());
    document.addEventListener("visibilitychange", () => this.lookAgain());
  }

  key(event) {
    const typing = event.target.closest("input, select, textarea");
    if (document.querySelector("dialog[open]") || event.isComposing) return;
    if (typing && event.key !== "Escape" && !event.ctrlKey) return;
    if (typing && event.ctrlKey && event.key !== "s") return;
    const button = event.target.closest("button");
    if (button && (event.key === "Enter" || event.key === " ")) return;
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    command.run(this);
  }
}

const app = new App();
app.load(true).then(
  () => {
    element("grid").focus({ preventScroll: true });
    // after the frame that shows them
    requestAnimationFrame(() => setTimeout(() => {
      performance.mark("first rows");
      document.documentElement.dataset.ready = "yes";
    }, 0));
  },
  (error) => app.alarm(t("the review cannot be shown: {reason}", { reason: error.message })),
);
