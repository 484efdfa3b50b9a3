// Runs in a page before its own scripts: notes when pictures are shown and when sound is heard.
// Flash and beep are those of livestream.testing.flash: white picture and 1 kHz tone at one instant.
(() => {
  const probe = (window.livestreamProbe = {
    frames: [],
    flashes: [],
    beeps: [],
    stats: [],
    offeredAt: null,
    firstPictureAt: null,
  });

  const fetchOriginal = window.fetch;
  window.fetch = (resource, options) => {
    if (options?.method === "POST") probe.offeredAt = performance.now();
    return fetchOriginal(resource, options);
  };

  const peers = [];
  const PeerOriginal = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends PeerOriginal {
    constructor(...settings) {
      super(...settings);
      peers.push(this);
      probe.firstPictureAt = null;
    }
  };

  const WORKLET = `
    class Beeps extends AudioWorkletProcessor {
      constructor() { super(); this.quiet = 0; }
      process([input]) {
        const samples = input[0];
        if (!samples) return true;
        const onset = samples.findIndex((value) => Math.abs(value) > 0.06);
        if (onset >= 0) {
          if (this.quiet > sampleRate / 4) this.port.postMessage((currentFrame + onset) / sampleRate);
          this.quiet = 0;
        } else this.quiet += samples.length;
        return true;
      }
    }
    registerProcessor("beeps", Beeps);`;

  async function listen(stream) {
    const context = new AudioContext({ latencyHint: "interactive" });
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([WORKLET], { type: "text/javascript" })));
    const worklet = new AudioWorkletNode(context, "beeps", { numberOfInputs: 1, numberOfOutputs: 0 });
    worklet.port.onmessage = ({ data }) => {
      const { contextTime, performanceTime } = context.getOutputTimestamp();
      probe.beeps.push(performanceTime + (data - contextTime) * 1000);
    };
    context.createMediaStreamSource(stream).connect(worklet);
    await context.resume();
  }

  async function collect() {
    const peer = peers.at(-1);
    if (!peer || peer.connectionState !== "connected") return;
    const entry = { at: performance.now() };
    for (const report of (await peer.getStats()).values()) {
      if (report.type !== "inbound-rtp") continue;
      entry[report.kind] = {
        playout: report.estimatedPlayoutTimestamp,
        packetsLost: report.packetsLost,
        pliCount: report.pliCount,
        nackCount: report.nackCount,
        framesDecoded: report.framesDecoded,
        framesDropped: report.framesDropped,
        freezeCount: report.freezeCount,
        keyFramesDecoded: report.keyFramesDecoded,
        jitterBuffer: report.jitterBufferDelay / report.jitterBufferEmittedCount,
      };
    }
    if (entry.audio && entry.video) probe.stats.push(entry);
  }

  function watch(video) {
    const canvas = new OffscreenCanvas(8, 8);
    const pixels = canvas.getContext("2d", { willReadFrequently: true });
    let listened = null;
    let white = false;
    const onframe = (now, metadata) => {
      video.requestVideoFrameCallback(onframe);
      const shown = Math.max(now, metadata.expectedDisplayTime);
      probe.firstPictureAt ??= now;
      probe.frames.push(shown);
      pixels.drawImage(video, 0, 0, 8, 8);
      const bright = pixels.getImageData(0, 0, 8, 8).data.filter((_, i) => i % 4 === 1).every((green) => green > 190);
      if (bright && !white) probe.flashes.push(shown);
      white = bright;
      if (video.srcObject !== listened) {
        listened = video.srcObject;
        listen(listened);
      }
    };
    video.requestVideoFrameCallback(onframe);
    setInterval(collect, 1000);
  }

  document.addEventListener("DOMContentLoaded", () => watch(document.querySelector("video")));
})();
