import { byId, el, user } from "./dom.js";
import { t } from "./texts.js";

const SHOWN_MS = 10_000;
const MOST = 4;
const SPOKEN_MS = 2000;

/** Says something in a corner for ten seconds, longer while it is pointed at; `undo` adds a button. */
export function toast(message, { kind = "done", detail = "", undo = null } = {}) {
  const corner = byId("toasts");
  const made = el("li", { class: "toast", data: { kind } }, el("p", {}, message, detail && " ", detail && user(detail)));
  if (undo) {
    const button = el("button", { type: "button", class: "button" }, t("toast.undo"));
    button.addEventListener("click", () => {
      made.remove();
      undo();
    });
    made.append(button);
  }
  let left = SHOWN_MS;
  let since = performance.now();
  let timer = setTimeout(() => made.remove(), left);
  const hold = () => {
    clearTimeout(timer);
    left -= performance.now() - since;
  };
  const go = () => {
    since = performance.now();
    timer = setTimeout(() => made.remove(), Math.max(2000, left));
  };
  for (const [stop, start] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]]) {
    made.addEventListener(stop, hold);
    made.addEventListener(start, go);
  }
  corner.append(made);
  while (corner.children.length > MOST) corner.firstElementChild.remove();
  // Shown anew, it lies above a dialog that was opened since.
  corner.parentElement.hidePopover?.();
  corner.parentElement.showPopover?.();
  announce(`${message} ${detail}`);
  return () => made.remove();
}

let spoken = 0;
let waiting = [];
let timer = null;

/** Tells screen readers, at most once in two seconds; what came in between is told together. */
export function announce(message) {
  waiting = [...waiting.slice(-2), message];
  timer ??= setTimeout(speak, Math.max(0, spoken + SPOKEN_MS - performance.now()));
}

function speak() {
  byId("announcer").textContent = waiting.join(". ");
  spoken = performance.now();
  waiting = [];
  timer = null;
}
