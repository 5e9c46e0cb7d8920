"""llm, the command of that name, which knows the gateway from a file in a folder of its own."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from checks import KEY, MODEL, QUESTION, URL, check, require

folder = Path(tempfile.mkdtemp())
(folder / "extra-openai-models.yaml").write_text(f"- model_id: {MODEL}\n  model_name: {MODEL}\n  api_base: {URL}\n  api_key_name: topdraw\n")
(folder / "keys.json").write_text(json.dumps({"topdraw": KEY}))


def llm(*words):
    command = Path(sys.executable).with_name("llm")
    ran = subprocess.run(
        [command, *words], env=os.environ | {"LLM_USER_PATH": str(folder)}, capture_output=True, text=True, timeout=120)
    return ran.returncode, ran.stdout, ran.stderr


@check("llm", "streams an answer")
def _():
    code, out, err = llm("-m", MODEL, "-o", "max_tokens", "12", "-o", "seed", "7", QUESTION[0]["content"])
    require(code == 0, code, out, err)
    same = llm("-m", MODEL, "-o", "max_tokens", "12", "-o", "seed", "7", "--no-stream", QUESTION[0]["content"])
    require(same[:2] == (0, out), same, out)


@check("llm", "keeps what is known of an answer in its log")
def _():
    code, out, err = llm("logs", "-n", "1", "--json")
    require(code == 0 and json.loads(out)[0]["model"] == MODEL, out, err)


@check("llm", "what goes wrong is said in one line")
def _():
    code, out, err = llm("-m", MODEL, "-o", "temperature", "2", "-o", "max_tokens", "9", "--option", "top_p", "0.5", "x" * 100_000)
    require(code == 1 and "context" in err and "Traceback" not in err, code, out, err)
