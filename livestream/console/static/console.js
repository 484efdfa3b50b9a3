import { Acts } from "./acts.js";
import { Comments, LANE_NAMES } from "./comments.js";
import { ANSWERS, TOOLS } from "./comment.js";
import { byId, memory, setText } from "./dom.js";
import { Health, showAired, showProgramme } from "./health.js";
import { startKeys } from "./keys.js";
import { Lanes } from "./lanes.js";
import { Link } from "./link.js";
import { startPicture } from "./picture.js";
import { Products, Rundown } from "./rundown.js";
import { Automation, choices, History, openDialog, startDialogs, startSettings } from "./settings.js";
import { count, named, t } from "./texts.js";
import { Tickets } from "./tickets.js";
import { announce, toast } from "./toasts.js";

const AIRED_KEPT = 300;
const SUMMARY_MS = 10_000;

// The key has become a cookie; it need not stand in the address bar or the history.
history.replaceState(null, "", location.pathname);

const comments = new Comments();
const link = new Link({
  connected: () => showLink(true),
  lost: () => showLink(false),
  expired: () => location.assign("/"),
  hello,
  snapshot: ({ snapshot }) => showSnapshot(snapshot),
  rundown: ({ items }) => rundown.show(items),
  products: ({ items }) => products.show(items),
  tickets: ({ items }) => tickets.show(items),
  fresh: () => comments.clear(),
  rows: ({ rows }) => takeRows(rows),
  acts: ({ acts: done }) => past.take(done).forEach((acted) => automation.heard(acted)),
});
const acts = new Acts(link, comments, (id) => lanes.leave(id));
const lanes = new Lanes(comments, { mayAct: () => acts.may, onact: actOn, onedit: edit });
const health = new Health();
const rundown = new Rundown();
const products = new Products(acts);
const tickets = new Tickets(acts);
const automation = new Automation(acts);
const past = new History();
const heard = new Map();
let panic = false;
let paused = false;
let fresh = 0;
let summary = 0;

function hello({ person, modes }) {
  acts.person = person;
  document.body.dataset.role = person.role;
  setText(byId("person"), person.name);
  setText(byId("role"), named("role", person.role));
  automation.start(modes);
  lanes.refresh();
}

function showLink(up) {
  byId("lost").hidden = up;
  document.body.dataset.link = up ? "up" : "down";
  if (!up) announce(t("link.lost"));
}

function showSnapshot(snapshot) {
  panic = snapshot.panic;
  paused = snapshot.paused;
  health.show(snapshot);
  showProgramme(snapshot);
  automation.show(snapshot);
  document.body.toggleAttribute("data-panic", panic);
  for (const button of document.querySelectorAll("[data-panic-button]")) {
    button.setAttribute("aria-pressed", String(panic));
    setText(button.querySelector("span"), t(panic ? "act.calm" : "act.panic"));
  }
  byId("panic-banner").hidden = !panic;
  for (const line of snapshot.aired) heard.set(`${line.seq} ${line.at}`, line);
  for (const key of [...heard.keys()].slice(0, Math.max(0, heard.size - AIRED_KEPT))) heard.delete(key);
  if (byId("history").open) showAired(byId("as-run"), [...heard.values()].reverse());
}

function takeRows(rows) {
  fresh += comments.take(rows);
  lanes.refresh();
  if (!fresh || !choices.spoken || performance.now() - summary < SUMMARY_MS) return;
  announce(`${count("comments.came", fresh)}. ${count("comments.held", comments.counts().held)}`);
  fresh = 0;
  summary = performance.now();
}

/** Does something to a row, as the toolbar, the answer's buttons and the keys ask. */
function actOn(name, row) {
  if (!row || !acts.may) return;
  if (name === "edit") lanes.edit(row);
  else acts.onRow(name, row, name === "timeout" ? choices.timeout : "");
}

/** Sends an edited answer; resolves to why it was refused, null where it was taken or lost. */
async function edit(row, text) {
  const outcome = await acts.onRow("edit", row, text);
  if (outcome === null) return t("act.unanswered");
  return outcome.done || outcome.conflict ? null : outcome.message || t("act.refused");
}

/** The key of an act on the row at hand, where it can be done. */
function onCurrent(key) {
  return () => {
    const row = lanes.current;
    const tool = [...ANSWERS, ...TOOLS].find((one) => one.key === key && row && one.when(row));
    if (tool) actOn(tool.act, row);
    else if (row) toast(t(key === "A" || key === "S" ? "plan.unsayable" : "act.not_here"), { kind: "note" });
    else lanes.move(0);
  };
}

async function say(event) {
  event.preventDefault();
  const words = byId("say-words");
  const text = words.value.trim();
  if (!text) return words.focus();
  const outcome = await acts.do("say", { value: text, about: text });
  const refused = outcome && !outcome.done ? outcome.message || t("act.refused") : "";
  setText(byId("say-problem"), refused);
  words.setAttribute("aria-invalid", String(Boolean(refused)));
  if (outcome?.done) words.value = "";
  return undefined;
}

function choose(tab) {
  document.body.dataset.tab = tab;
  memory.set("tab", tab);
  for (const button of document.querySelectorAll("[data-choose]"))
    button.setAttribute("aria-current", button.dataset.choose === tab ? "page" : "false");
}

const onopen = (id) => {
  if (id !== "history") return;
  past.show();
  showAired(byId("as-run"), [...heard.values()].reverse());
};

byId("say").addEventListener("submit", say);
byId("pause").addEventListener("click", () => acts.do(paused ? "resume" : "pause"));
byId("skip").addEventListener("click", () => acts.do("skip"));
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-panic-button]")) acts.do(panic ? "calm" : "panic");
  const tab = target.closest("[data-choose]")?.dataset.choose;
  if (tab) choose(tab);
});
startDialogs(onopen);
startSettings();
startKeys({
  ...Object.fromEntries([..."aeshxrtbp"].map((key) => [key, onCurrent(key.toUpperCase())])),
  ...Object.fromEntries(LANE_NAMES.map((name, index) => [String(index + 1), () => lanes.show(name)])),
  j: () => lanes.move(1),
  k: () => lanes.move(-1),
  u: () => acts.may && acts.undo(),
  i: () => byId("say-words").focus(),
  m: () => openDialog("automation", onopen),
  w: () => openDialog("tickets", onopen),
  y: () => openDialog("history", onopen),
  "/": () => lanes.focusSearch(),
  "?": () => openDialog("help", onopen),
  // In panic the key leads to the way back, which is pressed on purpose.
  panic: () => (panic ? [...document.querySelectorAll("[data-panic-button]")].find((button) => button.checkVisibility())?.focus() : acts.do("panic")),
});
choose(memory.get("tab", "comments"));
lanes.show("new");
link.start();
startPicture();
