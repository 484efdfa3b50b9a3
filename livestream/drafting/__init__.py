"""Drafting by a model, offline: it words what the shop's facts say, people approve it, the rundown varies with it.

`asking` what is wanted → `model` asks → `answer` reads → `judge` drops what is not carried → `document` the drafts file
→ `approval` by name and hash → further wordings of the playbook. `journal` keeps every answer, so that work goes on
where it stopped; `work` does it all for a product list.
"""
