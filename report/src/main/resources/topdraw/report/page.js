// Mounts the figures. Everything else on the page is plain HTML and needs no script.
(() => {
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
  const paperWidth = 640;

  // A frame shows one chart of a panel, or a whole plate.
  const contents = ({ chart: kind, figure, panel, plate }) => {
    if (plate !== undefined) {
      const shown = plates[plate];
      return {
        height: (width) => topdrawFigures.plateSize(shown, width),
        option: (theme, width) => topdrawFigures.plate(shown, theme, width),
      };
    }
    const drawn = figures[figure].panels[panel];
    return {
      height: (width) => topdrawFigures.height(drawn[kind], kind === 'kl' && drawn.band, width, plots[kind]),
      option: (theme, width) => topdrawFigures[kind](figures[figure], drawn, theme, width),
    };
  };

  const charts = [...document.querySelectorAll('.chart')].map((frame) => {
    const { height, option } = contents(frame.dataset);
    const chart = echarts.init(frame, null, { renderer: 'svg', height: 1 });
    const draw = (theme, width) => {
      chart.resize({ width, height: height(width) });
      chart.setOption(option(theme, width), true);
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
