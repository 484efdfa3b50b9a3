"""The one door to voice and screen: only what facts support gets through."""
