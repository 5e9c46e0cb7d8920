// Mounts the figures, and redraws them for the screen's width, for light or dark, and for paper.
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
      };
    }
    const drawn = figures[figure].panels[panel];
    return {
      height: (width) => topdrawFigures.height(drawn[kind], kind === 'kl' && drawn.band, width, plots[kind]),
      option: (theme, width) => topdrawFigures[kind](figures[figure], drawn, theme, width),
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

  /** Draws into a frame, now and whenever the page changes. */
  function show(frame, { height, option, paperWidth = 640 }) {
    const chart = echarts.init(frame, null, { renderer: 'svg', height: 1 });
    charts.set(frame, { chart, height, option, paperWidth });
    draw(frame);
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
