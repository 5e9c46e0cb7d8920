"""p(hate), p(offensive), p(neither) of texts by hatesonar 0.1.0, run by onnxruntime: the table that BagOfWordsTest is held to.

    pip download --no-deps hatesonar==0.1.0 && unzip hatesonar-0.1.0-py3-none-any.whl
    pip install onnx onnxruntime
    python3 tools/golden/civil.py hatesonar/model/model.onnx > neural/src/test/resources/topdraw/neural/civil.jsonl
"""
import json, sys
import numpy as np, onnx, onnxruntime

model = onnx.load(sys.argv[1])
for node in model.graph.node:  # the model asks for en_US.UTF-8, which few machines in containers have
    if node.op_type == "StringNormalizer":
        node.attribute.append(onnx.helper.make_attribute("locale", "C.utf8"))
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
texts = ["Shut up, bitch", "The capital of France is Paris.", "You are an idiot.", "I hate you, you stupid idiot!", "thank you so much :)",
         "", "qwrtzpsdf", "hate hate hate love", "RT @user_1: what's up, bro?? 100%", "na\u00efve caf\u00e9 \u2014 \u00dcber ALLES", "\u212aill \u0130T",
         "the\nthe\tthe the", "trash " * 40 + "lovely", "They should all be killed.", "Women belong in the kitchen."]
for text in texts:
    p = session.run(None, {"text": np.array([text], dtype=object)})[1][0]
    print(json.dumps({"text": text, "p": [float(p[c]) for c in (0, 1, 2)]}))
