// Mounts the figures. Everything else on the page is plain HTML and needs no script.
(() => {
  // The SVG renderer writes style attributes, which the page's policy refuses; the same declarations
  // are welcome through the style object.
  const setAttribute = Element.prototype.setAttribute;
  SVGElement.prototype.setAttribute = function (name, value) {
    if (name === 'style') this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };

  const figures = JSON.parse(document.getElementById('figures').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const plots = { kl: 290, winRate: 200 };
  const paperWidth = 640;

  const charts = [...document.querySelectorAll('.chart')].map((frame) => {
    const figure = figures[frame.dataset.figure];
    const panel = figure.panels[frame.dataset.panel];
    const kind = frame.dataset.chart;
    const chart = echarts.init(frame, null, { renderer: 'svg', height: plots[kind] });
    const draw = (theme, width) => {
      const height = topdrawFigures.height(panel[kind], kind === 'kl' && panel.band, width, plots[kind]);
      chart.resize({ width, height });
      chart.setOption(topdrawFigures[kind](figure, panel, theme, width), true);
    };
    return { frame, draw };
  });

  const onScreen = () => {
    const theme = topdrawFigures.themes[dark.matches ? 'dark' : 'light'];
    charts.forEach(({ frame, draw }) => draw(theme, frame.clientWidth));
  };
  const onPaper = () => charts.forEach(({ draw }) => draw(topdrawFigures.themes.light, paperWidth));

  let width = document.body.clientWidth;
  addEventListener('resize', () => {
    if (width === document.body.clientWidth) return;
    width = document.body.clientWidth;
    onScreen();
  });
  addEventListener('beforeprint', onPaper);
  addEventListener('afterprint', onScreen);
  dark.addEventListener('change', onScreen);
  onScreen();
})();
