// What is looked for: the fields of the form, as the server takes them and as the address keeps them.

const NAMES = ["q", "mode", "side", "languages", "status", "user", "since", "until", "document", "field"];

// as the server takes it
export function wanted(form) {
  const values = new URLSearchParams();
  for (const name of NAMES) {
    const value = form.elements[name].value.trim();
    if (!value) continue;
    if (name !== "languages") values.set(name, value);
    else {
      const [source, target] = value.split(" ");
      values.set("source_lang", source);
      values.set("target_lang", target);
    }
  }
  return values;
}

export function keepAddress(form) {
  const values = new URLSearchParams();
  for (const name of NAMES) {
    const { value } = form.elements[name];
    if (value && !(name === "mode" && value === "phrase") && !(name === "side" && value === "both")) values.set(name, value);
  }
  history.replaceState(null, "", `${location.pathname}${values.size ? `#${values}` : ""}`);
}

export function fromAddress(form) {
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    if (NAMES.includes(name)) form.elements[name].value = value;
  }
}
