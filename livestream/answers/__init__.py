"""From a viewer's comment to an answer plan: an approved template, and the facts that fill it."""
