/** The comments this page knows: bounded, in lanes, with what this person did shown before the channel confirms it. */

const KEPT = 2000;
const SLACK = 500;
const LANES = { held: "held", answered: "answered", hidden: "hidden" };
const OPEN = new Set(["held", "planned", "queued", "on_air"]);

export const LANE_NAMES = ["new", "held", "answered", "hidden"];
export const laneOf = (row) => LANES[row.state] ?? "new";

const newestFirst = (a, b) => b.pinned - a.pinned || b.at - a.at || b.first - a.first;
const mostWantedFirst = (a, b) => b.pinned - a.pinned || b.worth * b.asked - a.worth * a.asked || newestFirst(a, b);

export class Comments {
  #rows = new Map();
  #shown = new Map();
  #arrivals = 0;

  /** Takes rows in their newest form; returns how many are new to this page. */
  take(rows) {
    let fresh = 0;
    for (const row of rows) {
      const known = this.#rows.get(row.id);
      if (known && known.seq >= row.seq) continue;
      if (!known) fresh += 1;
      this.#rows.set(row.id, { ...row, first: known?.first ?? ++this.#arrivals });
      this.#shown.delete(row.id);
    }
    if (this.#rows.size > KEPT + SLACK) this.#forget();
    return fresh;
  }

  /** Forgets all: the channel tells everything anew. */
  clear() {
    this.#rows.clear();
    this.#shown.clear();
  }

  /** The row as the person sees it: with what they just did. */
  get(id) {
    const row = this.#rows.get(id);
    const change = this.#shown.get(id);
    return row && change ? { ...row, ...change } : row;
  }

  /** Shows a change before it is confirmed; returns a function that takes it back. */
  foresee(id, change) {
    this.#shown.set(id, change);
    return () => {
      if (this.#shown.get(id) === change) this.#shown.delete(id);
    };
  }

  /** How many rows each lane holds. */
  counts() {
    const counts = Object.fromEntries(LANE_NAMES.map((name) => [name, 0]));
    for (const id of this.#rows.keys()) counts[laneOf(this.get(id))] += 1;
    return counts;
  }

  /** The rows of a lane that pass the filter, in the order shown. */
  lane(name, { matches = () => true, byWorth = false } = {}) {
    const rows = [];
    for (const id of this.#rows.keys()) {
      const row = this.get(id);
      if (laneOf(row) === name && matches(row)) rows.push(row);
    }
    return rows.sort(byWorth ? mostWantedFirst : newestFirst);
  }

  /** The platforms that comments came from. */
  platforms() {
    return [...new Set([...this.#rows.values()].map((row) => row.platform))].sort();
  }

  /** Forgets the oldest; what waits for a decision goes last. */
  #forget() {
    const kept = (row) => row.pinned || OPEN.has(row.state);
    const byAge = [...this.#rows.values()].sort((a, b) => kept(a) - kept(b) || a.at - b.at);
    for (const row of byAge.slice(0, byAge.length - KEPT)) {
      this.#rows.delete(row.id);
      this.#shown.delete(row.id);
    }
  }
}
