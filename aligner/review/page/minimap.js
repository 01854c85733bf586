// The strip at the edge: every bead of the text as a line of its confidence, the view as a frame.

import { isNull, isReviewed } from "./model.js";

export class Minimap {
  constructor(canvas, jump) {
    this.canvas = canvas;
    this.data = null;
    const go = (event) => {
      const box = canvas.getBoundingClientRect();
      jump(Math.min(1, Math.max(0, (event.clientY - box.top) / box.height)));
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      go(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (event.buttons) go(event);
    });
    this.picture = null;
  }

  // beads in the order shown; `hits` a set of beads with a search match
  set(items, view, findings, hits) {
    this.data = { items, view, findings, hits };
    this.picture = null;
  }

  // `first`, `last`: share of the list in view; `current` position in it or -1
  draw(first, last, current) {
    if (!this.data) return;
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(this.canvas.clientWidth * ratio);
    const height = Math.round(this.canvas.clientHeight * ratio);
    if (!width || !height) return;
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.picture = null;
    }
    const context = this.canvas.getContext("2d");
    if (!this.picture) this.picture = this.paint(width, height);
    context.putImageData(this.picture, 0, 0);
    const style = getComputedStyle(this.canvas);
    context.strokeStyle = style.getPropertyValue("--ink");
    context.lineWidth = 2 * ratio;
    const top = first * height;
    context.strokeRect(ratio, top, width - 2 * ratio, Math.max(6 * ratio, (last - first) * height));
    if (current >= 0) {
      context.fillStyle = style.getPropertyValue("--accent");
      context.fillRect(0, (current / this.data.view.length) * height - ratio, width, 3 * ratio);
    }
  }

  paint(width, height) {
    const { items, view, findings, hits } = this.data;
    const context = this.canvas.getContext("2d");
    const style = getComputedStyle(this.canvas);
    const colour = (name) => style.getPropertyValue(name);
    context.fillStyle = colour("--paper");
    context.fillRect(0, 0, width, height);
    // several beads on one line: the least certain is what must be seen
    const lines = Math.max(1, Math.min(height, view.length));
    const size = height / lines;
    for (let line = 0; line < lines; line += 1) {
      const from = Math.floor((line * view.length) / lines);
      const to = Math.max(from + 1, Math.floor(((line + 1) * view.length) / lines));
      let worst = 2;
      let reviewed = true;
      let nulls = false;
      let mark = "";
      for (let n = from; n < to && n < view.length; n += 1) {
        const item = items[view[n]];
        const done = isReviewed(item);
        reviewed = reviewed && done;
        if (!done) worst = Math.min(worst, item.confidence === undefined ? 0 : item.confidence);
        nulls = nulls || isNull(item);
        if (findings.has(view[n])) mark = "--c0";
        else if (hits.has(view[n]) && !mark) mark = "--mark";
      }
      const y = line * size;
      context.fillStyle = colour(reviewed ? "--done" : level(worst));
      const left = nulls ? width * 0.3 : 0;
      context.fillRect(left, y, width * 0.7 - left, Math.ceil(size));
      if (mark) {
        context.fillStyle = colour(mark);
        context.fillRect(width * 0.75, y, width * 0.25, Math.max(2, Math.ceil(size)));
      }
    }
    return context.getImageData(0, 0, width, height);
  }
}

// the custom property of the colour of a confidence
export function level(confidence) {
  if (confidence < 0.5) return "--c0";
  if (confidence < 0.8) return "--c1";
  if (confidence < 0.95) return "--c2";
  return "--c3";
}
