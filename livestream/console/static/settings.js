import { announce } from "./toasts.js";
import { byId, el, memory, reconcile, setText, user } from "./dom.js";
import { momentOf, named, t } from "./texts.js";

const MODES = ["auto", "hold", "manual"];
const ACTS_KEPT = 500;
const SLOWS = [0, 3, 5, 10, 30, 60];

/** What this person chose for themselves; kept in this browser. */
export const choices = {
  get keys() {
    return memory.get("keys", "on") === "on";
  },
  get spoken() {
    return memory.get("spoken", "on") === "on";
  },
  get timeout() {
    return memory.get("timeout", "300");
  },
};

export function startSettings() {
  const theme = byId("theme");
  theme.value = memory.get("theme", "system");
  theme.addEventListener("change", () => {
    memory.set("theme", theme.value);
    if (theme.value === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
  });
  byId("language").addEventListener("change", ({ target }) => {
    document.cookie = `${target.dataset.cookie}=${target.value}; Path=/; Max-Age=31536000; SameSite=Lax`;
    location.reload();
  });
  for (const name of ["keys", "spoken"]) {
    const box = byId(`choose-${name}`);
    box.checked = choices[name];
    box.addEventListener("change", () => {
      memory.set(name, box.checked ? "on" : "off");
      document.body.dataset.keys = choices.keys ? "on" : "off";
    });
  }
  document.body.dataset.keys = choices.keys ? "on" : "off";
  const length = byId("choose-timeout");
  length.value = choices.timeout;
  length.addEventListener("change", () => memory.set("timeout", length.value));
}

/** How answers are handled: a mode for each intent, slow mode, blocked words. */
export class Automation {
  #blocked = new Set();
  #intents = [];

  constructor(acts) {
    this.acts = acts;
    byId("slow").replaceChildren(...SLOWS.map((s) => el("option", { value: String(s) }, s ? t("slow.seconds", { n: s }) : t("slow.off"))));
    byId("slow").addEventListener("change", ({ target }) => this.#set(target, "slow", { value: target.value }));
    byId("all-modes").addEventListener("click", ({ target }) => this.#chooseAll(target.closest("[data-mode]")?.dataset.mode));
    byId("block").addEventListener("submit", (event) => {
      event.preventDefault();
      const word = byId("block-word").value.trim();
      if (word) this.acts.do("block_word", { value: word, about: word });
      byId("block-word").value = "";
    });
    byId("unblock").addEventListener("click", () => {
      const word = byId("block-word").value.trim();
      if (word) this.acts.do("unblock_word", { value: word, about: word });
      byId("block-word").value = "";
    });
  }

  start(intents) {
    this.#intents = intents;
    reconcile(byId("modes"), intents, {
      key: (intent) => intent,
      make: () => el("li", { class: "mode" }),
      fill: (row, intent) => {
        const id = `mode-${intent}`;
        const options = MODES.map((mode) => el("option", { value: mode }, t(`mode.${mode}`)));
        const select = el("select", { id, data: { intent }, disabled: !this.acts.may }, ...options);
        select.addEventListener("change", () => this.#choose(select));
        row.replaceChildren(el("label", { for: id }, named("intent", intent)), select);
      },
      version: (intent) => `${intent} ${this.acts.may}`,
    });
  }

  show({ modes, slow, paused }) {
    for (const intent of this.#intents) {
      const select = byId(`mode-${intent}`);
      if (document.activeElement !== select) select.value = modes[intent] ?? "auto";
      select.dataset.mode = select.value;
    }
    const seconds = byId("slow");
    if (document.activeElement !== seconds && ![...seconds.options].some(({ value }) => Number(value) === slow))
      seconds.append(el("option", { value: String(slow) }, t("slow.seconds", { n: slow })));
    if (document.activeElement !== seconds) seconds.value = String(slow);
    byId("pause").setAttribute("aria-pressed", String(paused));
    setText(byId("pause-label"), t(paused ? "act.resume" : "act.pause"));
    byId("paused").hidden = !paused;
  }

  /** Keeps the words blocked and freed since this page was opened. */
  heard({ name, value }) {
    if (name === "block_word") this.#blocked.add(value);
    else if (name === "unblock_word") this.#blocked.delete(value);
    else return;
    reconcile(byId("blocked"), [...this.#blocked], {
      key: (word) => word,
      make: () => el("li", { class: "tag" }),
      fill: (row, word) => row.replaceChildren(user(word)),
    });
  }

  /** One after the other: the channel takes so many acts at once and no more. */
  async #chooseAll(mode) {
    for (const select of mode ? byId("modes").querySelectorAll("select") : []) {
      if (select.value === mode) continue;
      select.value = mode;
      await this.#choose(select);
    }
  }

  #choose(select) {
    return this.#set(select, "mode", { target: select.dataset.intent, value: select.value, about: named("intent", select.dataset.intent) });
  }

  async #set(field, name, act) {
    const outcome = await this.acts.do(name, act);
    if (outcome?.done) field.dataset.mode = field.value;
    else field.blur();
  }
}

/** What was done, by whom: the newest on top. */
export class History {
  #acts = new Map();

  /** Takes acts, each once; returns those that are new. */
  take(acts) {
    const fresh = acts.filter(({ n }) => !this.#acts.has(n));
    for (const acted of fresh) this.#acts.set(acted.n, acted);
    for (const n of [...this.#acts.keys()].slice(0, Math.max(0, this.#acts.size - ACTS_KEPT))) this.#acts.delete(n);
    if (byId("history").open) this.show();
    return fresh;
  }

  show() {
    const newest = [...this.#acts.values()].sort((a, b) => b.n - a.n).slice(0, 200);
    byId("acts-empty").hidden = newest.length > 0;
    reconcile(byId("acts"), newest, {
      key: ({ n }) => n,
      make: () => el("li", { class: "acted" }),
      fill: (row, { at, person, name, target, value, note }) =>
        row.replaceChildren(
          el("time", { class: "line-time" }, momentOf(at)),
          el("span", { class: "acted-what" }, user(person, "b"), " ", t(`act.${name}`)),
          user([target, value, note].filter(Boolean).join(" · "), "span", { class: "acted-detail" }),
        ),
    });
  }
}

/** Opens and closes the page's dialogs by the buttons that name them. */
export function startDialogs(onopen) {
  document.addEventListener("click", ({ target }) => {
    const opener = target.closest("[data-dialog]");
    if (opener) openDialog(opener.dataset.dialog, onopen);
    if (target.closest("[data-close]")) target.closest("dialog").close();
    if (target instanceof HTMLDialogElement) target.close();
  });
}

export function openDialog(id, onopen) {
  const dialog = byId(id);
  if (dialog.open) return dialog.close();
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  onopen?.(id);
  dialog.showModal();
  announce(dialog.querySelector("h2").textContent);
  return undefined;
}
