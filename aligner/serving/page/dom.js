// Elements by their id, and new ones. Text goes in as text only, never as markup.

export const element = (id) => document.getElementById(id);

export function make(tag, name, ...inside) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  node.append(...inside);
  return node;
}
