import { Backoff } from "./backoff.js";

const SILENCE = 6000;

/**
 * The WebSocket to the channel, opened again whenever it is lost, from where it was: `follow` names the
 * change up to which all was told, so that nothing is missed; a row that comes again is known by its number.
 *
 * `fresh` says that this could not be done and all is told anew: what is there from before goes.
 *
 * `on` maps a message's type to a function; besides there are `connected`, `lost`, and `expired` when
 * the person is no longer signed in.
 */
export class Link {
  #backoff = new Backoff();
  #open = new Map();
  #watchdog;
  #socket = null;
  #seq = 0;
  #request = 0;

  constructor(on) {
    this.on = on;
  }

  get connected() {
    return this.#socket !== null;
  }

  start() {
    const url = new URL("/ws", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    socket.onopen = () => socket.send(JSON.stringify({ type: "follow", since: this.#seq }));
    socket.onmessage = ({ data }) => {
      this.#watch(socket);
      if (this.#socket !== socket) {
        this.#socket = socket;
        this.#backoff.reset();
        this.on.connected();
      }
      this.#take(JSON.parse(data));
    };
    socket.onclose = () => this.#closed(socket);
    this.#watch(socket);
  }

  /** Asks the channel to do something; returns the outcome, or null where the answer was lost. */
  act(act) {
    if (!this.#socket) return Promise.resolve(null);
    const request = ++this.#request;
    this.#socket.send(JSON.stringify({ type: "act", request, act }));
    return new Promise((resolve) => this.#open.set(request, resolve));
  }

  #take(message) {
    if (message.type === "done") {
      this.#open.get(message.request)?.(message);
      this.#open.delete(message.request);
      return;
    }
    if (message.type === "fresh") this.#seq = 0;
    if (message.type === "rows") this.#seq = Math.max(this.#seq, message.seq);
    this.on[message.type]?.(message);
  }

  async #closed(socket) {
    clearTimeout(this.#watchdog);
    if (this.#socket === socket) this.#socket = null;
    const unanswered = [...this.#open.values()];
    this.#open.clear();
    for (const resolve of unanswered) resolve(null);
    this.on.lost();
    if (await expired()) this.on.expired();
    else setTimeout(() => this.start(), this.#backoff.next());
  }

  /** The channel speaks twice a second: silence is a lost link long before the browser says so. */
  #watch(socket) {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => socket.close(), SILENCE);
  }
}

/** Whether the console no longer lets this browser in: then it answers otherwise than with the page. */
async function expired() {
  try {
    const answer = await fetch("/", { method: "HEAD", redirect: "manual", cache: "no-store" });
    return answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
  } catch {
    return false;
  }
}
