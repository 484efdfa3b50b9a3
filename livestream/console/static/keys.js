import { choices } from "./settings.js";

/** Shortcuts of one key, as the help lists them; those with Shift work always, the others can be switched off. */
export function startKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.shiftKey) {
      event.preventDefault();
      actions.panic();
      return;
    }
    if (!choices.keys || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") && event.key !== "?") return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || event.repeat && !"jk".includes(event.key.toLowerCase())) return;
    event.preventDefault();
    action();
  });
}
