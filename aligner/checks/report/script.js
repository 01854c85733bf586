"use strict";
(() => {
  const list = [...document.querySelectorAll(".finding")];
  const controls = document.querySelector(".controls");
  if (!controls || !list.length) return;
  controls.hidden = false;
  const buttons = [...controls.querySelectorAll("button[data-severity]")];
  const code = controls.querySelector("select");
  const count = controls.querySelector("output");
  const show = () => {
    const off = new Set(buttons.filter((b) => b.getAttribute("aria-pressed") === "false")
      .map((b) => b.dataset.severity));
    let seen = 0;
    for (const one of list) {
      one.hidden = off.has(one.dataset.severity) || (code.value && one.dataset.code !== code.value);
      if (!one.hidden) seen += 1;
    }
    count.textContent = `${seen} / ${list.length}`;
    document.querySelectorAll("details").forEach((d) => { if (code.value) d.open = true; });
  };
  buttons.forEach((b) => b.addEventListener("click", () => {
    b.setAttribute("aria-pressed", String(b.getAttribute("aria-pressed") === "false"));
    show();
  }));
  code.addEventListener("change", show);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key !== "j" && event.key !== "k") return;
    const visible = list.filter((one) => !one.hidden && one.offsetParent !== null);
    const here = visible.indexOf(document.activeElement.closest(".finding"));
    const next = visible[Math.max(0, Math.min(visible.length - 1, here + (event.key === "j" ? 1 : -1)))];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  });
  show();
})();
