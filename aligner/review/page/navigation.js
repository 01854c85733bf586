// Moving about: from bead to bead, to the next uncertain one, to numbers and matches.

import * as dialogs from "./dialogs.js";
import { isUncertain } from "./model.js";
import { Display } from "./display.js";
import { t, tn } from "./t.js";

const { element } = dialogs;

export class Navigation extends Display {
  go(bead, middle = false) {
    if (bead === this.current) {
      this.grid.reveal(bead, middle);
      return;
    }
    const before = this.current;
    this.current = bead;
    this.cursor.n = 0;
    this.clamp();
    this.grid.mark(before);
    this.grid.mark(bead);
    this.grid.reveal(bead, middle);
    if (this.find) this.search();
  }

  clamp() {
    const sizes = this.item.sizes;
    if (!sizes[this.cursor.side]) this.cursor.side = 1 - this.cursor.side;
    this.cursor.n = Math.max(0, Math.min(this.cursor.n, sizes[this.cursor.side] - 1));
  }

  step(by) {
    const { view, place } = this.grid;
    if (!view.length) return;
    const here = place.has(this.current) ? place.get(this.current) : -1;
    this.go(view[Math.max(0, Math.min(view.length - 1, here + by))]);
  }

  choose(side) {
    if (this.item.sizes[side]) this.cursor = { side, n: 0 };
    this.grid.mark(this.current);
  }

  segmentStep(by) {
    this.cursor.n += by;
    this.clamp();
    this.grid.mark(this.current);
  }

  byCertainty() {
    const { items } = this;
    const open = items.map((_, n) => n).filter((n) => isUncertain(items[n], this.threshold));
    if (element("order").value === "reading") return open;
    const of = (n) => (items[n].confidence === undefined ? -1 : items[n].confidence);
    return open.sort((a, b) => of(a) - of(b) || a - b);
  }

  // the next bead to look at: by certainty or in reading order, round the end
  uncertain(by) {
    const order = this.byCertainty();
    if (!order.length) {
      this.say(t("no uncertain bead is left"));
      return;
    }
    const at = order.indexOf(this.current);
    let next = at + by;
    if (at < 0 && element("order").value === "reading") {
      const after = order.findIndex((bead) => bead > this.current);
      next = by > 0 ? after : (after < 0 ? order.length : after) - 1;
    } else if (at < 0) next = by > 0 ? 0 : order.length - 1;
    const bead = order[(next + order.length) % order.length];
    if (!this.grid.place.has(bead)) this.showAll();
    this.go(bead, true);
    this.say(tn("{count} uncertain bead", "{count} uncertain beads", { count: order.length }));
  }

  showAll() {
    element("filter").value = "all";
    this.refresh(false);
  }

  goto() {
    dialogs.goto((wanted) => {
      const match = /^([st]?)(\d+)$/iu.exec(wanted);
      const number = match ? Number(match[2]) - 1 : -1;
      const side = match && match[1].toLowerCase() === "t" ? 1 : 0;
      const count = match && match[1]
        ? this.review.segments[this.review.textOf(this.pair, side)].length
        : this.items.length;
      if (number < 0 || number >= count) {
        return t("there is no {wanted}: 1 to {count}", { wanted: wanted || t("number"), count });
      }
      const bead = match[1] ? this.review.holding(this.pair, side, number) : number;
      if (!this.grid.place.has(bead)) this.showAll();
      this.go(bead, true);
      return "";
    });
  }

  order() {
    const box = element("order");
    box.value = box.value === "worst" ? "reading" : "worst";
    this.say(box.selectedOptions[0].textContent);
  }

  focus(id) {
    element(id).focus();
    if (element(id).select) element(id).select();
  }

  escape() {
    this.linking = null;
    this.alarm("");
    element("search").value = "";
    element("filter").value = "all";
    element("grid").focus({ preventScroll: true });
    this.refresh(true);
  }

  nextHit(by) {
    if (!this.hits.length) return;
    const after = this.hits.findIndex((bead) => (by > 0 ? bead > this.current : bead >= this.current));
    const at = by > 0 ? after : (after < 0 ? this.hits.length : after) - 1;
    const bead = this.hits[(at + this.hits.length) % this.hits.length];
    const target = at < 0 && by > 0 ? this.hits[0] : bead;
    if (!this.grid.place.has(target)) this.showAll();
    this.go(target, true);
  }
}
