const STATES = { idle: "Off air", starting: "Starting", on_air: "On air", stopping: "Ending" };
const DESTINATIONS = {
  connecting: "Connecting",
  publishing: "Publishing",
  reconnecting: "Reconnecting",
  refused: "Refused",
  closed: "Closed",
};
const LOW_QUEUE = 5;

const byId = (id) => document.getElementById(id);

function text(id, value) {
  const element = byId(id);
  if (element.textContent !== value) element.textContent = value;
}

function element(name, className, content = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = content;
  return made;
}

/** 3725.9 → "1:02:05" */
function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** "call_to_action" → "Call to action" */
const words = (name) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");

function showNow(now, next) {
  text("now-part", now ? words(now.part) : "");
  text("now-caption", now?.caption ?? "");
  byId("now-offer").hidden = !now?.product;
  text("now-product", now?.product ?? "");
  text("now-price", now?.price ?? "");
  text("now-was", now?.was ?? "");
  byId("next").hidden = !next;
  text("next-part", next ? words(next.part) : "");
  text("next-product", next?.product ?? "");
  text("next-price", next?.price ?? "");
}

function showTime({ elapsed, target }) {
  text("elapsed", clock(elapsed));
  text("target", target ? `of ${clock(target)}` : "");
  const progress = byId("progress");
  progress.hidden = !target;
  if (target) progress.value = Math.min(1, elapsed / target);
}

function showHealth({ dead_air, late_frames, queue }, onAir) {
  const figure = (id, value, good) => {
    text(id, value);
    byId(id).dataset.good = String(good);
  };
  figure("dead-air", `${dead_air.toFixed(1)} s`, dead_air === 0);
  figure("late-frames", String(late_frames), late_frames === 0);
  figure("queue", `${Math.round(queue)} s`, !onAir || queue >= LOW_QUEUE);
}

/** Brings a list in line with `items`, touching only rows whose `key` is new or whose content changed. */
function showList(list, items, key, fill) {
  const rows = new Map([...list.children].map((row) => [row.dataset.key, row]));
  items.forEach((item, index) => {
    const id = String(key(item));
    const row = rows.get(id) ?? element("li", "");
    rows.delete(id);
    row.dataset.key = id;
    const content = JSON.stringify(item);
    if (row.dataset.content !== content) {
      row.dataset.content = content;
      row.replaceChildren(...fill(item, row));
    }
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
  for (const row of rows.values()) row.remove();
}

function destinationRow({ name, kind, state, detail }, row) {
  row.dataset.state = state;
  const label = element("bdi", "destination-name", name);
  label.title = kind;
  return [label, element("span", "destination-state", DESTINATIONS[state] ?? state), element("span", "destination-detail", detail)];
}

function airedRow({ at, caption, complete }, row) {
  row.dataset.complete = String(complete);
  const line = element("bdi", "line-caption", caption);
  return [element("time", "line-time", clock(at)), line, ...(complete ? [] : [element("span", "line-cut", "cut")])];
}

/** Shows one snapshot of the channel. */
export function show(snapshot) {
  const pill = byId("state");
  pill.dataset.state = snapshot.state;
  text("state", STATES[snapshot.state] ?? snapshot.state);
  text("title", snapshot.title || "Live");
  showTime(snapshot);
  showNow(snapshot.now, snapshot.next);
  showHealth(snapshot.health, snapshot.state === "on_air");
  showList(byId("destinations"), snapshot.destinations.map(({ seconds, ...rest }) => rest), (d) => d.name, destinationRow);
  showList(byId("aired"), [...snapshot.aired].reverse(), (line) => line.seq, airedRow);
}

/** Shows whether the channel answers. */
export function showLink(connected) {
  byId("lost").hidden = connected;
  document.body.dataset.link = connected ? "up" : "down";
}
