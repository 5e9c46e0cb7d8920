// Small charts, drawn with calls of the document: no text becomes markup here.

const SVG = "http://www.w3.org/2000/svg";
const redraws = new Map();
const widths = new ResizeObserver((seen) => seen.forEach(({ target }) => redraws.get(target)?.()));

/** An element with attributes and children; texts stay texts. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function shape(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function picture(label, height, width) {
  return shape("svg", { role: "img", "aria-label": label, height, viewBox: `0 0 ${width} ${height}` });
}

/** Four digits, to the nearest, up or down, as the rest of the program writes numbers. */
export function digits(value, side = 0) {
  if (!Number.isFinite(value)) return value > 0 ? "infinity" : "-infinity";
  let cut = Number(value.toPrecision(4));
  const near = Math.abs(cut - value) <= 1e-12 * Math.abs(value);
  if (!near && side && (cut - value) * side < 0) {
    const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 3);
    cut = Number((cut + side * step).toPrecision(4));
  }
  const plain = String(cut);
  return plain.includes("e") ? cut.toExponential().replace("e+", "e") : plain;
}

/** Draws into a place now and whenever its width changes. */
export function drawn(place, make) {
  const again = () => {
    const width = Math.floor(place.clientWidth);
    if (width > 0) place.replaceChildren(make(width));
  };
  redraws.set(place, again);
  widths.observe(place);
  again();
}

/** Round numbers that span a range. */
function ticks(low, high, about) {
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= rough * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => digits((first + i) * step)).map(Number);
}

/** A number on a scale, with its interval, and what it is at most by the textbook. */
export function scale(place, { label, low, high, finding, textbook, textbookWord, end }) {
  drawn(place, (width) => {
    const svg = picture(label, 46, width);
    const pad = 6;
    const x = (v) => pad + ((Math.min(Math.max(v, low), high) - low) / (high - low || 1)) * (width - 2 * pad);
    svg.append(shape("rect", { class: "track", x: pad, y: 20, width: width - 2 * pad, height: 4, rx: 2 }));
    if (finding?.interval) {
      const [from, to] = finding.interval;
      svg.append(shape("rect", { class: "area", x: x(from), y: 14, width: Math.max(1, x(to) - x(from)), height: 16, rx: 3 }));
    } else if (finding?.role === "upper_bound") {
      svg.append(shape("rect", { class: "area", x: x(low), y: 14, width: x(finding.value) - x(low), height: 16, rx: 3 }));
    }
    if (textbook !== undefined) {
      const at = x(textbook);
      svg.append(shape("line", { class: "textbook", x1: at, x2: at, y1: 10, y2: 34 }));
      svg.append(shape("text", { x: at, y: 8, "text-anchor": at > width / 2 ? "end" : "start" }, textbookWord));
    }
    if (finding) {
      svg.append(shape("circle", { class: finding.role === "value" ? "dot" : "open", cx: x(finding.value), cy: 22, r: 6 }));
    }
    svg.append(shape("text", { x: pad, y: 45 }, digits(low)));
    svg.append(shape("text", { x: width - pad, y: 45, "text-anchor": "end" }, end));
    return svg;
  });
}

/** A curve over n with its interval, the textbook's beside it, and where the slider stands. */
export function curve(place, { label, points, textbook, at, low, high }) {
  drawn(place, (width) => {
    const height = 130, left = 34, right = 8, top = 8, bottom = 20;
    const most = points.length ? points[points.length - 1].n : 1;
    const x = (n) => left + (most === 1 ? 0.5 : (n - 1) / (most - 1)) * (width - left - right);
    const y = (v) => top + (1 - (Math.min(Math.max(v, low), high) - low) / (high - low || 1)) * (height - top - bottom);
    const path = (list) => list.map(([n, v], i) => `${i ? "L" : "M"}${x(n).toFixed(1)} ${y(v).toFixed(1)}`).join("");
    const svg = picture(label, height, width);
    for (const v of ticks(low, high, 3)) {
      svg.append(shape("line", { class: "axis", x1: left, x2: width - right, y1: y(v), y2: y(v) }));
      svg.append(shape("text", { x: left - 6, y: y(v) + 4, "text-anchor": "end" }, digits(v)));
    }
    for (const n of new Set([1, most])) {
      svg.append(shape("text", { x: x(n), y: height - 5, "text-anchor": n === 1 ? "start" : "end" }, n === 1 ? "n = 1" : n));
    }
    const known = points.filter((p) => p.finding?.role === "value");
    const spread = known.map((p) => [p.n, p.finding.interval ?? [p.finding.value, p.finding.value]]);
    if (spread.length > 1) {
      const over = spread.map(([n, i]) => [n, i[1]]);
      const under = spread.map(([n, i]) => [n, i[0]]).reverse();
      svg.append(shape("path", { class: "area", d: `${path(over)}${path(under).replace("M", "L")}Z` }));
    }
    if (textbook) svg.append(shape("path", { class: "textbook", d: path(textbook) }));
    if (known.length > 1) svg.append(shape("path", { class: "value", d: path(known.map((p) => [p.n, p.finding.value])) }));
    svg.append(shape("line", { class: "here", x1: x(at), x2: x(at), y1: top, y2: height - bottom }));
    const here = points.find((p) => p.n === at)?.finding;
    if (here) svg.append(shape("circle", { class: here.role === "value" ? "dot" : "open", cx: x(at), cy: y(here.value), r: 5 }));
    return svg;
  });
}

/** Sums over time: lines that begin anew with each window of the ledger. */
export function sums(place, { label, entries, budget }) {
  drawn(place, (width) => {
    const height = 220, left = 44, right = 10, top = 12, bottom = 24;
    const svg = picture(label, height, width);
    const times = entries.map((e) => Date.parse(e.settled));
    const from = times[0], to = Math.max(times[times.length - 1], from + 1000);
    const most = 1.05 * Math.max(budget ?? 0, ...entries.flatMap((e) => [e.certificate_sum, e.textbook_sum, e.estimate_sum]));
    const x = (t) => left + ((t - from) / (to - from)) * (width - left - right);
    const y = (v) => top + (1 - v / (most || 1)) * (height - top - bottom);
    for (const v of ticks(0, most, 4)) {
      svg.append(shape("line", { class: "axis", x1: left, x2: width - right, y1: y(v), y2: y(v) }));
      svg.append(shape("text", { x: left - 6, y: y(v) + 4, "text-anchor": "end" }, digits(v)));
    }
    const day = to - from > 86_400_000;
    const said = (t) => day ? new Date(t).toLocaleDateString() : new Date(t).toLocaleTimeString();
    svg.append(shape("text", { x: left, y: height - 6 }, said(from)));
    svg.append(shape("text", { x: width - right, y: height - 6, "text-anchor": "end" }, said(to)));
    const line = (name, kind) => {
      let d = "", last = null;
      entries.forEach((e, i) => {
        const [px, py] = [x(times[i]).toFixed(1), y(e[name]).toFixed(1)];
        d += e.ledger === last ? `H${px}V${py}` : `M${px} ${py}`;
        last = e.ledger;
      });
      svg.append(shape("path", { class: kind, d: `${d}h0.01` }));
      const end = entries[entries.length - 1];
      svg.append(shape("circle", { class: kind === "value" ? "dot" : "open", cx: x(to), cy: y(end[name]), r: kind === "value" ? 5 : 3.5 }));
    };
    if (budget) svg.append(shape("line", { class: "budget", x1: left, x2: width - right, y1: y(budget), y2: y(budget) }));
    line("textbook_sum", "textbook");
    line("estimate_sum", "estimates");
    line("certificate_sum", "value");
    return svg;
  });
}

/** A bar as long as its share of the whole; a mark where a limit stands. */
export function bar(share, kind = "", limit = undefined) {
  const svg = shape("svg", { "aria-hidden": "true" });
  const percent = (v) => `${100 * Math.min(Math.max(v, 0), 1)}%`;
  svg.append(shape("rect", { class: "track", width: "100%", height: "100%", rx: 2 }));
  svg.append(shape("rect", { class: `bar ${kind}`, width: percent(share), height: "100%", rx: 2 }));
  if (limit !== undefined) svg.append(shape("line", { class: "mark", x1: percent(limit), x2: percent(limit), y1: 0, y2: "100%" }));
  return svg;
}
