import { announce } from "./toasts.js";
import { byId, el, reconcile, setText, user } from "./dom.js";
import { count, momentOf, named, t } from "./texts.js";

/** The channel lists no more than so many at once. */
const MOST = 100;

/** What waits for a person: a list, and a count of it that is always in sight. */
export class Tickets {
  #list = byId("ticket-list");
  #highest = 0;

  constructor(acts) {
    this.acts = acts;
  }

  show(items) {
    const focused = [...this.#list.children].findIndex((row) => row.contains(document.activeElement));
    reconcile(this.#list, items, {
      key: ({ n }) => n,
      make: () => el("li", { class: "ticket" }),
      fill: (row, item) => this.#fill(row, item),
      version: (item) => JSON.stringify([item, this.acts.may]),
    });
    if (focused >= 0 && !this.#list.contains(document.activeElement)) this.#focus(Math.min(focused, items.length - 1));
    byId("tickets-empty").hidden = items.length > 0;
    const badge = byId("count-tickets");
    setText(badge, items.length < MOST ? String(items.length) : `${MOST}+`);
    badge.hidden = items.length === 0;
    const newest = items.at(-1)?.n ?? 0;
    if (newest > this.#highest) announce(count("tickets.waiting", items.length));
    this.#highest = Math.max(this.#highest, newest);
  }

  /** Goes on with the next one, else with what closes the list. */
  #focus(index) {
    (this.#list.children[index]?.querySelector("button") ?? byId("tickets").querySelector("[data-close]")).focus();
  }

  #fill(row, item) {
    const name = item.name || t("tickets.gone");
    const done = el("button", { type: "button", class: "button", "aria-label": t("tickets.done_of", { name }) }, t("tickets.done"));
    let sent = false; // not `disabled`, which would take the focus from it
    done.addEventListener("click", async () => {
      if (sent) return;
      sent = true;
      const outcome = await this.acts.do("close_ticket", { target: String(item.n), about: item.name });
      sent = Boolean(outcome?.done);
    });
    row.replaceChildren(
      el("p", { class: "ticket-head" }, el("b", { class: "tag" }, named("intent", item.kind)), user(name, "b"), el("time", { class: "line-time" }, momentOf(item.at))),
      user(item.text, "p", { class: "ticket-text" }),
      this.acts.may ? done : "",
    );
  }
}
