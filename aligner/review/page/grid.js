// The list of beads: only the rows near the view are in the document, whatever the text's length.
// Heights are guessed from the lengths of the texts and corrected when a row has been drawn.

import { row, select } from "./row.js";

const AROUND = 700; // pixels drawn above and below the view

export class Grid {
  // `about(bead)` gives what `row` needs, `lengths(bead)` the lengths of each side's segments;
  // `drawn` is called after every drawing
  constructor(viewport, rows, links, { about, lengths, drawn }) {
    this.viewport = viewport;
    this.rows = rows;
    this.links = links;
    this.about = about;
    this.lengths = lengths;
    this.drawn = drawn;
    this.view = []; // beads in the order shown
    this.place = new Map(); // bead -> position in view
    this.heights = []; // by bead; 0: not known, negative: guessed
    this.tops = new Float64Array(1);
    this.nodes = new Map();
    this.waiting = false;
    this.widths = 0;
    viewport.addEventListener("scroll", () => this.later(), { passive: true });
    new ResizeObserver(() => {
      if (viewport.clientWidth !== this.widths) {
        this.widths = viewport.clientWidth;
        this.heights.fill(0);
        this.measure();
      }
      this.later();
    }).observe(viewport);
  }

  // other beads or another filter: draw all anew
  show(view, count) {
    this.view = view;
    this.place = new Map(view.map((bead, position) => [bead, position]));
    if (this.heights.length !== count) this.heights = new Array(count).fill(0);
    this.clear();
    this.measure();
    this.later();
  }

  spliced(start, removed, added) {
    this.heights.splice(start, removed, ...new Array(added).fill(0));
  }

  clear() {
    for (const node of this.nodes.values()) node.remove();
    this.nodes.clear();
  }

  // draw one bead anew where it is drawn at all; no frame is without it
  redraw(bead) {
    const node = this.nodes.get(bead);
    if (!node) return;
    const made = row(this.about(bead), this.place.get(bead));
    made.style.transform = node.style.transform;
    node.replaceWith(made);
    this.nodes.set(bead, made);
    this.later();
  }

  // show that a bead is, or is no longer, the current one; the row itself stays
  mark(bead) {
    const node = this.nodes.get(bead);
    if (!node) return;
    const { current, cursor } = this.about(bead);
    select(node, current, cursor);
    this.later();
  }

  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
  }

  measure() {
    const tops = new Float64Array(this.view.length + 1);
    this.view.forEach((bead, n) => {
      if (!this.heights[bead]) this.heights[bead] = -this.guess(bead);
      tops[n + 1] = tops[n] + Math.abs(this.heights[bead]);
    });
    this.tops = tops;
    this.rows.style.height = `${tops[this.view.length]}px`;
  }

  guess(bead) {
    const letters = Math.max(12, (this.widths || 1000) / 24);
    const lines = this.lengths(bead).map((side) =>
      side.reduce((sum, n) => sum + Math.ceil(n / letters), 0),
    );
    return 22 + 23 * Math.max(1, ...lines);
  }

  // position in view at a height
  at(y) {
    let low = 0;
    let high = this.view.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  head() {
    return this.rows.offsetTop;
  }

  draw() {
    if (!this.view.length) {
      this.clear();
      this.links.replaceChildren();
      this.drawn(0, 1);
      return;
    }
    const height = this.viewport.clientHeight - this.head();
    for (let round = 0; round < 4; round += 1) {
      const top = this.viewport.scrollTop;
      const first = this.at(top - AROUND);
      const last = this.at(top + height + AROUND);
      const wanted = new Set(this.view.slice(first, last + 1));
      for (const [bead, node] of this.nodes) {
        if (!wanted.has(bead)) {
          node.remove();
          this.nodes.delete(bead);
        }
      }
      const made = [];
      for (let n = first; n <= last; n += 1) {
        const bead = this.view[n];
        if (!this.nodes.has(bead)) {
          const node = row(this.about(bead), n);
          this.nodes.set(bead, node);
          made.push(node);
        }
      }
      this.rows.append(...made);
      if (!this.settle(first, last)) break;
    }
    for (const [bead, node] of this.nodes) {
      node.style.transform = `translateY(${this.tops[this.place.get(bead)]}px)`;
    }
    const whole = this.tops[this.view.length] || 1;
    const top = this.viewport.scrollTop;
    this.drawn(top / whole, Math.min(1, (top + height) / whole));
  }

  // take in the true heights of the rows drawn; what is in view stays where it is
  settle(first, last) {
    const top = this.viewport.scrollTop;
    const anchor = this.at(top);
    const offset = top - this.tops[anchor];
    let changed = false;
    for (let n = first; n <= last; n += 1) {
      const bead = this.view[n];
      const height = this.nodes.get(bead).offsetHeight;
      if (height && height !== this.heights[bead]) {
        this.heights[bead] = height;
        changed = true;
      }
    }
    if (changed) {
      this.measure();
      const wanted = this.tops[anchor] + offset;
      if (Math.abs(wanted - top) > 1) this.viewport.scrollTop = wanted;
    }
    return changed;
  }

  // bring a bead into view; `middle` puts it there even if it is in view already
  reveal(bead, middle = false) {
    const position = this.place.get(bead);
    if (position === undefined) return;
    const space = this.viewport.clientHeight - this.head();
    // twice: the rows around it get their true heights in between
    for (let round = 0; round < 2; round += 1) {
      const top = this.tops[position];
      const bottom = this.tops[position + 1];
      const now = this.viewport.scrollTop;
      const inside = top >= now && bottom <= now + space;
      if (middle || (!inside && (bottom < now - space || top > now + 2 * space))) {
        this.viewport.scrollTop = Math.max(0, (top + bottom - space) / 2);
      } else if (top < now || bottom - top > space) {
        this.viewport.scrollTop = Math.max(0, top - 24);
      } else if (bottom > now + space) {
        this.viewport.scrollTop = bottom - space + 24;
      }
      this.draw();
    }
  }
}
