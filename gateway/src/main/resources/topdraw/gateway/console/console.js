// The console of a Topdraw gateway. Everything that a model or a caller has said is set as text.
import { bar, curve, digits, element, scale, sums } from "./charts.js";

const KEY = "topdraw.key";
const AGAIN_MILLIS = 15_000;
const ENTRIES = 10;
const EXTRAS = {
  "early-stop": ["threshold", "Enough reward"],
  rewind: ["threshold", "Enough reward"],
  soft: ["temperature", "Temperature"],
  poisson: ["mean", "Mean n, less 1"],
  blockwise: ["block_tokens", "Tokens of a block"],
};

const USUAL = { threshold: 1, block_tokens: 32 };

const $ = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let state = null;
let running = null;
let trial = null;
let entries = [];
let allEntries = false;

// ---- the gateway ----

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(path, options = {}) {
  const key = sessionStorage.getItem(KEY);
  const headers = { ...options.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
  const response = await fetch(path, { ...options, headers, cache: "no-store" });
  if (response.ok) return response;
  const said = await response.json().catch(() => null);
  throw new Refused(response.status, said?.error?.message ?? `the gateway answers with status ${response.status}`);
}

/** Server-sent events of a response, as [name, data]. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value;
    const blocks = rest.split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n");
      const name = lines.find((line) => line.startsWith("event: "));
      const data = lines.find((line) => line.startsWith("data: "));
      if (name && data) yield [name.slice(7), JSON.parse(data.slice(6))];
    }
  }
}

// ---- health, names, budgets ----

async function refresh() {
  try {
    state = await (await ask("state")).json();
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 401) return lock(failure.message);
    return health("down", failure instanceof Refused ? failure.message : "The gateway does not answer");
  }
  $("door").hidden = true;
  $("main").hidden = false;
  $("model").textContent = state.model;
  health(state.ready ? "ready" : "unready", state.ready ? "Ready to answer" : `Not ready: ${state.reason}`);
  offer();
  accounts();
  facts();
  await ledger();
}

function health(kind, words) {
  $("health").dataset.state = kind;
  if ($("health-words").textContent !== words) $("health-words").textContent = words;
}

function lock(message) {
  const tried = sessionStorage.getItem(KEY) !== null;
  sessionStorage.removeItem(KEY);
  health("unready", "Waiting for a key");
  $("door").hidden = false;
  $("main").hidden = true;
  $("door-wrong").textContent = tried ? sentence(message) : "";
  $("key").focus();
}

/** Fills the choices of the form once, and says what a name is set up with. */
function offer() {
  fill($("alias"), state.aliases.map((alias) => [alias.name, alias.name]));
  const kept = state.aliases.filter((alias) => alias.standing);
  const first = !$("account").options.length;
  fill($("account"), kept.map((alias) => [alias.name, alias.name]));
  if (first && kept.length) $("account").value = (kept.find((alias) => alias.standing.answers) ?? kept[0]).name;
  if (!$("rewards").childElementCount) {
    $("rewards").append(...state.rewards.map((name) => element("option", { value: name })));
  }
  for (const [word, meaning] of Object.entries(state.evidence)) {
    if (!$(`word-${word}`)) {
      $("words").append(element("dt", { id: `word-${word}` }, badge({ evidence: word }, word)), element("dd", {}, meaning));
    }
  }
  setUp();
}

function fill(select, options) {
  const same = options.length === select.options.length && options.every(([value], i) => select.options[i].value === value);
  if (same) return;
  const before = select.value;
  select.replaceChildren(...options.map(([value, text]) => element("option", { value }, text)));
  if (options.some(([value]) => value === before)) select.value = before;
}

const alias = (name) => state.aliases.find((one) => one.name === name);

function setUp() {
  const options = alias($("alias").value)?.options ?? {};
  const usual = options.method ?? (options.threshold !== undefined ? "early-stop" : "best-of-n");
  $("n").placeholder = options.n ?? 16;
  $("n").max = state.limits.n;
  $("tokens").max = state.limits.tokens;
  $("reward").placeholder = options.reward ?? state.usual_reward;
  fill($("method"), [["", `${usual} (as set up)`], ...state.methods.map((word) => [word, word])]);
  $("method").options[0].textContent = `${usual} (as set up)`;
  const extra = EXTRAS[$("method").value || usual];
  $("extra").hidden = !extra;
  if (extra) {
    $("extra-label").textContent = extra[1];
    $("number").placeholder = options[extra[0]] ?? USUAL[extra[0]] ?? "";
  }
  $("number").required = Boolean(extra) && $("number").placeholder === "";
}

function accounts() {
  $("accounts-note").textContent = state.counted
    ? `What the key “${state.key}” has spent in this window. A certificate holds at ${digits(100 * state.confidence)} %, at every moment.`
    : "Nobody counts drift here: the operator's file names no ledger.";
  $("aliases").replaceChildren(...state.aliases.map(account));
}

function account(one) {
  const { options, standing, budget } = one;
  const how = [options.method ?? "best-of-n", options.n ? `n = ${options.n}` : null, options.reward ? `by ${options.reward}` : null];
  return element("tr", {},
    element("th", { scope: "row" }, one.name),
    cell("Answers by", how.filter(Boolean).join(", ")),
    cell("Answers", standing ? answers(standing) : "–", "right"),
    cell("Drift", standing ? spent(standing, budget) : "not counted"),
    cell("Budget", budget ? left(budget, standing) : "none"));
}

/** How many, those in flight, and those that a gateway which died has left open. */
function answers({ answers: settled, open, orphans }) {
  const left = orphans ? `, ${orphans} of them orphans` : "";
  return String(settled) + (open ? ` + ${open} open${left}` : "");
}

const cell = (column, content, kind) => element("td", { "data-column": column, class: kind }, content);

/** A budget of means is held against means. */
const perAnswer = (value, standing, budget) =>
  budget?.per === "answer" ? value / Math.max(1, standing.answers + standing.open) : value;

function spent(standing, budget) {
  const sizes = ["certificate", "estimate", "textbook"].map((name) => perAnswer(standing[name], standing, budget));
  const most = Math.max(...sizes, budget?.nats ?? 0) || 1;
  const limit = budget ? budget.nats / most : undefined;
  const over = budget && sizes[0] > budget.nats ? "over" : "";
  const row = (word, size, side, kind) => [
    element("span", {}, word), bar(size / most, kind, limit),
    element("span", { class: "right" }, (side && size ? "≤ " : "") + digits(size, side))];
  return element("div", { class: "bars" },
    ...row("certificate", sizes[0], 1, over), ...row("estimate", sizes[1], 0, ""), ...row("textbook", sizes[2], 1, "textbook"));
}

function left(budget, standing) {
  const what = `${digits(budget.nats)} nats ${budget.per === "answer" ? "an answer, on average" : budget.window ? `in ${budget.window}` : "in all"}`;
  const held = budget.hard ? "held to by the certificate" : "advisory, by the estimates";
  const parts = [element("div", {}, what), element("div", { class: "note" }, held)];
  if (standing?.left !== undefined) {
    const frees = standing.frees ? `; begins anew ${moment(standing.frees)}` : "";
    const rest = standing.left >= 0 ? `${digits(standing.left, -1)} left` : `overdrawn by ${digits(-standing.left, 1)}`;
    parts.push(element("div", { class: "note" }, rest + frees));
  }
  return element("div", {}, ...parts);
}

const moment = (text) => new Date(text).toLocaleString(undefined, { dateStyle: "short", timeStyle: "medium" });

function facts() {
  const { limits } = state;
  const list = [
    ["Answers", state.ready ? "ready" : `not ready: ${state.reason}`],
    ["Model", state.model],
    ["Room", `${state.room} of ${limits.at_once} more requests are taken on now`],
    ["At most", `${limits.n} candidates an answer, ${limits.draws} a request, ${limits.tokens} tokens a candidate, ${limits.deadline_seconds} s a request`],
    ["Drift", state.counted ? "counted before anything is drawn" : "not counted"],
    ["Your key", state.key],
    ["Version", state.version],
  ];
  $("facts").replaceChildren(...list.flatMap(([word, text]) => [element("dt", {}, word), element("dd", {}, text)]));
}

// ---- the ledger ----

async function ledger() {
  const name = $("account").value;
  $("ledger").hidden = !state.counted || !name;
  if ($("ledger").hidden) return;
  try {
    entries = (await (await ask(`ledger?alias=${encodeURIComponent(name)}`)).json()).entries;
  } catch (failure) {
    $("entries-none").textContent = `The ledger cannot be read now: ${failure.message}`;
    return;
  }
  const settled = entries.filter((entry) => entry.settled).sort((a, b) => Date.parse(a.settled) - Date.parse(b.settled));
  $("ledger-chart").hidden = settled.length === 0;
  const budget = alias(name)?.budget;
  $("key-budget").hidden = budget?.per !== "window";
  if (settled.length) {
    const last = settled[settled.length - 1];
    sums($("ledger-plot"), {
      label: `Drift of ${settled.length} answers: certificate at most ${digits(last.certificate_sum, 1)} nats, textbook ${digits(last.textbook_sum, 1)}`,
      entries: settled,
      budget: budget?.per === "window" ? budget.nats : undefined,
    });
  }
  audit();
}

function audit() {
  const shown = [...entries].reverse().slice(0, allEntries ? entries.length : ENTRIES);
  $("entries-none").textContent = entries.length ? "" : "No answer has been counted for this name and key yet.";
  $("entries-table").hidden = entries.length === 0;
  $("more").hidden = shown.length === entries.length;
  $("more").textContent = `Show all ${entries.length}`;
  $("entries").replaceChildren(...shown.map((entry) => element("tr", {},
    cell("No.", entry.ledger > 1 ? `${entry.ledger}.${entry.number}` : String(entry.number), "right"),
    cell("Admitted", moment(entry.admitted)),
    cell("n", String(entry.n), "right"),
    cell("Entered, nats", entry.settled ? digits(entry.drift) : "–", "right"),
    cell("At most", digits(entry.most, 1), "right"),
    cell("Textbook", digits(entry.textbook, 1), "right"),
    cell("State", entry.settled ? "settled" : "open, counts at its most"),
    cell("Gateway", entry.instance))));
}

// ---- a trial ----

function request() {
  const options = {};
  const whole = (id) => ($(id).value === "" ? undefined : Number($(id).value));
  if (whole("n") !== undefined) options.n = whole("n");
  if ($("method").value) options.method = $("method").value;
  if ($("reward").value.trim()) options.reward = $("reward").value.trim();
  if (!$("extra").hidden && whole("number") !== undefined) {
    const method = $("method").value || alias($("alias").value)?.options.method || "early-stop";
    options[EXTRAS[method][0]] = whole("number");
  }
  const body = { model: $("alias").value, messages: [{ role: "user", content: $("prompt").value }], topdraw: options };
  if (whole("tokens") !== undefined) body.max_tokens = whole("tokens");
  return body;
}

async function draw() {
  if (running || !$("form").reportValidity()) return;
  running = new AbortController();
  trial = { rows: new Map(), of: Number($("n").value || $("n").placeholder), answer: null };
  $("wrong").textContent = "";
  $("list").replaceChildren();
  $("chosen").hidden = false;
  $("meters").hidden = true;
  $("answer-text").textContent = "";
  $("answer-text").classList.add("waiting");
  $("sentence").textContent = "Drawing; the best so far will stand here.";
  $("warnings").replaceChildren();
  $("over").hidden = true;
  if ([...$("account").options].some((option) => option.value === $("alias").value)) $("account").value = $("alias").value;
  $("empty").hidden = true;
  $("candidates").hidden = false;
  busy(true);
  $("status").textContent = "Drawing …";
  count();
  try {
    const response = await ask("try", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Topdraw-Console": "1" },
      body: JSON.stringify(request()),
      signal: running.signal,
    });
    for await (const [name, data] of events(response)) {
      if (name === "candidate") arrived(data);
      if (name === "block") grown(data.text);
      if (name === "answer") answered(data);
      if (name === "error") throw new Refused(0, data.error.message);
    }
    if (!trial.answer) throw new Refused(0, "the gateway ended before it answered");
  } catch (failure) {
    failed(failure);
  } finally {
    // The gateway notices within a second that nobody listens any more.
    if (running.signal.aborted) setTimeout(refresh, 1500);
    running = null;
    busy(false);
    refresh();
  }
}

function failed(failure) {
  if (failure.name === "AbortError") {
    const seen = trial.rows.size;
    const kept = state.counted && seen ? " They were seen, so the ledger keeps the answer at its most." : "";
    $("status").textContent = `Stopped after ${seen} candidate${seen === 1 ? "" : "s"}; nothing was returned.${kept}`;
  } else {
    $("status").textContent = "";
    $("wrong").textContent = failure instanceof Refused ? sentence(failure.message) : "The gateway does not answer.";
    if (failure.status === 401) lock(failure.message);
  }
  if (!trial.answer) {
    $("empty").hidden = trial.rows.size > 0;
    $("chosen").hidden = trial.rows.size === 0;
    $("sentence").textContent = "Nothing was returned; this was the best so far.";
  }
  $("candidates").hidden = trial.rows.size === 0;
}

function busy(now) {
  // The focus goes where the next key makes sense, and stays in a text that is being written.
  const held = document.activeElement === $(now ? "draw" : "stop");
  $("draw").disabled = now;
  $("stop").disabled = !now;
  $("progress").hidden = !now;
  if (held) $(now ? "stop" : "draw").focus();
}

function count() {
  $("progress").max = trial.of;
  $("progress").value = trial.rows.size;
  $("count").textContent = trial.answer ? String(trial.rows.size) : `${trial.rows.size} of at most ${trial.of}`;
}

function arrived(candidate) {
  trial.of = candidate.of;
  trial.rows.set(candidate.i, row(candidate));
  order();
  count();
  const leader = [...trial.rows.values()].sort(better)[0].candidate;
  const so = leader.reward === null ? "" : `; best reward so far ${digits(leader.reward)}`;
  $("status").textContent = `${trial.rows.size} of at most ${candidate.of} drawn${so}`;
  if (leader.reward !== null) {
    $("answer-text").textContent = leader.text;
    $("sentence").textContent = `The best so far, reward ${digits(leader.reward)}.`;
  }
}

/** Chosen block by block, an answer grows before one's eyes. */
function grown(text) {
  $("answer-text").textContent = text;
  $("sentence").textContent = "Chosen so far, block by block.";
}

function row(candidate) {
  const text = candidate.text ?? "";
  const parts = {
    place: element("span", { class: "place" }),
    reward: element("span", { class: "reward" }),
    brief: element("span", { class: "brief" }),
  };
  const item = element("li", { "data-i": candidate.i },
    element("details", {},
      element("summary", {},
        parts.place, parts.reward,
        element("span", { class: "small likely" }, candidate.logprob === null ? "log p unknown" : `log p ${digits(candidate.logprob)}`),
        element("span", { class: "small" }, candidate.tokens === null ? "" : `${candidate.tokens} tokens`),
        parts.brief),
      element("p", { class: "text" }, text || "(no text)")));
  return { candidate, item, parts };
}

function better(a, b) {
  const [x, y] = [a.candidate, b.candidate];
  if (x.reward === y.reward) return x.i - y.i;
  if (x.reward === null || y.reward === null) return x.reward === null ? 1 : -1;
  return y.reward - x.reward;
}

/** Which candidate was chosen; chosen block by block, the only one. */
const won = (topdraw) => (topdraw.candidates.length === 1 ? topdraw.candidates[0].i : topdraw.winner_index);

/** Puts the best above; what moves is seen to move. */
function order() {
  const list = $("list");
  const rows = [...trial.rows.values()].sort(better);
  const before = new Map(rows.filter((one) => one.item.isConnected).map((one) => [one.item, one.item.offsetTop]));
  const rewards = rows.map((one) => one.candidate.reward).filter((reward) => reward !== null);
  const [low, high] = [Math.min(...rewards), Math.max(...rewards)];
  const winner = trial.answer && won(trial.answer.body.topdraw);
  rows.forEach((one, i) => {
    const { candidate, item, parts } = one;
    parts.place.textContent = String(i + 1);
    const share = high > low ? 0.04 + (0.96 * (candidate.reward - low)) / (high - low) : 1;
    const none = trial.answer ? "no score" : "not scored yet";
    parts.reward.replaceChildren(
      ...(candidate.reward === null ? [none] : [`reward ${digits(candidate.reward)}`, bar(share)]));
    const chosen = candidate.i === winner;
    item.className = chosen ? "winner" : "";
    const text = (candidate.text ?? "").trim() || "(no text)";
    parts.brief.replaceChildren(...(chosen ? [element("span", { class: "chosen" }, "chosen")] : []), text);
    if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null);
  });
  if (calm.matches) return;
  for (const { item } of rows) {
    const moved = before.has(item) ? before.get(item) - item.offsetTop : 0;
    if (moved) item.animate([{ transform: `translateY(${moved}px)` }, { transform: "none" }], { duration: 260, easing: "ease-out" });
    else if (!before.has(item)) item.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 260 });
  }
}

function answered(answer) {
  trial.answer = answer;
  const { topdraw } = answer.body;
  for (const candidate of topdraw.candidates) {
    const known = trial.rows.get(candidate.i);
    if (known) known.candidate = { ...known.candidate, ...candidate };
    else trial.rows.set(candidate.i, row(candidate));
  }
  // What was drawn and then not looked at is no candidate.
  const looked = new Set(topdraw.candidates.map((candidate) => candidate.i));
  for (const [i, one] of trial.rows) {
    if (!looked.has(i)) {
      one.item.remove();
      trial.rows.delete(i);
    }
  }
  order();
  count();
  const text = answer.body.choices[0].message?.content ?? "";
  $("answer-text").textContent = text || "(no text)";
  $("answer-text").classList.remove("waiting");
  $("sentence").textContent = sentence(topdraw.sentence);
  $("warnings").replaceChildren(...topdraw.warnings.map((warning) => element("li", {}, sentence(warning))));
  $("meters").hidden = false;
  meters(answer);
  slider(answer);
  const which = topdraw.method === "blockwise" ? "chosen block by block" : `candidate ${topdraw.winner_index + 1} of ${topdraw.n_drawn} was chosen`;
  $("status").textContent = `Done: ${which}, reward ${digits(topdraw.reward.value)}.`;
}

/** A line of the gateway's as a sentence. */
const sentence = (line) => line[0].toUpperCase() + line.slice(1) + (/[.!?…]$/.test(line) ? "" : ".");

function badge(finding, words) {
  return element("span", { class: `badge ${finding.evidence}` }, words);
}

/** The number itself where there is one, else the lowest of what it is at most. */
function best(findings, quantity) {
  const of = findings.filter((finding) => finding.quantity === quantity);
  return of.find((finding) => finding.role === "value")
    ?? of.filter((finding) => finding.role === "upper_bound" && finding.evidence === "theorem").sort((a, b) => a.value - b.value)[0];
}

function reading(place, finding, unit = "") {
  place.replaceChildren(...(finding
    ? [`${shownValue(finding)}${unit} `, element("small", {}, interval(finding)), " ", badge(finding, finding.words)]
    : ["–"]));
}

const shownValue = (finding) => finding.shown.split(" [")[0];
const interval = (finding) => (finding.interval ? `[${finding.shown.split(" [")[1]}` : "");

function meters(answer) {
  const { n, logprob, method } = answer.body.topdraw;
  const textbook = answer.findings.find((finding) => finding.estimator === "textbook_kl");
  const drift = best(answer.findings, "kl");
  const wins = best(answer.findings, "win_rate");
  const [driftPlace, winPlace] = [$("drift"), $("win")];
  const lone = n === 1;
  winPlace.hidden = !lone && !wins;
  reading(driftPlace.querySelector(".reading"), drift, " nats");
  reading(winPlace.querySelector(".reading"), wins);
  if (lone) {
    driftPlace.querySelector(".reading").textContent = "0 nats";
    winPlace.querySelector(".reading").textContent = "0.5";
  }
  scale(driftPlace.querySelector(".scale"), {
    label: drift ? `Drift ${drift.shown} nats, ${drift.words}; textbook ${textbook?.shown ?? "unknown"}` : "No drift",
    low: 0, high: Math.max(1, ...[drift, textbook].filter(Boolean).map((one) => 1.12 * one.value)),
    finding: drift, textbook: textbook?.value, textbookWord: `textbook: ${textbook?.shown}`, end: "nats",
  });
  scale(winPlace.querySelector(".scale"), {
    label: wins ? `Win rate ${wins.shown}, ${wins.words}` : "Win rate one half",
    low: 0, high: 1, finding: wins, textbook: 0.5, textbookWord: "no gain", end: "1",
  });
  const often = drift ? digits(Math.exp(drift.value), drift.role === "value" ? 0 : 1) : "";
  driftPlace.querySelector(".note").textContent = lone
    ? "The model's own answer has not moved at all."
    : `On average an answer comes ${drift?.role === "value" ? "about" : "at most"} ${often} times as often as from the model alone`
      + ` (${drift?.source}).${logprob === null ? "" : ` This one has log p ${digits(logprob)}.`}`;
  const known = answer.curve.findLast((point) => point.win_rate?.role === "value");
  const near = method === "best-of-n" && wins?.role !== "value" && known?.n > 1 ? ` At n = ${known.n} these candidates put it at ${known.win_rate.shown}.` : "";
  winPlace.querySelector(".note").textContent = lone
    ? "One answer against another of the same model."
    : `How often an answer chosen so has a higher reward than one ordinary answer, ties half (${wins?.source}).${near}`;
}

function slider(answer) {
  const { curve: points, withheld } = answer;
  $("over").hidden = points.length < 2 && withheld.length === 0;
  $("slide").hidden = points.length < 2;
  $("over-note").hidden = points.length < 2;
  $("withheld").textContent = withheld.map(sentence).join(" ");
  if (points.length < 2) return;
  $("slider").max = points.length;
  $("slider").value = points.length;
  slide();
}

function slide() {
  const points = trial.answer.curve;
  const at = Number($("slider").value);
  const here = points[at - 1];
  $("slider-n").textContent = String(at);
  const told = ["reward", "win_rate", "kl"].filter((name) => here[name]).map((name) => `${name.replace("_", " ")} ${here[name].shown}`);
  $("slider").setAttribute("aria-valuetext", `n = ${at}: ${told.join(", ")}`);
  const reach = (name) => points.flatMap((p) => (p[name] ? [p[name].value, ...(p[name].interval ?? [])] : []));
  // An interval that reaches far beyond the numbers would flatten them.
  const rewards = points.flatMap((p) => (p.reward ? [p.reward.value] : []));
  const margin = Math.max(...rewards) - Math.min(...rewards) || 1;
  const reached = reach("reward");
  const low = Math.max(Math.min(...rewards) - margin, Math.min(...reached));
  const high = Math.min(Math.max(...rewards) + margin, Math.max(...reached));
  const charts = [
    ["chart-reward", "reward", [low, high], undefined],
    ["chart-win", "win_rate", [0.5, 1], undefined],
    ["chart-drift", "kl", [0, Math.max(...points.map((p) => p.textbook_kl), ...reach("kl"))], points.map((p) => [p.n, p.textbook_kl])],
  ];
  for (const [id, name, [least, most], textbook] of charts) {
    const place = $(id);
    const finding = here[name];
    reading(place.querySelector(".reading"), finding);
    if (textbook) place.querySelector(".reading").append(element("small", { class: "beside" }, `textbook: at most ${digits(here.textbook_kl, 1)}`));
    curve(place.querySelector(".plot"), {
      label: `${place.querySelector("h3").textContent} for n from 1 to ${points.length}; at n = ${at} ${finding?.shown ?? "unknown"}`,
      points: points.map((p) => ({ n: p.n, finding: p[name] })),
      textbook, at, low: least, high: most > least ? most : least + 1,
    });
  }
}

// ---- hands on it ----

$("door-form").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEY, $("key").value.trim());
  $("key").value = "";
  refresh().then(() => $("main").hidden || $("prompt").focus());
});
$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  draw();
});
$("prompt").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    draw();
  }
});
$("stop").addEventListener("click", () => running?.abort());
$("alias").addEventListener("change", setUp);
$("method").addEventListener("change", () => {
  $("number").value = "";
  setUp();
});
$("slider").addEventListener("input", slide);
$("account").addEventListener("change", ledger);
$("more").addEventListener("click", () => {
  allEntries = true;
  audit();
});
addEventListener("pagehide", () => running?.abort());
setInterval(() => document.visibilityState === "visible" && !running && $("door").hidden && refresh(), AGAIN_MILLIS);
refresh();
