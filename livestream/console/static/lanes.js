import { fillComment, fillTools, makeComment, makeEditor } from "./comment.js";
import { LANE_NAMES, laneOf } from "./comments.js";
import { byId, el, reconcile, setText } from "./dom.js";
import { compact, count, t } from "./texts.js";

const PAGE = 24;
const MOST = 200;
const EACH_MS = 150;
/** Drawing takes at most about a tenth of the time, however many comments come in. */
const REST = 9;
const POINTER_MS = 4000;

const FILTERS = {
  all: () => true,
  planned: (row) => row.planned !== null,
  refused: (row) => Boolean(row.planned?.refused),
  several: (row) => row.asked > 1,
  pinned: (row) => row.pinned,
};

/**
 * The lanes of comments. New rows come in on top, unless the person is at work there (has the focus in
 * the list, points at it, or has scrolled): then the list stands still and a button counts what waits.
 */
export class Lanes {
  #feed = byId("feed");
  #fresh = byId("fresh");
  #search = byId("search");
  #filter = byId("filter");
  #platform = byId("platform");
  #sort = byId("sort");
  #tools = [0, 1].map(() => el("div", { class: "tools", role: "group", "aria-label": t("tools.label") }));
  #lane = "new";
  #limit = PAGE;
  #shown = [];
  #current = null;
  #pointed = -Infinity;
  #scheduled = false;
  #due = 0;

  /** `mayAct()` says whether the person may moderate; `onact(name, row)` does something to a row. */
  constructor(comments, { mayAct, onact, onedit }) {
    this.comments = comments;
    this.mayAct = mayAct;
    this.onact = onact;
    this.onedit = onedit;
    this.#listen();
  }

  get current() {
    return this.#current && this.comments.get(this.#current);
  }

  /** Shows what has changed, at most some times a second and only in a frame that is drawn. */
  refresh() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => requestAnimationFrame(() => this.#render()), Math.max(0, this.#due - performance.now()));
  }

  show(lane) {
    this.#lane = lane;
    for (const tab of byId("lanes").children) {
      const chosen = tab.dataset.lane === lane;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    this.#feed.setAttribute("aria-labelledby", `lane-${lane}`);
    this.#start();
  }

  /** Moves the focus by so many rows; up from the first one brings in what waits. */
  move(by) {
    const at = this.#shown.indexOf(this.#current);
    if (at === 0 && by < 0) {
      const before = this.#current;
      this.#draw(true);
      this.#focus(Math.max(0, this.#shown.indexOf(before) - 1));
    } else this.#focus(at < 0 ? 0 : Math.min(this.#shown.length - 1, at + by));
  }

  /** After a row was dealt with the next one is at hand; the list itself when it was the last. */
  leave(id) {
    const at = this.#shown.indexOf(id);
    const had = this.#article(id)?.contains(document.activeElement);
    if (at >= 0 && laneOf(this.comments.get(id)) !== this.#lane) {
      this.#shown.splice(at, 1);
      this.#draw(false);
      if (had) this.#focus(Math.min(at, this.#shown.length - 1));
    } else this.#draw(false);
  }

  /** Opens the editor of a row's answer. */
  edit(row) {
    const article = this.#article(row.id);
    if (!article || article.querySelector(".editor")) return;
    const close = () => {
      editor.remove();
      article.focus();
    };
    const editor = makeEditor(row, {
      oncancel: close,
      onsend: async (text) => {
        const refused = await this.onedit(this.comments.get(row.id) ?? row, text);
        if (refused === null) close();
        return refused;
      },
    });
    article.firstElementChild.after(editor);
    editor.querySelector("textarea").focus();
    article.scrollIntoView({ block: "nearest" });
  }

  focusSearch() {
    this.#search.focus();
    this.#search.select();
  }

  #listen() {
    const feed = this.#feed;
    byId("lanes").addEventListener("click", ({ target }) => {
      const tab = target.closest("[data-lane]");
      if (tab) this.show(tab.dataset.lane);
    });
    byId("lanes").addEventListener("keydown", (event) => this.#tabs(event));
    for (const field of [this.#filter, this.#platform, this.#sort]) field.addEventListener("change", () => this.#start());
    this.#search.addEventListener("input", () => this.#start());
    this.#search.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (this.#search.value) {
        this.#search.value = "";
        this.#start();
      } else this.move(0);
    });
    this.#fresh.addEventListener("click", () => this.#start());
    feed.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    feed.addEventListener("pointermove", (event) => this.#point(event), { passive: true });
    feed.addEventListener("pointerleave", () => this.#unpoint());
    feed.addEventListener("focusin", ({ target }) => this.#setCurrent(target.closest?.(".comment")?.dataset.key));
    feed.addEventListener("focusout", () => this.refresh());
    feed.addEventListener("click", ({ target }) => {
      const article = target.closest(".comment");
      const act = target.closest("[data-act]");
      if (act) this.onact(act.dataset.act, this.comments.get(article.dataset.key));
      else if (article && !target.closest(".editor") && !getSelection().toString()) article.focus({ preventScroll: true });
    });
    feed.addEventListener("keydown", (event) => this.#arrows(event));
  }

  #tabs(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const way = document.documentElement.dir === "rtl" ? -step : step;
    const next = LANE_NAMES.at((LANE_NAMES.indexOf(this.#lane) + way) % LANE_NAMES.length);
    this.show(next);
    byId(`lane-${next}`).focus();
    event.preventDefault();
  }

  #arrows(event) {
    if (!event.target.classList.contains("comment") && event.target !== this.#feed) return;
    if (event.key === "ArrowDown" || event.key === "PageDown") this.move(1);
    else if (event.key === "ArrowUp" || event.key === "PageUp") this.move(-1);
    else if (event.key === "Home") this.#start(true);
    else if (event.key === "End") this.#focus(this.#shown.length - 1);
    else return;
    event.preventDefault();
  }

  /** Shows the lane anew from its top. */
  #start(focus = false) {
    this.#limit = PAGE;
    this.#feed.scrollTop = 0;
    this.#pointed = -Infinity;
    this.#draw(true);
    if (focus) this.#focus(0);
  }

  get #still() {
    const pointed = performance.now() - this.#pointed < POINTER_MS;
    return this.#feed.contains(document.activeElement) || this.#feed.scrollTop > 8 || pointed;
  }

  #render() {
    const began = performance.now();
    this.#scheduled = false;
    this.#draw(!this.#still);
    const counts = this.comments.counts();
    for (const name of LANE_NAMES) {
      const badge = byId(`count-${name}`);
      setText(badge, compact(counts[name]));
      badge.hidden = counts[name] === 0;
    }
    this.#showPlatforms();
    // What the browser lays out comes after this function: a task behind it sees the whole cost.
    setTimeout(() => (this.#due = began + Math.max(EACH_MS, REST * (performance.now() - began))));
    this.#due = began + EACH_MS;
  }

  #draw(anew) {
    const wanted = this.comments.lane(this.#lane, this.#question());
    if (anew) this.#shown = wanted.slice(0, this.#limit).map(({ id }) => id);
    else this.#stay(wanted);
    const rows = this.#shown.map((id) => this.comments.get(id)).filter(Boolean);
    const mayAct = this.mayAct();
    reconcile(this.#feed, rows, {
      key: ({ id }) => id,
      make: makeComment,
      fill: (article, row) => fillComment(article, row, mayAct),
      version: (row) => `${row.seq} ${row.state} ${row.pinned} ${mayAct}`,
    });
    this.#settle(wanted, rows);
  }

  /** While the list stands still: rows stay where they are, older ones may come in below. */
  #stay(wanted) {
    const there = new Set(this.#shown);
    const last = wanted.findLastIndex(({ id }) => there.has(id));
    const below = wanted.slice(last + 1, last + 1 + Math.max(0, this.#limit - this.#shown.length));
    this.#shown.push(...below.map(({ id }) => id).filter((id) => !there.has(id)));
  }

  #settle(wanted, rows) {
    const shown = new Set(this.#shown);
    const last = wanted.findLastIndex(({ id }) => shown.has(id));
    const waiting = wanted.slice(0, Math.max(0, last)).filter(({ id }) => !shown.has(id)).length;
    this.#fresh.hidden = waiting === 0;
    if (waiting) setText(this.#fresh, count("comments.fresh", waiting));
    byId("empty").hidden = rows.length > 0;
    if (rows.length === 0) setText(byId("empty"), t(this.#asked ? "comments.none" : `comments.empty.${this.#lane}`));
    if (!shown.has(this.#current)) this.#current = null;
    const stop = this.#current ?? this.#shown[0];
    for (const article of this.#feed.children) {
      article.tabIndex = article.dataset.key === stop ? 0 : -1;
      article.classList.toggle("gone", laneOf(this.comments.get(article.dataset.key)) !== this.#lane);
    }
    this.#placeTools(this.#tools[0], this.#current);
  }

  get #asked() {
    return this.#search.value.trim() !== "" || this.#filter.value !== "all" || this.#platform.value !== "";
  }

  #question() {
    const words = this.#search.value.trim().toLocaleLowerCase();
    const platform = this.#platform.value;
    const passes = FILTERS[this.#filter.value] ?? FILTERS.all;
    const matches = (row) =>
      passes(row) &&
      (!platform || row.platform === platform) &&
      (!words || `${row.name}\n${row.text}\n${row.planned?.caption ?? ""}`.toLocaleLowerCase().includes(words));
    return { matches, byWorth: this.#sort.value === "worth" };
  }

  #showPlatforms() {
    const names = this.comments.platforms();
    if (this.#platform.dataset.names === names.join()) return;
    this.#platform.dataset.names = names.join();
    const chosen = this.#platform.value;
    const options = names.map((name) => el("option", { value: name, translate: "no" }, name));
    this.#platform.replaceChildren(el("option", { value: "" }, t("platform.all")), ...options);
    this.#platform.value = names.includes(chosen) ? chosen : "";
    this.#platform.hidden = names.length < 2;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#feed;
    if (scrollTop + clientHeight < scrollHeight - 600) {
      if (scrollTop <= 8) this.refresh();
      return;
    }
    if (this.#limit >= MOST) return;
    this.#limit = Math.min(MOST, this.#limit + PAGE);
    this.refresh();
  }

  #point({ pointerType, target }) {
    if (pointerType !== "mouse") return;
    this.#pointed = performance.now();
    this.#placeTools(this.#tools[1], target.closest(".comment")?.dataset.key);
  }

  #unpoint() {
    this.#pointed = -Infinity;
    this.#tools[1].remove();
    this.refresh();
  }

  #placeTools(tools, id) {
    const row = id && this.comments.get(id);
    const article = row && this.mayAct() ? this.#article(id) : null;
    if (!article) return tools.remove();
    fillTools(tools, row);
    const other = [...article.querySelectorAll(":scope > .tools")].some((there) => there !== tools);
    if (!other && tools.parentElement !== article) article.append(tools);
    else if (other) tools.remove();
    return undefined;
  }

  #setCurrent(id) {
    if (!id || id === this.#current) return;
    const before = this.#article(this.#current);
    if (before) before.tabIndex = -1;
    this.#current = id;
    this.#article(id).tabIndex = 0;
    // A press on a pointed-at tool brings the focus here: that tool must stay where it is pressed.
    if (this.#tools[1].parentElement === this.#article(id)) this.#tools.reverse()[1].remove();
    this.#placeTools(this.#tools[0], id);
  }

  #focus(index) {
    const article = this.#article(this.#shown[index]);
    if (article) article.focus();
    else this.#feed.focus();
    article?.scrollIntoView({ block: "nearest" });
  }

  #article(id) {
    return id ? [...this.#feed.children].find((article) => article.dataset.key === id) : undefined;
  }
}
