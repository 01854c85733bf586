// Requests to the server. Every answer is JSON; errors become Refused with the server's sentence.

import { t } from "./t.js";

export class Refused extends Error {
  constructor(status, body) {
    super(body.error || t("the server answered {status}", { status }));
    this.status = status;
    this.hint = body.hint || "";
  }
}

async function answer(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    body = { error: t("the server answered {status}", { status: response.status }) };
  }
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

export const get = async (path) => answer(await fetch(`api/${path}`));

export const post = async (path, body) =>
  answer(
    await fetch(`api/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-aligner-review": "1" },
      body: JSON.stringify(body),
    }),
  );

export function download(format) {
  const link = document.createElement("a");
  link.href = `api/export/${encodeURIComponent(format)}`;
  link.download = "";
  link.click();
}
