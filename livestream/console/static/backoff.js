/** Waits between attempts: doubling from `first` to `last` milliseconds, with jitter, restarted by success. */
export class Backoff {
  #attempt = 0;

  constructor(first = 250, last = 5000) {
    this.first = first;
    this.last = last;
  }

  reset() {
    this.#attempt = 0;
  }

  /** The next wait in milliseconds. */
  next() {
    const longest = Math.min(this.last, this.first * 2 ** this.#attempt++);
    return longest * (0.75 + Math.random() / 2);
  }
}
