import { byId, el, icon, reconcile, spoken, user } from "./dom.js";
import { clock, named, t } from "./texts.js";

const BEHIND = 4;
const AHEAD = 36;
const PRODUCTS = 60;
const AMOUNT = /^\d{1,9}([.,]\d{1,4})?$/;
const MARKS = { aired: "check", on_air: "air", skipped: "skip", queued: "next", later: "dot" };

/** The rundown around the part that is on air, under the names of its products. */
export class Rundown {
  #list = byId("rundown");
  #onAir = "";

  show(items) {
    const now = Math.max(0, items.findLastIndex(({ state }) => state === "on_air"));
    const near = items.slice(Math.max(0, now - BEHIND), now + AHEAD);
    let before = null;
    const rows = near.map((item) => {
      const headed = item.title !== before;
      before = item.title;
      return { ...item, headed };
    });
    reconcile(this.#list, rows, { key: ({ id }) => id, make: () => el("li", { class: "part" }), fill: fillPart });
    byId("rundown-empty").hidden = rows.length > 0;
    this.#follow(items[now]);
  }

  /** Keeps the part on air in sight, unless the person looks elsewhere in the list. */
  #follow(item) {
    if (!item || item.state !== "on_air" || item.id === this.#onAir) return;
    this.#onAir = item.id;
    const row = [...this.#list.children].find(({ dataset }) => dataset.key === item.id);
    if (!row || this.#list.matches(":hover, :focus-within")) return;
    this.#list.scrollTop = Math.max(0, row.offsetTop - this.#list.offsetTop - 48);
  }
}

function fillPart(row, { part, title, caption, seconds, state, headed }) {
  row.dataset.state = state;
  row.toggleAttribute("aria-current", false);
  if (state === "on_air") row.setAttribute("aria-current", "true");
  row.replaceChildren(
    headed && title ? spoken(title, "p", { class: "part-product" }) : "",
    icon(MARKS[state] ?? "dot"),
    el("span", { class: "part-name" }, named("part", part)),
    el("span", { class: "visually-hidden" }, t(`rundown.${state}`)),
    el("span", { class: "part-length" }, clock(seconds, false)),
    caption && (state === "on_air" || state === "queued") ? spoken(caption, "p", { class: "part-caption" }) : "",
  );
}

/** The products, with price and stock to edit in place. */
export class Products {
  #list = byId("products");
  #items = [];

  constructor(acts) {
    this.acts = acts;
    byId("product-search").addEventListener("input", () => this.show(this.#items));
  }

  show(items) {
    this.#items = items;
    const words = byId("product-search").value.trim().toLocaleLowerCase();
    const found = items.filter(({ title, handle }) => `${title}\n${handle}`.toLocaleLowerCase().includes(words));
    byId("product-search").hidden = items.length < 8;
    reconcile(this.#list, found.slice(0, PRODUCTS), {
      key: ({ handle }) => handle,
      make: () => el("li", { class: "product" }),
      fill: (row, item) => this.#fill(row, item),
      version: (item) => JSON.stringify([item, this.acts.may]),
    });
  }

  #fill(row, item) {
    // What is being typed stays until it is sent or given up.
    if (row.querySelector("form[data-dirty]")) return delete row.dataset.version;
    const jump = el("button", { type: "button", class: "tool", "aria-label": t("product.jump", { name: item.title }), title: t("act.jump") }, icon("jump"));
    jump.addEventListener("click", () => this.acts.do("jump", { target: item.handle, about: item.title }));
    row.replaceChildren(
      el("p", { class: "product-title" }, spoken(item.title), " ", item.edited ? el("span", { class: "tag" }, t("product.edited")) : ""),
      this.acts.may ? jump : "",
      el("div", { class: "product-fields" }, this.#price(item), this.#stock(item)),
    );
    return undefined;
  }

  #price(item) {
    return this.#field("price", item, item.price, item.price ? item.currency : item.price_text || t("product.no_price"));
  }

  #stock(item) {
    const tracked = item.stock !== null;
    return this.#field("stock", item, tracked ? String(item.stock) : "", t(tracked ? "product.stock" : "product.untracked"));
  }

  #field(name, item, value, label) {
    if (!value) return el("span", { class: "product-fixed" }, user(label));
    if (!this.acts.may) return el("span", { class: "product-fixed" }, user(`${label} ${value}`));
    const words = t(`product.${name}_of`, { name: item.title });
    const input = el("input", { inputmode: name === "price" ? "decimal" : "numeric", autocomplete: "off", "aria-label": words, value, maxlength: "12" });
    const save = el("button", { type: "submit", class: "tool", "aria-label": t("product.save"), title: t("product.save") }, icon("check"));
    const form = el("form", { class: `product-${name}` }, el("span", { class: "unit", "aria-hidden": "true" }, user(label)), input, save);
    this.#editing(form, input, { name, item, value });
    return form;
  }

  #editing(form, input, { name, item, value }) {
    const settle = () => {
      delete form.dataset.dirty;
      input.value = value;
      input.setCustomValidity("");
      this.show(this.#items);
    };
    input.addEventListener("input", () => {
      form.toggleAttribute("data-dirty", input.value !== value);
      input.setCustomValidity("");
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      settle();
      event.stopPropagation();
    });
    form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!form.contains(relatedTarget) && input.value === value) settle();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const amount = input.value.trim();
      const right = name === "price" ? AMOUNT.test(amount) : /^\d{1,9}$/.test(amount);
      input.setCustomValidity(right ? "" : t(`product.bad_${name}`));
      if (!input.reportValidity() || amount === value) return;
      const outcome = await this.acts.do(name, { target: item.handle, value: amount.replace(",", "."), about: item.title });
      if (outcome?.done) delete form.dataset.dirty;
      else settle();
      this.show(this.#items);
    });
  }
}
