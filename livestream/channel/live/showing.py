"""Planned answers as the console shows them: worded anew where a fact has changed, for a person may read them out."""

from __future__ import annotations

import logging

from livestream.channel.live.book import CommentBook
from livestream.channel.live.case import answer_body, case_of
from livestream.channel.live.planner import Planner
from livestream.channel.live.truth import Truth
from livestream.errors import StoreError

MOST = 100
"""Answers that are worded anew at one time, the newest; an older one is when somebody approves it."""
CHANGED = "a fact has changed: look again"
log = logging.getLogger(__name__)


async def show_again(book: CommentBook, planner: Planner, truth: Truth) -> None:
    """Show the answers that wait for somebody as they would be said now, or why they may not be.

    What they rest on stays as it was: who approves one is asked to look again.
    """
    for comment in book.waiting(MOST):
        case = case_of(comment)
        if case is None or comment.answer is None or not truth.outdated(case.plan.rests):
            continue
        body = answer_body(case, await planner.judged(case.plan))
        if body["shown"] == comment.answer["shown"] or await book.get(comment.key) is not comment:
            continue  # somebody was first
        try:
            await book.change(comment.key, answer=body, reason=body["shown"]["refused"] or CHANGED)
        except StoreError as error:
            log.warning("an answer cannot be shown anew: %s", error)
