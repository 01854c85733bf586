// The page's own copy of the review: texts, and beads as sizes, as on the server (state.py).
// It changes only by the changes the server confirms.

export class Review {
  constructor(answer) {
    this.take(answer);
    this.texts = answer.texts;
    this.pairs = answer.pairs;
    this.file = answer.file;
    this.formats = answer.formats;
    this.labels = answer.labels;
    this.canRealign = answer.can_realign;
    this.canCheck = answer.can_check;
    this.notices = answer.notices;
    this.segments = this.texts.map(flat);
    this.cache = this.pairs.map(() => null);
    this.setFindings([]);
  }

  // version and history, which come with every answer
  take(answer) {
    this.version = answer.version;
    this.undo = answer.undo;
    this.redo = answer.redo;
    this.unsaved = answer.unsaved;
    this.notice = answer.notice;
    this.differs = answer.differs;
  }

  // [first source segment of each bead ..., number of segments], the same for the target
  starts(pair) {
    if (!this.cache[pair]) {
      const items = this.pairs[pair].items;
      const starts = [new Int32Array(items.length + 1), new Int32Array(items.length + 1)];
      items.forEach((item, n) => {
        starts[0][n + 1] = starts[0][n] + item.sizes[0];
        starts[1][n + 1] = starts[1][n] + item.sizes[1];
      });
      this.cache[pair] = starts;
    }
    return this.cache[pair];
  }

  range(pair, bead, side) {
    const starts = this.starts(pair)[side];
    return [starts[bead], starts[bead + 1]];
  }

  textOf(pair, side) {
    return side === 0 ? 0 : this.pairs[pair].target;
  }

  // segments of one side of a bead, each with its number in the text
  side(pair, bead, side) {
    const [first, stop] = this.range(pair, bead, side);
    const all = this.segments[this.textOf(pair, side)];
    const segments = [];
    for (let n = first; n < stop; n += 1) segments.push({ ...all[n], number: n });
    return segments;
  }

  // the bead that holds a segment
  holding(pair, side, segment) {
    const starts = this.starts(pair)[side];
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= segment) low = middle;
      else high = middle - 1;
    }
    return Math.min(low, this.pairs[pair].items.length - 1);
  }

  // apply confirmed changes; tells `heard(pair, start, removed, items, same)` of each splice:
  // `same` where the beads hold what those before them held
  apply(changes, heard) {
    const reworded = new Set();
    for (const change of changes) {
      if (change.kind === "splice") {
        const { items } = this.pairs[change.pair];
        const before = items.splice(change.start, change.removed, ...change.items);
        this.cache[change.pair] = null;
        const sizes = (list) => JSON.stringify(list.map((item) => item.sizes));
        const same = sizes(before) === sizes(change.items);
        heard(change.pair, change.start, change.removed, change.items, same);
      } else if (change.kind === "marks") {
        for (const [first, stop] of change.runs) {
          for (let n = first; n < stop; n += 1) this.pairs[change.pair].items[n].status = change.status;
        }
      } else if (change.kind === "wording") {
        this.texts[change.text].passages[change.number] = change.passage;
        reworded.add(change.text);
      } else {
        this.pairs[change.pair].crossings = change.crossings;
      }
    }
    for (const text of reworded) this.segments[text] = flat(this.texts[text]);
    // beads have new numbers; where segments have too, the next check says what is where
    this.setFindings(reworded.size ? [] : this.allFindings);
    return reworded.size > 0;
  }

  // findings come with segment numbers; they stand beside the bead that holds the first
  setFindings(all) {
    this.allFindings = all;
    this.findings = this.pairs.map(() => new Map());
    for (const finding of all) {
      const side = finding.source.length ? 0 : 1;
      const segment = (side === 0 ? finding.source : finding.target)[0];
      if (segment === undefined) continue;
      const bead = this.holding(finding.pair, side, segment);
      const beads = this.findings[finding.pair];
      beads.set(bead, [...(beads.get(bead) || []), finding]);
    }
  }

  // crossings with the beads of both their ends
  crossings(pair) {
    return this.pairs[pair].crossings.map(([a, b, c, d, confidence]) => ({
      source: this.holding(pair, 0, a),
      target: this.holding(pair, 1, c),
      segments: [b - a, d - c],
      confidence,
    }));
  }

  reviewed(pair) {
    return this.pairs[pair].items.reduce((sum, item) => sum + (isReviewed(item) ? 1 : 0), 0);
  }
}

export const isReviewed = (item) => (item.status || "auto") !== "auto" || Boolean(item.pinned);

export const isNull = (item) => !item.sizes[0] || !item.sizes[1];

export const isUncertain = (item, threshold) =>
  !isReviewed(item) && (item.confidence === undefined || item.confidence < threshold);

function flat(text) {
  const segments = [];
  text.passages.forEach((passage, number) => {
    passage.pieces.forEach(([words, original], n) => {
      segments.push({ words, original, passage: number, first: n === 0 });
    });
  });
  return segments;
}

// what a search looks for: a function from a text to [start, stop] pairs (UTF-16), or an error
export function finder(query, regex) {
  if (!query) return null;
  const source = regex ? query : query.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  const pattern = new RegExp(source, "giu");
  return (text) => {
    const places = [];
    for (const match of text.matchAll(pattern)) {
      if (match[0]) places.push([match.index, match.index + match[0].length]);
    }
    return places;
  };
}
