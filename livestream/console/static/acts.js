import { toast } from "./toasts.js";
import { t } from "./texts.js";

const FORESEEN = {
  approve: { state: "queued" },
  say_now: { state: "on_air" },
  hold: { state: "held" },
  hide: { state: "hidden" },
  timeout: { state: "hidden" },
  ban: { state: "hidden" },
  pin: { pinned: true },
  unpin: { pinned: false },
};
const BY = new Set(["approve", "say_now", "hold", "hide", "timeout", "ban"]);
const UNDOS = 20;

/** Does things: shows at once what they will come to, and says so where they came to something else. */
export class Acts {
  #undos = [];

  constructor(link, comments, onchange) {
    this.link = link;
    this.comments = comments;
    this.onchange = onchange;
    this.person = null;
  }

  get may() {
    return this.person !== null && this.person.role !== "viewer";
  }

  /** Does something to a row, seen as it stands; resolves to the outcome, null where there was none. */
  onRow(name, row, value = "") {
    const change = name === "restore" || name === "unban" ? { state: row.planned ? "planned" : "new" } : FORESEEN[name];
    const takeBack = change ? this.comments.foresee(row.id, BY.has(name) ? { ...change, by: this.person?.name } : change) : null;
    this.onchange(row.id);
    return this.#perform({ name, target: row.id, value, seen: row.seq }, row.name, takeBack, row.id);
  }

  /** Does something to the channel. */
  do(name, { target = "", value = "", about = "" } = {}) {
    return this.#perform({ name, target, value: String(value), seen: 0 }, about);
  }

  /** Takes the last act back that can be. */
  undo(token = this.#undos.at(-1)) {
    if (!token) return toast(t("undo.nothing"), { kind: "note" });
    this.#undos = this.#undos.filter((other) => other !== token);
    return this.#perform({ name: "undo", target: token, value: "", seen: 0 }, "");
  }

  async #perform(act, about, takeBack = null, row = "") {
    if (!this.may) return null;
    const outcome = await this.link.act(act);
    if (outcome?.done) {
      this.#succeeded(act, outcome, about);
      return outcome;
    }
    takeBack?.();
    if (row) this.onchange(row);
    if (outcome === null) toast(t("act.unanswered"), { kind: "problem" });
    else if (outcome.conflict) toast(t("act.conflict"), { kind: "note", detail: outcome.conflict });
    else if (act.name !== "edit" && act.name !== "say") toast(outcome.message || t("act.refused"), { kind: "problem" });
    return outcome;
  }

  #succeeded(act, { undo, message }, about) {
    if (undo) this.#undos = [...this.#undos.slice(1 - UNDOS), undo];
    toast(message || t(`did.${act.name}`), { detail: about, undo: undo ? () => this.undo(undo) : null });
  }
}
