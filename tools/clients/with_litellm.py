"""LiteLLM, as a library."""

import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it asks the network for prices
import litellm
from checks import KEY, MODEL, QUESTION, URL, best_of, check, require

litellm.suppress_debug_info = True
PLACE = {"model": "openai/" + MODEL, "api_base": URL, "api_key": KEY, "max_tokens": 12}


@check("litellm", "an answer, and what is known of it")
def _():
    answer = litellm.completion(**PLACE, messages=QUESTION, extra_body={"topdraw": {"n": 4}})
    require(answer.choices[0].message.role == "assistant", answer)
    best_of(4, answer.topdraw)


@check("litellm", "a stream")
def _():
    chunks = list(litellm.completion(**PLACE, messages=QUESTION, seed=7, stream=True, stream_options={"include_usage": True}))
    whole = litellm.completion(**PLACE, messages=QUESTION, seed=7)
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    require(text == whole.choices[0].message.content, text, whole)
    require(litellm.stream_chunk_builder(chunks).usage.total_tokens == whole.usage.total_tokens, chunks[-1])


@check("litellm", "a text goes on")
def _():
    answer = litellm.text_completion(**PLACE | {"model": "text-completion-openai/" + MODEL}, prompt="Once")
    require(isinstance(answer.choices[0].text, str), answer)


@check("litellm", "log-probabilities")
def _():
    answer = litellm.completion(**PLACE, messages=QUESTION, logprobs=True)
    require(all(t.logprob <= 0 for t in answer.choices[0].logprobs.content), answer)


@check("litellm", "what goes wrong has its class")
def _():
    for kind, more in {
        litellm.NotFoundError: {"model": "openai/nobody"},
        litellm.BadRequestError: {"extra_body": {"topdraw": {"n": 0}}},
    }.items():
        try:
            litellm.completion(**PLACE | {"messages": QUESTION, "num_retries": 0} | more)
        except kind as e:
            require(str(e), e)
        else:
            raise AssertionError(kind)
