import { el, icon, setText, spoken, user } from "./dom.js";
import { count, named, share, t, timeOf, tongue } from "./texts.js";

/** What can be done to a comment or its viewer, in the order of the toolbar; `key` is the shortcut. */
export const TOOLS = [
  { act: "hold", key: "H", icon: "hold", when: (row) => row.state !== "held" && row.state !== "hidden" },
  { act: "hide", key: "X", icon: "hide", when: (row) => row.state !== "hidden" },
  { act: "restore", key: "R", icon: "restore", when: (row) => row.state === "hidden" || row.state === "held" },
  { act: "pin", key: "P", icon: "pin", when: (row) => !row.pinned },
  { act: "unpin", key: "P", icon: "unpin", when: (row) => row.pinned },
  { act: "timeout", key: "T", icon: "timeout", when: () => true },
  { act: "ban", key: "B", icon: "ban", when: () => true },
  { act: "unban", key: "", icon: "unban", when: (row) => row.state === "hidden" },
];

/** What can be done with a planned answer. */
export const ANSWERS = [
  { act: "approve", key: "A", when: sayable },
  { act: "say_now", key: "S", when: sayable },
  { act: "edit", key: "E", when: answerable },
];

const WAITING = new Set(["new", "held", "planned", "expired"]);
const LANGUAGE_TAG = /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i;
const CHIPS = new Set(["queued", "on_air", "expired"]);

/** Whether the planned answer may be said as it stands. */
function sayable(row) {
  return answerable(row) && Boolean(row.planned?.caption) && !row.planned.refused;
}

/** Whether an answer can still be written or changed. */
function answerable(row) {
  return WAITING.has(row.state);
}

/** A button that does something, with its shortcut where screen readers and pointers find it. */
export function actButton({ act, key, icon: drawing }, { labelled = false, className = "" } = {}) {
  const label = t(`act.${act}`);
  const title = key ? t("key.title", { label, key }) : label;
  const properties = { type: "button", class: className, data: { act }, title, "aria-keyshortcuts": key || false };
  if (labelled) return el("button", properties, label);
  return el("button", { ...properties, class: `tool ${className}`, "aria-label": label }, icon(drawing));
}

export const makeComment = () =>
  el("article", { class: "comment", tabindex: "-1" }, el("div", { class: "comment-body" }));

/** Shows a row in its article. The body is small and made anew; an editor and the tools beside it stay. */
export function fillComment(article, row, mayAct) {
  const name = `name-${row.first}`;
  const words = `text-${row.first}`;
  const language = LANGUAGE_TAG.test(row.language) && row.language;
  const body = article.firstElementChild;
  const focused = body.contains(document.activeElement);
  article.dataset.state = row.state;
  article.dataset.id = row.id;
  article.classList.toggle("pinned", row.pinned);
  article.setAttribute("aria-labelledby", name);
  article.setAttribute("aria-describedby", words);
  body.replaceChildren(
    meta(row, name),
    user(row.text, "p", { class: "comment-text", id: words, lang: language }),
    note(row),
    row.planned ? plan(row, mayAct) : "",
  );
  if (focused) article.focus({ preventScroll: true });
}

function meta(row, name) {
  return el(
    "header",
    { class: "comment-meta" },
    row.pinned ? el("span", { class: "comment-pin", title: t("comment.pinned") }, icon("pin")) : "",
    user(row.name, "bdi", { class: "comment-name", id: name }),
    user(row.platform, "span", { class: "comment-platform" }),
    row.language ? el("span", { class: "tag", title: tongue(row.language), translate: "no" }, row.language) : "",
    row.asked > 1 ? el("span", { class: "tag asked" }, count("comment.asked", row.asked)) : "",
    CHIPS.has(row.state) ? el("span", { class: "chip", data: { state: row.state } }, t(`state.${row.state}`)) : "",
    el("time", { class: "comment-time", datetime: new Date(row.at * 1000).toISOString() }, timeOf(row.at)),
  );
}

function note(row) {
  const decided = row.by && ["held", "hidden", "queued", "on_air", "answered"].includes(row.state);
  if (!decided && !row.note) return "";
  const by = decided ? el("span", {}, t(`by.${row.state}`), " ", user(row.by)) : "";
  return el("p", { class: "comment-note" }, by, by && row.note ? " · " : "", row.note ? user(row.note) : "");
}

function plan(row, mayAct) {
  const { caption, facts, refused, intent, route, confidence, reason, by, product } = row.planned;
  const why = [named("intent", intent), named("route", route)];
  if (confidence) why.push(share(confidence));
  return el(
    "div",
    { class: "plan", role: "group", "aria-label": t("plan.label"), data: { refused: Boolean(refused) } },
    caption ? spoken(caption, "p", { class: "plan-caption" }) : el("p", { class: "plan-none" }, t("plan.none")),
    refused ? el("p", { class: "plan-refused" }, icon("stop"), el("span", {}, t("plan.refused"), " ", user(refused))) : "",
    facts.length ? el("dl", { class: "facts" }, ...facts.map(fact)) : "",
    el(
      "p",
      { class: "plan-why" },
      why.join(" · "),
      product ? el("span", {}, " · ", user(product)) : "",
      reason ? el("span", {}, " · ", user(reason)) : "",
      by ? el("span", {}, " · ", t("plan.by"), " ", user(by)) : "",
    ),
    mayAct && answerable(row) ? el("div", { class: "plan-acts" }, ...answerButtons(row)) : "",
  );
}

const fact = ([id, label, value]) =>
  el("div", { title: id }, user(label || id, "dt"), user(value, "dd"));

function answerButtons(row) {
  return ANSWERS.filter(({ when }) => when(row)).map((tool) =>
    actButton(tool, { labelled: true, className: tool.act === "approve" ? "button primary" : "button" }),
  );
}

/** The tools for a comment, to be put into the row that a person points at or works on. */
export function fillTools(tools, row) {
  const wanted = TOOLS.filter(({ when }) => when(row));
  if (!row.planned && answerable(row)) wanted.unshift({ act: "edit", key: "E", icon: "write" });
  const names = wanted.map(({ act }) => act).join();
  if (tools.dataset.names === names) return;
  tools.dataset.names = names;
  tools.replaceChildren(...wanted.map((tool) => actButton(tool)));
}

/** The place in which an answer is written or changed; the channel checks what is sent. */
export function makeEditor(row, { onsend, oncancel }) {
  const id = `edit-${row.first}`;
  const words = el("textarea", { id, dir: "auto", rows: "3", maxlength: "500", "aria-describedby": `${id}-problem` });
  words.value = row.planned?.caption ?? "";
  const problem = el("p", { class: "problem", id: `${id}-problem`, role: "alert" });
  const send = el("button", { type: "submit", class: "button primary" }, t("edit.send"));
  const cancel = el("button", { type: "button", class: "button" }, t("edit.cancel"));
  const editor = el(
    "form",
    { class: "editor" },
    el("label", { for: id }, t("edit.label")),
    words,
    problem,
    el("div", { class: "plan-acts" }, send, cancel, el("span", { class: "hint" }, t("edit.hint"))),
  );
  cancel.addEventListener("click", oncancel);
  editor.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = words.value.trim();
    if (!text) return words.focus();
    send.disabled = true;
    const refused = await onsend(text);
    send.disabled = false;
    setText(problem, refused ?? "");
    words.setAttribute("aria-invalid", String(Boolean(refused)));
    if (refused) words.focus();
  });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.shiftKey) oncancel();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return editor;
}
