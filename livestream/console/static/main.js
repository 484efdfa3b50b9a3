import { LiveState } from "./live.js";
import { show, showLink } from "./view.js";
import { WhepPlayer } from "./whep.js";

const video = document.getElementById("picture");
const stage = document.getElementById("stage");
const status = document.getElementById("picture-status");
const sound = document.getElementById("sound");

// The key has become a cookie; it need not stand in the address bar or the history.
history.replaceState(null, "", location.pathname);

const SAYS = { connecting: "Connecting to the live picture…", playing: "", lost: "Picture lost. Connecting again…" };

const player = new WhepPlayer(video, "/whep", (state, detail) => {
  if (stage.dataset.picture === "lost" && state === "connecting") return;
  stage.dataset.picture = state;
  const text = detail || SAYS[state];
  if (status.textContent !== text) status.textContent = text;
});

function showSound() {
  sound.setAttribute("aria-pressed", String(!video.muted));
  document.getElementById("sound-label").textContent = video.muted ? "Unmute" : "Mute";
}

sound.addEventListener("click", () => {
  video.muted = !video.muted;
  video.play().catch(() => {});
});
video.addEventListener("volumechange", showSound);
document.getElementById("fullscreen").addEventListener("click", () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else stage.requestFullscreen?.();
});

addEventListener("pagehide", () => player.stop());
addEventListener("pageshow", (event) => {
  if (event.persisted) player.start();
});

new LiveState({ onsnapshot: show, onconnected: showLink }).start();
player.start();
