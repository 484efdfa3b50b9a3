import { Backoff } from "./backoff.js";

const SILENCE = 6000;

/** The channel's state over a WebSocket that is opened again whenever it is lost. */
export class LiveState {
  #backoff = new Backoff();
  #watchdog;

  /** `onsnapshot(snapshot)` for every message, `onconnected(boolean)` when the link comes or goes. */
  constructor({ onsnapshot, onconnected }) {
    this.onsnapshot = onsnapshot;
    this.onconnected = onconnected;
  }

  start() {
    const url = new URL("/ws", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    socket.onmessage = (event) => {
      this.#backoff.reset();
      this.#watch(socket);
      this.onconnected(true);
      this.onsnapshot(JSON.parse(event.data));
    };
    socket.onclose = () => {
      clearTimeout(this.#watchdog);
      this.onconnected(false);
      setTimeout(() => this.start(), this.#backoff.next());
    };
    this.#watch(socket);
  }

  #watch(socket) {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => socket.close(), SILENCE);
  }
}
