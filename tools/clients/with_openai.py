"""openai-python, which is told to refuse an answer that is not what its types say."""

import openai
from checks import BLOCKWISE, BUDGETED, KEY, MODEL, QUESTION, URL, best_of, check, require

client = openai.OpenAI(base_url=URL, api_key=KEY, max_retries=2, timeout=120, _strict_response_validation=True)

NAMES = [model.id for model in client.models.list()]


def ask(**more):
    return client.chat.completions.create(**{"model": MODEL, "messages": QUESTION, "max_tokens": 12} | more)


@check("openai", "the models are listed")
def _():
    require(MODEL in NAMES, NAMES)
    require(client.models.retrieve(MODEL).id == MODEL)


@check("openai", "an answer, and what is known of it")
def _():
    answer = ask(extra_body={"topdraw": {"n": 4}})
    require(answer.choices[0].message.role == "assistant" and answer.choices[0].message.content is not None, answer)
    require(answer.choices[0].finish_reason in ("stop", "length"), answer)
    require(answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens, answer)
    best_of(4, answer.model_extra["topdraw"])


@check("openai", "headers, and options in headers")
def _():
    raw = client.chat.completions.with_raw_response.create(
        model=MODEL, messages=QUESTION, max_tokens=8, extra_headers={"X-Topdraw-N": "3"})
    require(raw.headers["x-topdraw-candidates"] == "3" and raw.request_id, dict(raw.headers))
    answer = raw.parse()
    require(answer.id == "chatcmpl-" + raw.headers["x-topdraw-run-id"], answer.id, dict(raw.headers))
    best_of(3, answer.model_extra["topdraw"])


@check("openai", "the same seed, the same answer; a stream says it too")
def _():
    more = {"seed": 7, "extra_body": {"topdraw": {"n": 4}}}
    whole = ask(**more)
    require(ask(**more).choices == whole.choices)
    chunks = list(ask(**more, stream=True, stream_options={"include_usage": True}))
    require(chunks[0].choices[0].delta.role == "assistant", chunks[0])
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    require(text == whole.choices[0].message.content, text, whole)
    require([c.choices[0].finish_reason for c in chunks if c.choices][-1] == whole.choices[0].finish_reason)
    require(len({c.id for c in chunks}) == 1 and chunks[-1].usage == whole.usage and not chunks[-1].choices, chunks[-1])
    best_of(4, [c.model_extra["topdraw"] for c in chunks if "topdraw" in c.model_extra][0])


@check("openai", "the stream's own accumulator")
def _():
    with client.chat.completions.stream(
            model=MODEL, messages=QUESTION, max_tokens=12, seed=7, extra_body={"topdraw": {"n": 4}}) as stream:
        kinds = [event.type for event in stream]
        answer = stream.get_final_completion()
    require("content.done" in kinds, kinds)
    require(answer.choices[0].message.content == ask(seed=7, extra_body={"topdraw": {"n": 4}}).choices[0].message.content)


@check("openai", "answers block by block, streamed")
def _():
    chunks = list(ask(model=BLOCKWISE if BLOCKWISE in NAMES else MODEL, seed=3, stream=True, logprobs=True, max_tokens=24,
                      extra_body={"topdraw": {"method": "blockwise", "n": 3, "block_tokens": 6}}))
    topdraw = [c.model_extra["topdraw"] for c in chunks if "topdraw" in c.model_extra][0]
    require(topdraw["method"] == "blockwise" and topdraw["block_tokens"] == 6, topdraw)
    tokens = [t for c in chunks for choice in c.choices if choice.logprobs for t in choice.logprobs.content]
    text = "".join(c.choices[0].delta.content or "" for c in chunks)
    require(b"".join(bytes(t.bytes) for t in tokens).decode(errors="replace") == text, text)


@check("openai", "n=2 answers, each chosen by itself")
def _():
    answer = ask(n=2, extra_body={"topdraw": {"n": 3}})
    require([choice.index for choice in answer.choices] == [0, 1], answer)
    require(len(answer.model_extra["topdraw"]["answers"]) == 2, answer)
    streamed = {choice.index for chunk in ask(n=2, stream=True) for choice in chunk.choices}
    require(streamed == {0, 1}, streamed)


@check("openai", "log-probabilities are those of the answer's tokens")
def _():
    answer = ask(logprobs=True, extra_body={"topdraw": {"n": 4}})
    content = answer.choices[0].logprobs.content
    require(b"".join(bytes(t.bytes) for t in content).decode(errors="replace") == answer.choices[0].message.content, answer)
    total = sum(t.logprob for t in content)
    require(abs(total - answer.model_extra["topdraw"]["logprob"]) < 1e-9, total, answer)
    asked_more = ask(logprobs=True, top_logprobs=2)
    require(any("top_logprobs" in w for w in asked_more.model_extra["topdraw"]["warnings"]), asked_more)


@check("openai", "a text goes on, with best_of and log-probabilities")
def _():
    answer = client.completions.create(
        model=MODEL, prompt="The capital of France is", max_tokens=8, best_of=4, logprobs=0, stop=["\n"])
    best_of(4, answer.model_extra["topdraw"])
    likely = answer.choices[0].logprobs
    require(len(likely.tokens) == len(likely.token_logprobs) == len(likely.text_offset) > 0, likely)
    text = "".join(c.choices[0].text for c in client.completions.create(
        model=MODEL, prompt="Once", max_tokens=8, seed=5, stream=True))
    require(text == client.completions.create(model=MODEL, prompt="Once", max_tokens=8, seed=5).choices[0].text, text)


@check("openai", "what a client may send besides changes nothing")
def _():
    ask(user="u", metadata={"a": "b"}, store=False, parallel_tool_calls=openai.omit, service_tier="auto", presence_penalty=0,
        response_format={"type": "text"}, reasoning_effort=openai.omit)
    ask(messages=[{"role": "developer", "content": "Be brief."},
                  {"role": "user", "name": "Ada", "content": [{"type": "text", "text": "Hello."}]},
                  {"role": "assistant", "content": "Hello."}, {"role": "user", "content": "Name one colour."}])


@check("openai", "what goes wrong has its class, and names the field")
def _():
    for kind, more in {
        openai.NotFoundError: {"model": "nobody"},
        openai.BadRequestError: {"extra_body": {"topdraw": {"n": 0}}},
    }.items():
        try:
            ask(**more)
        except kind as e:
            require(e.param in ("model", "topdraw.n") and e.code and e.type and e.request_id, e)
            require("—" not in str(e) and str(e), e)
        else:
            raise AssertionError(kind)
    try:
        client.responses.create(model=MODEL, input="Hello.")
    except openai.NotFoundError as e:
        require("/v1/chat/completions" in str(e), e)
    else:
        raise AssertionError("/v1/responses")


if KEY != "none":

    @check("openai", "a wrong key is refused")
    def _():
        for key in ("wrong", KEY + "x"):
            try:
                client.with_options(api_key=key).models.list()
            except openai.AuthenticationError as e:
                require(e.code == "invalid_api_key", e)
            else:
                raise AssertionError(key)


if BUDGETED in NAMES:

    @check("openai", "a spent budget is a RateLimitError, and is not asked again")
    def _():
        for asked in range(100):
            try:
                answer = ask(model=BUDGETED, max_tokens=1, extra_body={"topdraw": {"n": 2}})
                require(answer.model_extra["topdraw"]["ledger_entry_nats"] > 0, answer)
            except openai.RateLimitError as e:
                require(e.code == "drift_budget_exhausted" and e.response.headers["x-should-retry"] == "false", e)
                require(asked > 0, e)
                return
        raise AssertionError("spent nothing")
