// What is shown: the beads a filter and a search leave, the current one, progress, the map.

import { element } from "./dialogs.js";
import { Grid } from "./grid.js";
import { Connection, named } from "./connection.js";
import { drawLinks } from "./links.js";
import { Minimap } from "./minimap.js";
import { finder, isNull, isReviewed, isUncertain } from "./model.js";
import { columns } from "./row.js";
import { t, tn } from "./t.js";

export class Display extends Connection {
  constructor() {
    super();
    this.hits = []; // beads with a match of the search
    this.find = null;
    this.grid = new Grid(element("grid"), element("rows"), element("links"), {
      about: (bead) => this.about(bead),
      lengths: (bead) => this.lengths(bead),
      drawn: (first, last) => this.drawn(first, last),
    });
    this.map = new Minimap(element("map"), (share) => {
      const whole = this.grid.tops[this.grid.view.length];
      element("grid").scrollTop = share * whole - element("grid").clientHeight / 2;
    });
  }

  refresh(reveal) {
    const { items } = this;
    this.current = Math.max(0, Math.min(this.current, items.length - 1));
    this.crossed = this.review.crossings(this.pair);
    this.ends = new Map();
    for (const { source, target } of this.crossed) {
      this.ends.set(source, [...(this.ends.get(source) || []), target]);
      this.ends.set(target, [...(this.ends.get(target) || []), source]);
    }
    this.search();
    const shows = this.filter();
    const view = [];
    for (let bead = 0; bead < items.length; bead += 1) if (shows(bead)) view.push(bead);
    // what was done must be seen, although the filter may not fit it any more
    if (view.length && !shows(this.current)) {
      const next = view.find((bead) => bead > this.current);
      if (reveal) this.current = next === undefined ? view[view.length - 1] : next;
    }
    element("empty").hidden = view.length > 0;
    element("grid").setAttribute("aria-rowcount", view.length + 1);
    columns(element("columns"), this.shownTexts());
    this.clamp();
    this.grid.show(view, items.length);
    this.map.set(items, view, this.review.findings[this.pair], new Set(this.hits));
    this.tell();
    this.active();
    if (reveal) this.grid.reveal(this.current);
    else this.grid.draw();
  }

  shownTexts() {
    const targets = this.review.pairs.map((pair) => pair.target);
    const others = targets.filter((_, n) => n !== this.pair);
    return [0, targets[this.pair], ...others].map((text) => this.review.texts[text]);
  }

  filter() {
    const { items, review, pair } = this;
    const tests = {
      all: () => true,
      open: (bead) => !isReviewed(items[bead]),
      uncertain: (bead) => isUncertain(items[bead], this.threshold),
      null: (bead) => isNull(items[bead]),
      findings: (bead) => review.findings[pair].has(bead),
      comment: (bead) => Boolean(items[bead].comment),
      label: (bead) => Boolean(items[bead].labels),
      edited: (bead) => items[bead].status === "edited",
      pinned: (bead) => Boolean(items[bead].pinned),
      crossing: (bead) => this.ends.has(bead),
      changed: (bead) => this.changed.has(items[bead]),
      match: (bead) => this.hitSet.has(bead),
    };
    return tests[element("filter").value];
  }

  search() {
    const query = element("search").value;
    this.find = null;
    this.hits = [];
    let message = "";
    try {
      this.find = finder(query, element("regex").checked);
    } catch {
      message = t("this is no regular expression");
    }
    if (this.find) {
      this.hits = this.items.map((_, bead) => bead).filter((bead) => this.matches(bead));
      const at = this.hits.indexOf(this.current);
      const count = this.hits.length;
      const beads = tn("{count} bead", "{count} beads", { count });
      message = !count ? t("nothing found") : at < 0 ? beads : t("{at} of {beads}", { at: at + 1, beads });
    }
    this.hitSet = new Set(this.hits);
    element("matches").textContent = message;
  }

  matches(bead) {
    return [0, 1].some((side) => {
      const [first, stop] = this.review.range(this.pair, bead, side);
      const all = this.review.segments[this.review.textOf(this.pair, side)];
      for (let n = first; n < stop; n += 1) if (this.find(all[n].words).length) return true;
      return false;
    });
  }

  lengths(bead) {
    return [0, 1].map((side) => {
      const [first, stop] = this.review.range(this.pair, bead, side);
      const all = this.review.segments[this.review.textOf(this.pair, side)];
      const lengths = [];
      for (let n = first; n < stop; n += 1) lengths.push(all[n].words.length);
      return lengths;
    });
  }

  about(bead) {
    const { review, pair } = this;
    return {
      bead,
      item: this.items[bead],
      sides: [review.side(pair, bead, 0), review.side(pair, bead, 1)],
      texts: [0, 1].map((side) => review.texts[review.textOf(pair, side)]),
      extra: review.pairs.flatMap((other, n) => (n === pair ? [] : [this.context(n, bead)])),
      current: bead === this.current,
      cursor: this.cursor,
      findings: review.findings[pair].get(bead) || [],
      crossings: this.ends.get(bead) || [],
      linking: bead === this.linking,
      changed: this.changed.has(this.items[bead]),
      find: this.find,
    };
  }

  // what another translation has for the source segments that begin in a bead
  context(pair, bead) {
    const { review } = this;
    const [first, stop] = review.range(this.pair, bead, 0);
    const segments = [];
    if (first < stop) {
      const sources = review.starts(pair)[0];
      const last = review.holding(pair, 0, stop - 1);
      for (let n = review.holding(pair, 0, first); n <= last; n += 1) {
        if (sources[n] >= first && sources[n] < stop) segments.push(...review.side(pair, n, 1));
      }
    }
    return { text: review.texts[review.pairs[pair].target], segments };
  }

  drawn(first, last) {
    const place = this.grid.place.get(this.current);
    this.map.draw(first, last, place === undefined ? -1 : place);
    this.active();
    drawLinks(this.grid, this.crossed || []);
  }

  // what another program did to the files
  notice() {
    const { notice, differs } = this.review;
    element("notice").hidden = !notice;
    if (element("notice-text").textContent !== notice) element("notice-text").textContent = notice;
    element("difference").hidden = !differs;
  }

  // the row that assistive technology hears
  active() {
    const id = `bead-${this.current}`;
    if (element(id)) element("grid").setAttribute("aria-activedescendant", id);
    else element("grid").removeAttribute("aria-activedescendant");
  }

  tell() {
    const { review, items } = this;
    const reviewed = review.reviewed(this.pair);
    element("progress").max = items.length;
    element("progress").value = reviewed;
    const share = Math.floor((100 * reviewed) / items.length);
    element("progress-text").textContent = t("{reviewed} of {count} reviewed ({share} %)", {
      reviewed,
      count: items.length,
      share,
    });
    element("saved").textContent = t("version {version}, on disk", { version: review.version });
    this.notice();
    const ways = [
      ["undo", review.undo, t("undo"), t("nothing to undo")],
      ["redo", review.redo, t("redo"), t("nothing to redo")],
    ];
    for (const [id, name, verb, nothing] of ways) {
      const button = element(`do-${id}`);
      button.setAttribute("aria-disabled", String(!name));
      button.title = name ? `${verb}: ${named(name)}` : nothing;
    }
    element("do-re-align").hidden = !review.canRealign;
  }
}
