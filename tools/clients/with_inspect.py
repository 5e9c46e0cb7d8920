"""Inspect AI: a task of one sample, its model the gateway."""

import os
import tempfile

from checks import KEY, MODEL, URL, best_of, check, require

os.environ |= {"TOPDRAW_API_KEY": KEY, "TOPDRAW_BASE_URL": URL, "INSPECT_LOG_DIR": tempfile.mkdtemp(), "INSPECT_DISPLAY": "none"}
from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.scorer import includes


@check("inspect-ai", "a task is evaluated, with log-probabilities, and what is known of the answer is in its log")
def _():
    task = Task(dataset=[Sample("Name one colour.", target="e")], scorer=includes())
    config = {"max_tokens": 12, "logprobs": True, "extra_body": {"topdraw": {"n": 4}}, "max_retries": 0}
    log = eval(task, model="openai-api/topdraw/" + MODEL, **config)[0]
    require(log.status == "success", log.error)
    sample = log.samples[0]
    require(sample.output.usage.output_tokens > 0 and sample.output.choices[0].logprobs.content, sample.output)
    calls = [event.call.response for event in sample.events if event.event == "model"]
    best_of(4, calls[0]["topdraw"])
