"""DSPy: a program whose language model is the gateway."""

import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it asks the network for prices
import dspy
from checks import KEY, MODEL, URL, best_of, check, require

lm = dspy.LM(
    "openai/" + MODEL, api_base=URL, api_key=KEY, max_tokens=24, cache=False, num_retries=0, extra_body={"topdraw": {"n": 4}})


@check("dspy", "an answer, and what is known of it")
def _():
    answers = lm("Name one colour.")
    require(len(answers) == 1, answers)
    best_of(4, lm.history[-1]["response"].topdraw)


@check("dspy", "several answers, each chosen by itself")
def _():
    answers = lm("Name one colour.", n=2, temperature=1.0)
    require(len(answers) == 2, answers)
    require(len(lm.history[-1]["response"].topdraw["answers"]) == 2, lm.history[-1])
