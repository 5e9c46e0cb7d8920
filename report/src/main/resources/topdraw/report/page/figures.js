// Figures as data: pure functions from curves to ECharts options. There is no DOM here and no state,
// so that any engine that runs ECharts draws the same picture.
//
// A figure is {panels}; a panel {solidTo, at, kl, winRate, band}; a curve
// {name, known, firm, colour, values} with values[0] at n = 1: `known` says how well the curve is known,
// `firm` that it holds for every n, however few independent maxima a pool has left.
//
// A plate is {plots, note}, its note a text below the plots or empty; a plot {title, axes, corners, lines, regions}: a chart has two axes, a simplex three
// corners; a line {name, known, firm, colour, marked, solidTo, points, gaps}; a region {name, x, lower, upper, gaps}. At gaps there is
// no number.
// Panels become plots too, so there is one way of drawing.
const topdrawFigures = (() => {
  // Okabe and Ito's palette for all kinds of colour vision, its black replaced by the ink; blue, green,
  // purple and vermillion are lightened on dark paper, where the originals sink in.
  const themes = {
    light: {
      ink: '#1f2328', muted: '#59636e', rule: '#d9dee3', paper: '#ffffff', shade: 0.16,
      colours: ['#1f2328', '#e69f00', '#56b4e9', '#0072b2', '#009e73', '#cc79a7', '#d55e00'],
    },
    dark: {
      ink: '#e9edf2', muted: '#9aa5b1', rule: '#353c45', paper: '#16191e', shade: 0.22,
      colours: ['#e9edf2', '#e69f00', '#8fd0f7', '#3d94dc', '#14b88a', '#e39cc4', '#f0793a'],
    },
  };
  // Single quotes: it also stands in attributes of SVG text.
  const font = "Inter, system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";
  // Java knows each weight by a name of its own.
  const strong = "'Inter SemiBold', " + font;
  const labelRoom = 196;
  const labelHeight = 29;
  const rowHeight = 20;
  const narrowBelow = 470;
  const twoColumnsFrom = 960;
  const plateHeight = 300;
  const titleHeight = 26;
  const rowGap = 14;
  const noteLine = 16;

  /** A panel as plots: KL divergence against n in nats, all panels of a figure on one scale; win rate against n. */
  const panelPlots = {
    kl: (figure, panel) => overN(panel, panel.kl, panel.band, { name: 'KL divergence, nats', ...klScale(figure) }),
    winRate: (figure, panel) => {
      const lowest = Math.min(...panel.winRate.flatMap((curve) => curve.values));
      const low = lowest < 0.5 ? Math.floor(lowest * 10) / 10 : 0.5;
      return overN(panel, panel.winRate, null, { name: 'win rate', low, high: 1 });
    },
  };

  function klScale(figure) {
    const values = figure.panels.flatMap((panel) => [
      ...panel.kl.flatMap((curve) => curve.values), ...(panel.band ? panel.band.upper : []),
    ]);
    return { low: 0, high: Math.max(0.5, ...values) };
  }

  function overN(panel, curves, band, y) {
    const last = Math.max(...curves.map((curve) => curve.values.length));
    const lines = curves.map((curve) => ({
      ...curve, solidTo: curve.firm ? Infinity : panel.solidTo, points: curve.values.map((value, i) => [i + 1, value]),
    }));
    return {
      title: '', corners: [], lines,
      axes: [{ name: 'n, completions drawn', logarithmic: true, low: 1, high: Math.max(2, last) }, y],
      regions: band ? [{ ...band, x: band.upper.map((_, i) => i + 1) }] : [],
    };
  }

  /** One plot as wide and as tall as its frame; with `at`, an n is marked. */
  function alone(plot, theme, width, at) {
    return sheet([{ plot, left: 0, top: 0, width, height: null, at }], theme);
  }

  /** The height that leaves the plot itself as tall as `plot`, in pixels. */
  function height(curves, band, width, plot) {
    return plot + (width < narrowBelow ? rowHeight * (curves.length + (band ? 1 : 0)) + 8 : 0);
  }

  /** All plots of a plate, one or two a row; with `at`, an n is marked. */
  function plate(plate, theme, width, at) {
    const drawn = sheet(cells(plate, width).map((cell) => ({ ...cell, at })), theme);
    return plate.note ? { ...drawn, title: [...drawn.title, note(plate, theme, width)] } : drawn;
  }

  /** One plot in little room: nothing is written into it, so the reader needs a legend beside it. */
  function small(plot, theme, width, at) {
    return sheet([{ plot, left: 0, top: 0, width, height: null, at, bare: true }], theme);
  }

  /** The height of a plate of that width, in pixels. */
  function plateSize(plate, width) {
    const plots = Math.max(...cells(plate, width).map((cell) => cell.top + cell.height));
    return plots + (plate.note ? rowGap + noteLine * Math.ceil(plate.note.length * 6.2 / (width - 16)) : 0);
  }

  function note(plate, theme, width) {
    const plots = Math.max(...cells(plate, width).map((cell) => cell.top + cell.height));
    return {
      text: plate.note, left: 8, top: plots + rowGap - 4, padding: 0,
      textStyle: {
        color: theme.muted, fontSize: 12, fontWeight: 400, fontFamily: font, lineHeight: noteLine, width: width - 16, overflow: 'break',
      },
    };
  }

  function cells(plate, width) {
    const columns = plate.plots.length > 1 && width >= twoColumnsFrom ? 2 : 1;
    const cellWidth = Math.floor(width / columns);
    const rows = Math.max(...plate.plots.map((plot) => plot.lines.length + plot.regions.length));
    const plain = plate.plots.length > 1 ? plateHeight : Math.round(Math.min(plateHeight * 1.4, Math.max(plateHeight, cellWidth * 0.55)));
    const tall = plain + (cellWidth < narrowBelow ? rowHeight * rows + 8 : 0)
      + (plate.plots.some((plot) => plot.title) ? titleHeight : 0);
    return plate.plots.map((plot, i) => ({
      plot, left: (i % columns) * cellWidth, top: Math.floor(i / columns) * (tall + rowGap), width: cellWidth, height: tall,
    }));
  }

  function sheet(cells, theme) {
    const panes = cells.map((cell, i) => pane(cell, theme, i));
    return {
      animation: false,
      backgroundColor: 'transparent',
      textStyle: { fontFamily: font, color: theme.ink },
      title: panes.map((pane) => pane.title),
      grid: panes.map((pane) => pane.grid),
      xAxis: panes.map((pane) => pane.xAxis),
      yAxis: panes.map((pane) => pane.yAxis),
      tooltip: tooltip(cells.map((cell) => cell.plot), theme),
      series: panes.flatMap((pane) => pane.series),
    };
  }

  function pane(cell, theme, index) {
    const { plot, left, top, width } = cell;
    const narrow = cell.bare || width < narrowBelow;
    const room = narrow && !cell.bare ? rowHeight * (plot.lines.length + plot.regions.length) + 8 : 0;
    const over = plot.title ? titleHeight : 0;
    const tall = cell.height && cell.height - over - 26 - 44 - room;
    const frame = { left: left + 50, right: left + width - (narrow ? 16 : labelRoom), top: top + over + (cell.bare ? 10 : 26) };
    const simplex = plot.corners.length > 0;
    const drawn = simplex ? onTriangle(plot) : plot;
    const [x, y] = drawn.axes;
    const bare = cell.bare ? { name: '' } : {};
    const ends = cell.bare ? [] : [endLabels(drawn, theme, narrow)];
    const series = [
      ...drawn.regions.map((region) => shaded(region, theme)),
      ...(simplex ? [triangle(plot.corners, theme)] : []),
      ...drawn.lines.flatMap((line, i) => strokes(line, drawn.lines, i, theme, i === 0 && cell.at ? marker(cell, theme) : {})),
      ...ends,
    ];
    return {
      title: {
        text: plot.title, left: frame.left - 42, top: top + 2, padding: 0,
        textStyle: { color: theme.ink, fontSize: 13, fontWeight: 600, fontFamily: strong, width: width - 24, overflow: 'truncate' },
      },
      grid: simplex ? equilateral(frame, tall) : {
        left: frame.left, top: frame.top, width: frame.right - frame.left,
        ...(tall ? { height: tall } : { bottom: cell.bare ? 22 : 44 + room }),
      },
      xAxis: { gridIndex: index, ...scaleOf(x), ...(simplex ? { show: false } : horizontal(x, theme)), ...bare },
      yAxis: { gridIndex: index, ...scaleOf(y, cell.bare ? 4 : 8), ...(simplex ? { show: false } : vertical(y, theme)), ...bare },
      series: series.map((one) => ({ ...one, xAxisIndex: index, yAxisIndex: index })),
    };
  }

  /** The largest equilateral triangle that fits, in the middle of its room. */
  function equilateral(frame, tall) {
    const width = Math.min(frame.right - frame.left - 40, tall / Math.sqrt(0.75));
    return { left: (frame.left + frame.right - width) / 2, top: frame.top, width, height: width * Math.sqrt(0.75) };
  }

  function scaleOf(axis, parts = 8) {
    if (axis.logarithmic) {
      return { type: 'log', logBase: axis.high > 512 ? 10 : 2, min: axis.low, max: axis.high };
    }
    if (axis.exact) {
      return { type: 'value', min: axis.low, max: axis.high };
    }
    const span = axis.high - axis.low;
    const power = 10 ** Math.floor(Math.log10(span / parts));
    const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => span / size <= parts + 1e-9) ?? 10 * power;
    // Few steps are wide ones, which an axis made for more need not begin at.
    const low = parts < 8 ? Math.floor(axis.low / step + 1e-9) * step : axis.low;
    return { type: 'value', min: low, max: low + Math.ceil((axis.high - low) / step - 1e-9) * step, interval: step };
  }

  function horizontal(axis, theme) {
    return {
      name: axis.name, nameLocation: 'middle', nameGap: 25,
      ...axisStyle(axis, theme), splitLine: { show: false }, axisTick: { show: true },
    };
  }

  function vertical(axis, theme) {
    return {
      name: axis.name, nameLocation: 'end', nameGap: 10,
      ...axisStyle(axis, theme),
      nameTextStyle: { color: theme.muted, fontSize: 12, align: 'left', padding: [0, 0, 0, -42] },
    };
  }

  function axisStyle(axis, theme) {
    return {
      nameTextStyle: { color: theme.muted, fontSize: 12 },
      axisLabel: { color: theme.muted, fontSize: 12, hideOverlap: true, formatter: axis.logarithmic ? power : plain },
      axisLine: { onZero: false, lineStyle: { color: theme.muted } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: theme.rule } },
    };
  }

  function colourOf(line, theme) {
    return theme.colours[line.colour % theme.colours.length];
  }

  // One line is two series where it gets less firm: solid up to `solidTo`, dashed from there. Firm
  // lines are wide and lie below narrow ones, and later ones are narrower than earlier ones where all
  // are firm, so that none hides where they coincide.
  function strokes(line, lines, rank, theme, extra) {
    const colour = colourOf(line, theme);
    const width = lines.every((other) => other.firm) ? Math.max(1.6, 3.2 - 0.4 * rank) : line.firm ? 4 : 2;
    const lonely = new Set(runs(line.points, line.gaps).filter((run) => run.length === 1).map(([point]) => point[0]));
    const seen = (value) => (line.marked || lonely.has(value[0]) ? 7 : 0);
    const stroke = (points, type) => ({
      type: 'line', name: line.name, data: runs(points, line.gaps).flatMap((run, i) => (i ? [[run[0][0], '-'], ...run] : run)),
      showSymbol: Boolean(line.marked) || Boolean(line.gaps?.length), silent: true, symbol: 'circle', symbolSize: seen,
      z: line.firm ? 2 : 3, lineStyle: { color: colour, width, type }, itemStyle: { color: colour },
    });
    const solid = line.points.filter((point) => point[0] <= line.solidTo);
    const rest = line.points.slice(Math.max(0, solid.length - 1));
    const first = { ...stroke(solid, 'solid'), ...extra };
    return solid.length < line.points.length ? [first, stroke(rest, [5, 4])] : [first];
  }

  /** Points that no place without a number parts; whoever stands alone among several is marked. */
  function runs(points, gaps = []) {
    const all = [];
    points.forEach((point, i) => {
      const apart = i > 0 && gaps.some((gap) => gap > points[i - 1][0] && gap < point[0]);
      if (i === 0 || apart) all.push([]);
      all.at(-1).push(point);
    });
    return all;
  }

  function marker({ at, bare }, theme) {
    return {
      markLine: {
        silent: true, symbol: 'none', animation: false,
        lineStyle: { color: theme.muted, type: 'solid', width: 1, opacity: 0.6 },
        label: { show: !bare, formatter: 'n = ' + at, color: theme.muted, opacity: 1, fontSize: 11, position: 'end' },
        data: [{ xAxis: at }],
      },
    };
  }

  // A polygon in pixels: stacked lines would be wrong wherever an axis is logarithmic.
  function shaded(region, theme) {
    const at = (values) => runs(values.map((value, i) => [region.x[i], value]), region.gaps);
    const upper = at(region.upper);
    const outlines = at(region.lower).map((edge, i) => [...edge, ...upper[i].reverse()]);
    return {
      type: 'custom', silent: true, clip: true, data: [0], z: 1, tooltip: { show: false },
      renderItem: (params, api) => ({
        type: 'group',
        children: outlines.map((outline) => ({
          type: 'polygon',
          shape: { points: outline.map((point) => api.coord(point)) },
          style: { fill: theme.muted, opacity: theme.shade },
        })),
      }),
    };
  }

  // The lowest outcome is at the left, the next at the right, the best on top.
  function onTriangle(plot) {
    const place = ([, second, third]) => [second + third / 2, third];
    return {
      ...plot,
      axes: [{ low: 0, high: 1, exact: true }, { low: 0, high: 1, exact: true }],
      lines: plot.lines.map((line) => ({ ...line, points: line.points.map(place), solidTo: Infinity })),
    };
  }

  // The outline, a lattice at every tenth, and the corners' names.
  function triangle(corners, theme) {
    const places = [[0, 0], [1, 0], [0.5, 1]];
    const between = (a, b, t) => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    return {
      type: 'custom', silent: true, clip: false, data: [0], z: 1, tooltip: { show: false },
      renderItem: (params, api) => {
        const segment = (from, to, stroke, lineWidth) => ({
          type: 'polyline', shape: { points: [api.coord(from), api.coord(to)] }, style: { stroke, lineWidth, fill: 'none' },
        });
        const sides = [0, 1, 2].map((i) => [places[i], places[(i + 1) % 3], places[(i + 2) % 3]]);
        const lattice = sides.flatMap(([a, b, c]) => [2, 4, 6, 8].map((k) =>
          segment(between(a, c, k / 10), between(b, c, k / 10), theme.rule, 1)));
        const names = corners.map((name, i) => {
          const [x, y] = api.coord(places[i]);
          const text = words(name, x, y + (i === 2 ? -12 : 14), 12, theme.ink, 220);
          return { ...text, style: { ...text.style, align: 'center' } };
        });
        return {
          type: 'group',
          children: [...lattice, ...sides.map(([a, b]) => segment(a, b, theme.muted, 1.2)), ...names],
        };
      },
    };
  }

  // Names stand at the line ends, moved apart where lines meet; on narrow paper, in rows below the plot.
  function endLabels(plot, theme, narrow) {
    const entries = plot.lines.map((line) => ({
      end: anchor(line, plot), name: line.name, known: line.known, colour: colourOf(line, theme), opacity: 1,
    }));
    plot.regions.forEach((region) => {
      const last = region.x.length - 1;
      entries.push({
        end: [region.x[last], (region.lower[last] + region.upper[last]) / 2], name: region.name, known: 'shaded',
        colour: theme.muted, opacity: 0.6,
      });
    });
    const place = narrow ? below : beside;
    return {
      type: 'custom', silent: true, clip: false, z: 6, tooltip: { show: false },
      data: entries.map((entry) => entry.end),
      renderItem: (params, api) => place(entries, params, api, theme),
    };
  }

  // Where a line leaves the axes, or its last point; on a simplex, where paths end together, its middle.
  function anchor(line, plot) {
    if (plot.corners.length > 0) {
      return middle(line.points);
    }
    const [across, up] = plot.axes;
    const high = scaleOf(up).max;
    const out = line.points.findIndex((point) => point[1] > high);
    if (out < 1) return line.points[out < 0 ? line.points.length - 1 : 0];
    const [a, b] = [line.points[out - 1], line.points[out]];
    const t = (high - a[1]) / (b[1] - a[1]);
    return [across.logarithmic ? a[0] * (b[0] / a[0]) ** t : a[0] + t * (b[0] - a[0]), high];
  }

  /** The point nearest to half way along a path. */
  function middle(points) {
    const before = [0];
    for (let i = 1; i < points.length; i++) {
      before.push(before[i - 1] + Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]));
    }
    const off = before.map((length) => Math.abs(length - before.at(-1) / 2));
    return points[off.indexOf(Math.min(...off))];
  }

  function beside(entries, params, api, theme) {
    const frame = params.coordSys;
    const ends = entries.map((entry) => api.coord(entry.end));
    const middles = spread(ends.map((end) => end[1]), labelHeight, frame.y - 10, frame.y + frame.height + 16);
    const entry = entries[params.dataIndex];
    const [x, y] = ends[params.dataIndex];
    const middle = middles[params.dataIndex];
    const edge = frame.x + frame.width;
    const stroke = { stroke: entry.colour, lineWidth: 1.4, opacity: entry.opacity, fill: 'none' };
    // A line that ends inside gets a dot, and dots lead to its name: nobody takes them for data.
    const early = x < edge - 10 ? [
      { type: 'circle', shape: { cx: x, cy: y, r: 3 }, style: { fill: entry.colour, opacity: entry.opacity } },
      { type: 'polyline', shape: { points: [[x, y], [edge + 3, y]] }, style: { ...stroke, lineWidth: 1, lineDash: [1, 3] } },
    ] : [{ type: 'polyline', shape: { points: [[x, y], [edge + 3, y]] }, style: stroke }];
    return {
      type: 'group',
      children: [
        ...early,
        { type: 'polyline', shape: { points: [[edge + 3, y], [edge + 17, middle], [edge + 24, middle]] }, style: stroke },
        words(entry.name, edge + 28, middle - 7, 12, theme.ink, labelRoom - 32),
        words(entry.known, edge + 28, middle + 7, 11, theme.muted, labelRoom - 32),
      ],
    };
  }

  function below(entries, params, api, theme) {
    const frame = params.coordSys;
    const entry = entries[params.dataIndex];
    const middle = frame.y + frame.height + 56 + rowHeight * params.dataIndex;
    const left = frame.x - 38;
    return {
      type: 'group',
      children: [
        {
          type: 'rect', shape: { x: left, y: middle - 2, width: 16, height: 4 },
          style: { fill: entry.colour, opacity: entry.opacity },
        },
        words(entry.name + ' — ' + entry.known, left + 24, middle, 12, theme.ink, frame.width + 14),
      ],
    };
  }

  function words(text, x, y, size, fill, width) {
    return {
      type: 'text',
      style: { text, x, y, fill, fontFamily: font, fontSize: size, verticalAlign: 'middle', width, overflow: 'truncate' },
    };
  }

  /** Places as near the wanted ones as least squares allow, in order, `gap` apart, within the limits. */
  function spread(wanted, gap, top, bottom) {
    const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
    const first = (group) => {
      const tall = gap * (group.length - 1);
      const mean = group.reduce((sum, i) => sum + wanted[i], 0) / group.length;
      return Math.max(top, Math.min(mean - tall / 2, bottom - tall));
    };
    const groups = [];
    for (const i of order) {
      let group = [i];
      while (groups.length && first(groups.at(-1)) + gap * groups.at(-1).length > first(group)) {
        group = [...groups.pop(), ...group];
      }
      groups.push(group);
    }
    const placed = [];
    groups.forEach((group) => group.forEach((i, k) => { placed[i] = first(group) + gap * k; }));
    return placed;
  }

  // Rich text is drawn, never parsed as HTML.
  function tooltip(plots, theme) {
    return {
      trigger: 'axis', renderMode: 'richText', confine: true,
      backgroundColor: theme.paper, borderColor: theme.rule,
      textStyle: { color: theme.ink, fontSize: 12, fontFamily: font, lineHeight: 17 },
      axisPointer: { type: 'line', snap: true, label: { show: false }, lineStyle: { color: theme.muted } },
      formatter: (points) => {
        const plot = plots[points[0].axisIndex];
        if (plot.corners.length > 0) return '';
        const x = points[0].value[0];
        const [across, up] = plot.axes.map((axis) => axis.name.split(', '));
        const rows = plot.lines.map((line) => [line.name, valueAt(line, x)])
          .filter(([, value]) => value !== null)
          .sort((a, b) => b[1] - a[1])
          .map(([name, value]) => digits(value) + '  ' + name.replace(/[{}|]/g, ' '));
        return [across[0] + ' = ' + power(x) + (up[1] ? ', ' + up[1] : ''), ...rows].join('\n');
      },
    };
  }

  // Between two points, on the straight line that is drawn there.
  function valueAt({ points, gaps }, x) {
    const run = runs(points, gaps).find((one) => one[0][0] <= x && one.at(-1)[0] >= x) ?? [];
    const after = run.findIndex((point) => point[0] >= x);
    if (after < 0) return null;
    const [b, a] = [run[after], run[after - 1]];
    if (b[0] === x || !a) return b[0] === x ? b[1] : null;
    return a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0]);
  }

  function power(value) {
    const exponent = Math.log10(value);
    return value >= 1e4 && Number.isInteger(exponent)
      ? '10' + String(exponent).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit])
      : plain(value);
  }

  function plain(value) {
    return String(Math.abs(value) < 0.01 ? Number(value.toPrecision(3)) : Math.round(value * 1000) / 1000);
  }

  function digits(value) {
    return value === 0 || (Math.abs(value) >= 0.01 && Math.abs(value) < 1e4) ? value.toFixed(4) : String(Number(value.toPrecision(5)));
  }

  const tableColumns = ['panel', 'series', 'evidence', 'x_name', 'y_name', 'x', 'y', 'z'];

  /** The numbers of plots as CSV, a row a point, as the command writes them: each the shortest that reads back the same. */
  function table(plots) {
    const rows = plots.flatMap((plot) => {
      const [x, y] = plot.corners.length > 0 ? plot.corners : plot.axes.map((axis) => axis.name);
      const row = (series, known, point) => [plot.title, series, known, x, y, point[0], point[1], point[2] ?? ''];
      return [
        ...plot.lines.flatMap((line) => line.points.map((point) => row(line.name, line.known, point))),
        ...plot.regions.flatMap((region) => ['lower', 'upper'].flatMap((edge) =>
          region.x.map((at, i) => row(region.name + ', ' + edge, 'shaded', [at, region[edge][i]])))),
      ];
    });
    return csv([tableColumns, ...rows]);
  }

  /** Rows of cells as CSV by RFC 4180, lines ending in a line feed; no text begins as a formula of a spreadsheet does. */
  function csv(rows) {
    const safe = (cell) => (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? "'" + cell : String(cell));
    const quoted = (cell) => (/[",\r\n]/.test(cell) ? '"' + cell.replaceAll('"', '""') + '"' : cell);
    return rows.map((row) => row.map(safe).map(quoted).join(',') + '\n').join('');
  }

  return { themes, panelPlots, alone, height, plate, plateSize, small, spread, table, csv };
})();
