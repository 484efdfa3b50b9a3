import { byId, el, reconcile, setText, spoken, user } from "./dom.js";
import { clock, compact, decimal, named, number, t } from "./texts.js";

const LOW_QUEUE = 5;
const LATE_MS = 40;
const RATE_SECONDS = 5;

/** The strip on top: whether all is well, in figures that say by colour and mark when it is not. */
export class Health {
  #rates = [];

  show(snapshot) {
    const { health, state } = snapshot;
    const shown = snapshot.panic ? "panic" : state;
    byId("state").dataset.state = shown;
    setText(byId("state"), t(`channel.${shown}`));
    setText(byId("title"), snapshot.title || t("channel.untitled"));
    setText(byId("elapsed"), clock(snapshot.elapsed));
    setText(byId("target"), snapshot.target ? t("channel.of", { time: clock(snapshot.target) }) : "");
    byId("progress").hidden = !snapshot.target;
    if (snapshot.target) byId("progress").value = Math.min(1, snapshot.elapsed / snapshot.target);
    this.#figures(health, state === "on_air", this.#rate(health.comments));
    this.#places("destinations", snapshot.destinations, (item) => named("destination", item.state), () => "");
    this.#places("sources", snapshot.sources, (item) => named("source", item.state), (item) => compact(item.received));
  }

  #figures(health, onAir, rate) {
    const figure = (id, value, good = true) => {
      setText(byId(id), value);
      byId(id).dataset.good = String(good);
    };
    figure("dead-air", t("unit.s", { n: decimal(health.dead_air) }), health.dead_air === 0);
    figure("lateness", t("unit.ms", { n: decimal(health.lateness) }), health.lateness <= LATE_MS);
    figure("late-frames", number(health.late_frames), health.late_frames === 0);
    figure("queue", t("unit.s", { n: number(Math.round(health.queue)) }), !onAir || health.queue >= LOW_QUEUE);
    figure("waiting", number(health.waiting));
    figure("rate", t("unit.per_second", { n: rate < 10 ? decimal(rate) : compact(rate) }));
    figure("shed", compact(health.shed + health.dropped), health.dropped === 0);
  }

  /** Comments a second over the last seconds. */
  #rate(comments) {
    const now = performance.now() / 1000;
    this.#rates.push({ now, comments });
    while (this.#rates.length > 2 && now - this.#rates[0].now > RATE_SECONDS) this.#rates.shift();
    const { now: then, comments: before } = this.#rates[0];
    return now > then ? Math.max(0, comments - before) / (now - then) : 0;
  }

  /** Where things go and come from: what is well is a name and a dot, the rest says its state. */
  #places(id, items, says, adds) {
    reconcile(byId(id), items, {
      key: ({ name }) => name,
      version: ({ seconds, ...rest }) => JSON.stringify(rest),
      make: () => el("li", { class: "place" }),
      fill: (place, item) => {
        place.dataset.state = item.state;
        place.title = [says(item), item.detail].filter(Boolean).join(" · ");
        place.replaceChildren(
          user(item.name, "bdi", { class: "place-name" }),
          el("span", { class: "place-state place-said" }, says(item)),
          adds(item) ? el("span", { class: "place-state" }, adds(item)) : "",
          item.detail ? user(item.detail, "span", { class: "visually-hidden" }) : "",
        );
      },
    });
    byId(id).hidden = items.length === 0;
  }
}

/** Now and next, and what was said last. */
export function showProgramme({ now, next, aired }) {
  setText(byId("now-part"), now ? named("part", now.part) : t("now.nothing"));
  setText(byId("now-caption"), now?.caption ?? "");
  byId("now-offer").hidden = !now?.product;
  setText(byId("now-product"), now?.product ?? "");
  setText(byId("now-price"), now?.price ?? "");
  setText(byId("now-was"), now?.was ?? "");
  byId("next").hidden = !next;
  setText(byId("next-part"), next ? named("part", next.part) : "");
  setText(byId("next-product"), next?.product ?? "");
  setText(byId("next-price"), next?.price ?? "");
  showAired(byId("aired"), aired.slice(-4).reverse());
}

/** Lines as they were heard. */
export function showAired(list, lines) {
  reconcile(list, lines, {
    key: ({ seq, at }) => `${seq} ${at}`,
    make: () => el("li", {}),
    fill: (row, { at, caption, complete, answer }) => {
      row.dataset.complete = String(complete);
      row.replaceChildren(
        el("time", { class: "line-time" }, clock(at)),
        spoken(caption, "span", { class: "line-caption" }),
        answer ? el("span", { class: "tag" }, t("aired.answer")) : "",
        complete ? "" : el("span", { class: "tag line-cut" }, t("aired.cut")),
      );
    },
  });
}
