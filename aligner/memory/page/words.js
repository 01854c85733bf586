// What the list, the dialog and the filters call alike.

import { LANG, t } from "./t.js";

export const STATUSES = { auto: t("not reviewed"), accepted: t("accepted"), edited: t("edited") };

export const number = (value) => value.toLocaleString(LANG);
