// Crossings as curves in the gutter between the two sides, from bead to bead.

const SVG = "http://www.w3.org/2000/svg";

export function drawLinks(grid, crossings) {
  const { links, nodes, tops, place, viewport } = grid;
  links.replaceChildren();
  const drawn = nodes.values().next().value;
  const gutter = drawn && drawn.querySelector(".gutter");
  if (!gutter || !crossings.length) return;
  const left = gutter.offsetLeft;
  const right = left + gutter.offsetWidth;
  const low = viewport.scrollTop - 200;
  const high = viewport.scrollTop + viewport.clientHeight + 200;
  links.setAttribute("height", tops[tops.length - 1]);
  for (const { source, target, confidence } of crossings) {
    if (!place.has(source) || !place.has(target)) continue;
    const [from, to] = [source, target].map((bead) => {
      const at = place.get(bead);
      return (tops[at] + tops[at + 1]) / 2;
    });
    if (Math.max(from, to) < low || Math.min(from, to) > high) continue;
    const path = document.createElementNS(SVG, "path");
    const middle = (left + right) / 2;
    path.setAttribute("d", `M ${left} ${from} C ${middle} ${from}, ${middle} ${to}, ${right} ${to}`);
    path.setAttribute("class", confidence < 0.8 ? "link unsure" : "link");
    links.append(path);
    for (const [x, y] of [[left, from], [right, to]]) {
      const dot = document.createElementNS(SVG, "circle");
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", y);
      dot.setAttribute("r", 4);
      dot.setAttribute("class", "link-end");
      links.append(dot);
    }
  }
}
