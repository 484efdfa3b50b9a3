import { byId, setText } from "./dom.js";
import { t } from "./texts.js";
import { WhepPlayer } from "./whep.js";

/** The programme picture with its sound and full-screen buttons. */
export function startPicture() {
  const video = byId("picture");
  const stage = byId("stage");
  const player = new WhepPlayer(video, "/whep", (state, detail) => {
    if (stage.dataset.picture === "lost" && state === "connecting") return;
    stage.dataset.picture = state;
    setText(byId("picture-status"), detail || t(`picture.${state}`));
  });
  byId("sound").addEventListener("click", () => {
    video.muted = !video.muted;
    video.play().catch(() => {});
  });
  video.addEventListener("volumechange", () => {
    byId("sound").setAttribute("aria-pressed", String(!video.muted));
    setText(byId("sound-label"), t(video.muted ? "picture.unmute" : "picture.mute"));
  });
  byId("fullscreen").addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else stage.requestFullscreen?.();
  });
  addEventListener("pagehide", () => player.stop());
  addEventListener("pageshow", (event) => {
    if (event.persisted) player.start();
  });
  player.start();
}
