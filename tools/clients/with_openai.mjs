// openai-node. Given the gateway's address, as http://127.0.0.1:8080/v1, prints a line for each check, and fails with the first that does
// not hold.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

// Taken from the folder that this is called in: what is installed lies beside what is built.
const { OpenAI } = createRequire(process.cwd() + "/")("openai");
const { VERSION } = createRequire(process.cwd() + "/")("openai/version");

const model = "topdraw";
const messages = [{ role: "user", content: "Name one colour." }];
const client = new OpenAI({ baseURL: process.argv[2], apiKey: process.env.OPENAI_API_KEY ?? "none" });

async function check(what, run) {
  await run();
  console.log(`ok  openai-node ${VERSION}: ${what}`);
}

function bestOf(n, topdraw) {
  assert.equal(topdraw.method, "best-of-n");
  assert.equal(topdraw.n_drawn, n);
  const bound = topdraw.findings.find((finding) => finding.estimator === "textbook_kl").value;
  assert.ok(Math.abs(bound - (Math.log(n) - (n - 1) / n)) < 1e-12, JSON.stringify(topdraw));
}

await check("the models are listed", async () => {
  const names = [];
  for await (const listed of client.models.list()) names.push(listed.id);
  assert.ok(names.includes(model), names.join());
});

await check("an answer, and what is known of it", async () => {
  const answer = await client.chat.completions.create({ model, messages, max_tokens: 12, topdraw: { n: 4 } });
  assert.equal(answer.choices[0].message.role, "assistant");
  bestOf(4, answer.topdraw);
});

await check("headers", async () => {
  const { data, response, request_id } = await client.chat.completions
    .create({ model, messages, max_tokens: 8 }, { headers: { "X-Topdraw-N": "3" } })
    .withResponse();
  assert.equal(response.headers.get("x-topdraw-candidates"), "3");
  assert.ok(request_id);
  bestOf(3, data.topdraw);
});

await check("a stream, and its accumulator", async () => {
  const asked = { model, messages, max_tokens: 12, seed: 7, topdraw: { n: 4 } };
  const whole = await client.chat.completions.create(asked);
  let text = "";
  for await (const chunk of await client.chat.completions.create({ ...asked, stream: true })) {
    text += chunk.choices[0]?.delta?.content ?? "";
  }
  assert.equal(text, whole.choices[0].message.content);
  const final = await client.chat.completions.stream(asked).finalChatCompletion();
  assert.equal(final.choices[0].message.content, text);
});

await check("a text goes on", async () => {
  const answer = await client.completions.create({ model, prompt: "Once", max_tokens: 8, best_of: 3 });
  bestOf(3, answer.topdraw);
});

await check("what goes wrong has its class", async () => {
  await assert.rejects(client.chat.completions.create({ model: "nobody", messages }), OpenAI.NotFoundError);
  await assert.rejects(client.chat.completions.create({ model, messages, topdraw: { n: 0 } }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, "topdraw.n");
    return true;
  });
});
