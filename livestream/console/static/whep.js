import { Backoff } from "./backoff.js";

const STALL = 3000;
const LOOK = 500;
/** Depths in milliseconds. By itself the browser holds sound about 40 ms longer, and takes 15 s to bring lips in step. */
const BUFFERS = { video: 100, audio: 60 };

/**
 * Plays a WHEP endpoint in a video element and starts again by itself when the picture is lost.
 * `onstate(state, detail)`: "connecting", "playing" or "lost".
 */
export class WhepPlayer {
  #backoff = new Backoff();
  #peer = null;
  #session = null;
  #timers = [];

  constructor(video, endpoint, onstate) {
    this.video = video;
    this.endpoint = endpoint;
    this.onstate = onstate;
  }

  async start() {
    this.onstate("connecting", "");
    const peer = (this.#peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" }));
    for (const kind of ["video", "audio"]) {
      const { receiver } = peer.addTransceiver(kind, { direction: "recvonly" });
      if ("jitterBufferTarget" in receiver) receiver.jitterBufferTarget = BUFFERS[kind];
    }
    peer.ontrack = ({ streams: [stream] }) => {
      if (this.video.srcObject !== stream) this.video.srcObject = stream;
    };
    peer.onconnectionstatechange = () => {
      if (peer.connectionState === "failed") this.#lose(peer, "");
    };
    try {
      await this.#negotiate(peer);
      this.#watch(peer);
    } catch (error) {
      this.#lose(peer, error.message);
    }
  }

  /** Leaves, and tells the server so even while the page is being closed. */
  stop() {
    if (this.#session) fetch(this.#session, { method: "DELETE", keepalive: true }).catch(() => {});
    this.#clear();
  }

  async #negotiate(peer) {
    await peer.setLocalDescription(stereo(await peer.createOffer()));
    // The server needs none of our candidates: it learns our address from the first check.
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/sdp" },
      body: peer.localDescription.sdp,
    });
    const text = await response.text();
    if (response.status !== 201) throw new Error(text);
    if (peer !== this.#peer) return;
    this.#session = response.headers.get("Location");
    await peer.setRemoteDescription({ type: "answer", sdp: text });
    for (const { transport } of peer.getReceivers()) {
      transport?.addEventListener("statechange", () => this.#ended(peer));
    }
    await this.video.play().catch(() => {});
  }

  /** Looks at what arrives: packets that stop mean a lost picture long before the browser says so. */
  #watch(peer) {
    let packets = 0;
    let changed = performance.now();
    const look = async () => {
      const report = [...(await peer.getStats()).values()].find((s) => s.type === "inbound-rtp" && s.kind === "video");
      if (peer !== this.#peer) return;
      if ((report?.packetsReceived ?? 0) !== packets) {
        packets = report.packetsReceived;
        changed = performance.now();
      }
      if (report?.framesDecoded) {
        this.#backoff.reset();
        this.onstate("playing", "");
      }
      if (performance.now() - changed > STALL) this.#lose(peer, "");
    };
    this.#timers.push(setInterval(look, LOOK));
  }

  #ended(peer) {
    const closed = peer.getReceivers().some(({ transport }) => ["closed", "failed"].includes(transport?.state));
    if (closed) this.#lose(peer, "");
  }

  #lose(peer, detail) {
    if (peer !== this.#peer) return;
    this.stop();
    this.onstate("lost", detail);
    this.#timers.push(setTimeout(() => this.start(), this.#backoff.next()));
  }

  #clear() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#session = null;
    this.#peer?.close();
    this.#peer = null;
  }
}

/** Asks for both channels of the Opus stream: browsers receive one unless told. */
function stereo({ type, sdp }) {
  return { type, sdp: sdp.replace(/useinbandfec=1/g, "useinbandfec=1;stereo=1;sprop-stereo=1") };
}
