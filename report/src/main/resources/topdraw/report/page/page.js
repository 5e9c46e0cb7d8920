// Mounts the figures, redraws them for the screen's width, for light or dark, and for paper, and saves them.
// Everything else on the page is plain HTML and needs no script.
const topdrawPage = (() => {
  // The SVG renderer writes style attributes, which the page's policy refuses; the same declarations
  // are welcome through the style object.
  const setAttribute = Element.prototype.setAttribute;
  SVGElement.prototype.setAttribute = function (name, value) {
    if (name === 'style') this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };

  const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? '[]');
  const figures = read('figures');
  const plates = read('plates');
  const tables = read('tables');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const plots = { kl: 290, winRate: 200 };
  const charts = new Map();
  let at = 0;
  let paper = false;

  // A frame shows one chart of a panel, or a whole plate.
  const contents = ({ chart: kind, figure, panel, plate }) => {
    if (plate !== undefined) {
      const shown = plates[plate];
      return {
        height: (width) => topdrawFigures.plateSize(shown, width),
        option: (theme, width, n) => topdrawFigures.plate(shown, theme, width, n),
        saved: { plate: shown, table: () => tables[plate] ?? topdrawFigures.table(shown.plots) },
      };
    }
    const drawn = figures[figure].panels[panel];
    const plot = topdrawFigures.panelPlots[kind](figures[figure], drawn);
    return {
      height: (width) => topdrawFigures.height(drawn[kind], kind === 'kl' && drawn.band, width, plots[kind]),
      option: (theme, width) => topdrawFigures.alone(plot, theme, width, drawn.at),
      saved: {
        plate: { plots: [plot], note: '' },
        table: () => topdrawFigures.table([{ ...plot, title: titleOf(document.querySelector(
          `.chart[data-chart="${kind}"][data-figure="${figure}"][data-panel="${panel}"]`)) }]),
      },
    };
  };

  function draw(frame) {
    const { chart, height, option, paperWidth } = charts.get(frame);
    const theme = topdrawFigures.themes[dark.matches && !paper ? 'dark' : 'light'];
    const width = paper ? paperWidth : frame.clientWidth;
    chart.resize({ width, height: height(width) });
    chart.setOption(option(theme, width, at), true);
  }

  const drawAll = () => [...charts.keys()].forEach(draw);

  /** Draws into a frame, now and whenever the page changes, with what saves it below. */
  function show(frame, { height, option, paperWidth = 640, saved }) {
    const chart = echarts.init(frame, null, { renderer: 'svg', height: 1 });
    charts.set(frame, { chart, height, option, paperWidth });
    draw(frame);
    frame.after(buttons(frame, saved));
  }

  const titleOf = (frame) => frame.closest('article, section')?.querySelector('h3, h2')?.textContent.trim() ?? 'figure';

  // What is saved is for a paper or a slide: as wide as the command draws it, on white, with nothing marked.
  const light = topdrawFigures.themes.light;
  const widthOf = (plate) => (plate.plots.length === 1 ? 720 : 1120);
  const pictureOf = (plate) => ({
    ...topdrawFigures.plate(plate, light, widthOf(plate), 0), backgroundColor: light.paper,
  });
  const sizeOf = (plate) => ({ width: widthOf(plate), height: topdrawFigures.plateSize(plate, widthOf(plate)) });

  function svgOf(plate) {
    const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...sizeOf(plate) });
    chart.setOption(pictureOf(plate));
    const svg = chart.renderToSVGString().replace(/<style[^]*?<\/style>/g, '').replace(/ (class|ecmeta_\w+)="[^"]*"/g, '');
    chart.dispose();
    return new Blob([svg], { type: 'image/svg+xml' });
  }

  function pngOf(plate) {
    const chart = echarts.init(document.createElement('div'), null, { renderer: 'canvas', devicePixelRatio: 2, ...sizeOf(plate) });
    chart.setOption(pictureOf(plate));
    const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: light.paper });
    chart.dispose();
    return new Promise((done) => { canvas.toBlob(done, 'image/png'); });
  }

  const kinds = {
    SVG: ({ plate }) => svgOf(plate),
    PNG: ({ plate }) => pngOf(plate),
    CSV: ({ table }) => new Blob([table()], { type: 'text/csv' }),
  };

  function buttons(frame, saved) {
    const row = document.createElement('p');
    row.className = 'save';
    const title = titleOf(frame);
    const part = frame.dataset.chart === 'winRate' ? ', win rate' : frame.dataset.chart === 'kl' ? ', KL divergence' : '';
    const name = (title + part).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60);
    row.append('Save', ...Object.entries(kinds).map(([kind, make]) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = kind;
      button.setAttribute('aria-label', `Save ${title}${part} as ${kind}`);
      button.addEventListener('click', async () => save(await make(saved), `${name}.${kind.toLowerCase()}`));
      return button;
    }));
    return row;
  }

  function save(blob, name) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  /** Forgets a frame. */
  function drop(frame) {
    charts.get(frame)?.chart.dispose();
    charts.delete(frame);
  }

  /** Marks an n in every chart that can show one. */
  function mark(n) {
    at = n;
    drawAll();
  }

  function onPaper(now) {
    paper = now;
    drawAll();
  }

  let width = document.body.clientWidth;
  addEventListener('resize', () => {
    if (width === document.body.clientWidth) return;
    width = document.body.clientWidth;
    drawAll();
  });
  addEventListener('beforeprint', () => onPaper(true));
  addEventListener('afterprint', () => onPaper(false));
  dark.addEventListener('change', drawAll);
  document.querySelectorAll('.chart').forEach((frame) => show(frame, contents(frame.dataset)));

  return { show, drop, mark, read };
})();
