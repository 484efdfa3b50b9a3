"""Makes a tiny random VITS in a folder and has the engine speak with it: python coqui_tiny.py FOLDER.

It runs in the Python that Coqui TTS is installed in, and prints what came as JSON.
"""

import hashlib
import json
import sys
from pathlib import Path

import torch
from TTS.tts.configs.vits_config import VitsConfig
from TTS.tts.models.vits import Vits, VitsArgs

from livestream.speech.coqui import CoquiEngine
from livestream.speech.voice import Voice


def make(folder):
    torch.manual_seed(1)
    arguments = VitsArgs(
        init_discriminator=False,
        hidden_channels=32,
        hidden_channels_ffn_text_encoder=64,
        num_heads_text_encoder=2,
        num_layers_text_encoder=1,
        num_layers_flow=1,
        num_layers_posterior_encoder=1,
        upsample_initial_channel_decoder=32,
    )
    config = VitsConfig(model_args=arguments, use_phonemes=False)
    config.save_json(str(folder / "config.json"))
    torch.save({"model": Vits.init_from_config(config).state_dict()}, folder / "model.pth")


def main():
    folder = Path(sys.argv[1])
    make(folder)
    engine = CoquiEngine(Voice("en-US", ("coqui",), options={"coqui": {"model": str(folder)}}))
    spoken = [engine.synthesise("The lid is tight.", locale="en-US", seed=seed) for seed in (1, 1, 2)]
    told = [(raw.rate, len(raw.pcm), hashlib.sha256(raw.pcm.tobytes()).hexdigest()) for raw in spoken]
    sys.stdout.write(json.dumps({"spoken": told, "version": engine.version}) + "\n")


if __name__ == "__main__":
    main()
