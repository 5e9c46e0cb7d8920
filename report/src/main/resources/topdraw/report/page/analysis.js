// The page of an analysis: a slider over the values of n, and a card for each prompt. Nothing is
// estimated here; what is shown was computed before and stands in the page. Words of prompts and
// models only ever become text nodes.
(() => {
  const slider = document.getElementById('n');
  const atN = [...document.querySelectorAll('[data-n]')];
  const { grid, axis, topics, prompts, columns, reward, gold } = topdrawPage.read('prompts');
  const find = (id) => document.getElementById(id);
  const cards = find('cards');
  const perPage = 24;
  let first = 0;

  function choose() {
    const n = String(grid[slider.valueAsNumber]);
    atN.forEach((part) => { part.hidden = part.dataset.n !== n; });
    slider.setAttribute('aria-valuetext', 'n = ' + n);
    topdrawPage.mark(Number(n));
  }

  // Cards are drawn as they come into sight, so that opening the page costs the same for any number.
  const waiting = new Map();
  const observer = new IntersectionObserver((seen) => seen
    .filter((entry) => entry.isIntersecting)
    .forEach((entry) => drawNow(entry.target)), { rootMargin: '200px' });

  function drawNow(frame) {
    const content = waiting.get(frame);
    if (!content) return;
    waiting.delete(frame);
    observer.unobserve(frame);
    topdrawPage.show(frame, content);
  }

  function element(tag, className, text = '') {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function linesOf(topic, prompt) {
    const points = (values) => values.flatMap((value, i) => (value === null ? [] : [[grid[i], value]]));
    const gaps = (values) => grid.filter((_, i) => values[i] === null);
    const line = (known, values) => ({ ...known, points: points(values), gaps: gaps(values) });
    const own = topic.lines.map((one, i) => line(one, prompt.values[shown()][i]));
    const shared = topic.textbook ? [line(topic.textbook.line, topic.textbook.values)] : [];
    return [...own, ...shared]
      .filter((line) => line.points.length > 0)
      .map((line) => ({ ...line, marked: line.points.length === 1, solidTo: line.firm ? Infinity : prompt.draws / 4 }));
  }

  function card(prompt) {
    const topic = topics[shown()];
    const made = element('article', 'panel prompt');
    const title = element('h3', 'model', prompt.title);
    title.dir = 'auto';
    const frame = element('div', 'chart');
    frame.setAttribute('role', 'img');
    frame.setAttribute('aria-label', topic.title + ' of this prompt against n');
    made.append(title, frame, origin(prompt));
    if (prompt.best) made.append(best(prompt.best));
    const plot = { title: '', corners: [], axes: [axis, topic.axis], regions: [], lines: linesOf(topic, prompt) };
    waiting.set(frame, {
      height: () => 150,
      option: (theme, width, n) => topdrawFigures.small(plot, theme, width, n),
      paperWidth: 200,
      saved: { plate: { plots: [{ ...plot, axes: [axis, topic.axis] }], note: '' }, table: () => table(topic, prompt) },
    });
    return made;
  }

  /** A prompt's numbers in the columns of the command's table, its key before them. */
  function table(topic, prompt) {
    const row = (line, n, value, samples) => {
      const cells = {
        selection: 'best_of_n', reward, gold, n, value, samples, prompts: 1, quantity: line.quantity, unit: line.unit,
        role: line.role, evidence: line.evidence, estimator: line.estimator, source: line.source,
      };
      return [prompt.key, ...columns.map((column) => cells[column] ?? '')];
    };
    const rows = (line, values, samples) => values.flatMap((value, i) => (value === null ? [] : [row(line, grid[i], value, samples)]));
    return topdrawFigures.csv([
      ['prompt_id', ...columns],
      ...topic.lines.flatMap((line, i) => rows(line, prompt.values[shown()][i], prompt.draws)),
      ...(topic.textbook ? rows(topic.textbook.line, topic.textbook.values, '') : []),
    ]);
  }

  function origin({ draws, key }) {
    const made = element('p', 'small muted model', draws + ' draws · ' + (key.startsWith('sha256:') ? key.slice(0, 19) + '…' : key));
    made.title = key;
    return made;
  }

  function best({ reward, text }) {
    const made = document.createElement('details');
    const words = element('blockquote', 'model', text ?? 'its text is not recorded');
    words.dir = 'auto';
    made.append(element('summary', '', 'Its best draw, reward ' + Number(reward.toPrecision(6))), words);
    return made;
  }

  const shown = () => find('shown').selectedIndex;

  // At the n of the slider, by the first curve; who has no number there comes last.
  function ordered() {
    const order = find('order').selectedIndex;
    if (order === 0) return prompts;
    const sign = order === 1 ? -1 : 1;
    const value = (prompt) => prompt.values[shown()][0][slider.valueAsNumber] ?? sign * Infinity;
    return [...prompts].sort((a, b) => sign * (value(a) - value(b)) || 0);
  }

  function turn(to) {
    first = Math.max(0, Math.min(to, prompts.length - 1));
    first -= first % perPage;
    cards.querySelectorAll('.chart').forEach(topdrawPage.drop);
    waiting.clear();
    observer.disconnect();
    const page = ordered().slice(first, first + perPage);
    cards.replaceChildren(...page.map(card));
    [...waiting.keys()].forEach((frame) => observer.observe(frame));
    find('which').textContent = `${first + 1} to ${first + page.length} of ${prompts.length}`;
    find('on-paper').textContent = page.length < prompts.length
      ? `Printed are ${page.length} of ${prompts.length} prompts; the numbers of all stand in ${find('on-paper').dataset.twin}.` : '';
    find('earlier').disabled = first === 0;
    find('later').disabled = first + perPage >= prompts.length;
    legend();
  }

  function legend() {
    const topic = topics[shown()];
    const lines = [...topic.lines, ...(topic.textbook ? [topic.textbook.line] : [])];
    const { light, dark } = topdrawFigures.themes;
    find('legend').replaceChildren(...lines.map((line) => {
      const key = element('span', 'key', `${line.name}, ${line.known}`);
      key.style.setProperty('--light', light.colours[line.colour]);
      key.style.setProperty('--dark', dark.colours[line.colour]);
      return key;
    }));
  }

  function options(select, names) {
    select.append(...names.map((name) => element('option', '', name)));
  }

  function gallery() {
    cards.parentElement.querySelector('.controls').hidden = false;
    options(find('shown'), topics.map((topic) => topic.title));
    options(find('order'), ['as recorded', 'largest first, at this n', 'smallest first, at this n']);
    find('shown').addEventListener('change', () => turn(first));
    find('order').addEventListener('change', () => turn(0));
    find('earlier').addEventListener('click', () => turn(first - perPage));
    find('later').addEventListener('click', () => turn(first + perPage));
    slider.addEventListener('change', () => { if (find('order').selectedIndex > 0) turn(0); });
    turn(0);
  }

  // Paper cannot be unfolded or scrolled.
  let folded = [];
  addEventListener('beforeprint', () => {
    [...waiting.keys()].forEach(drawNow);
    folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach((one) => { one.open = true; });
  });
  addEventListener('afterprint', () => folded.forEach((one) => { one.open = false; }));

  slider.addEventListener('input', choose);
  if (topics.length > 0) gallery();
  else find('by-prompt').hidden = true;
  choose();
})();
