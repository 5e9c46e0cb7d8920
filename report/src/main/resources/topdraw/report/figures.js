// Figures as data: pure functions from curves to ECharts options. There is no DOM here and no state,
// so that any engine that runs ECharts draws the same picture.
//
// A figure is {panels}; a panel {solidTo, at, kl, winRate, band}; a curve
// {name, known, firm, colour, values} with values[0] at n = 1: `known` says how well the curve is known,
// `firm` that it holds for every n, however few independent maxima a pool has left.
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
  const font = 'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';
  const labelRoom = 196;
  const labelHeight = 29;
  const rowHeight = 20;
  const narrowBelow = 470;

  /** KL divergence against n, in nats; all panels of a figure share one scale. */
  function kl(figure, panel, theme, width) {
    return chart({
      curves: panel.kl, band: panel.band, panel, theme, width,
      unit: 'nats', axis: 'KL divergence, nats', low: 0, ...klScale(figure),
    });
  }

  /** Win rate against n. */
  function winRate(figure, panel, theme, width) {
    const lowest = Math.min(...panel.winRate.flatMap((curve) => curve.values));
    return chart({
      curves: panel.winRate, band: null, panel, theme, width,
      unit: '', axis: 'win rate', low: lowest < 0.5 ? Math.floor(lowest * 10) / 10 : 0.5, high: 1, step: 0.1,
    });
  }

  function klScale(figure) {
    const values = figure.panels.flatMap((panel) => [
      ...panel.kl.flatMap((curve) => curve.values), ...(panel.band ? panel.band.upper : []),
    ]);
    const top = Math.max(0.5, ...values);
    const step = [0.1, 0.5, 1, 2, 5, 10].find((size) => top / size <= 8) ?? 50;
    return { high: Math.ceil(top / step - 1e-9) * step, step };
  }

  /** The height that leaves the plot itself as tall as `plot`, in pixels. */
  function height(curves, band, width, plot) {
    return plot + (width < narrowBelow ? rowHeight * (curves.length + (band ? 1 : 0)) + 8 : 0);
  }

  function chart(spec) {
    const { curves, band, panel, theme, width } = spec;
    const narrow = width < narrowBelow;
    const labels = endLabels(curves, band, theme, narrow);
    const last = Math.max(...curves.map((curve) => curve.values.length));
    return {
      animation: false,
      backgroundColor: 'transparent',
      textStyle: { fontFamily: font, color: theme.ink },
      grid: {
        left: 50,
        right: narrow ? 16 : labelRoom,
        top: 26,
        bottom: 44 + (narrow ? rowHeight * labels.data.length + 8 : 0),
      },
      xAxis: {
        type: 'log', logBase: last > 512 ? 10 : 2, min: 1, max: Math.max(2, last),
        name: 'n, completions drawn', nameLocation: 'middle', nameGap: 25,
        ...axisStyle(theme), splitLine: { show: false }, axisTick: { show: true },
      },
      yAxis: {
        type: 'value', min: spec.low, max: spec.high, interval: spec.step,
        name: spec.axis, nameLocation: 'end', nameGap: 10,
        ...axisStyle(theme),
        nameTextStyle: { color: theme.muted, fontSize: 12, align: 'left', padding: [0, 0, 0, -42] },
      },
      tooltip: tooltip(curves, spec.unit, theme),
      series: [
        ...(band ? [shaded(band, theme)] : []),
        ...curves.flatMap((curve, i) => lines(curve, panel.solidTo, theme, i === 0 ? marker(panel.at, theme) : {})),
        labels,
      ],
    };
  }

  function axisStyle(theme) {
    return {
      nameTextStyle: { color: theme.muted, fontSize: 12 },
      axisLabel: { color: theme.muted, fontSize: 12, hideOverlap: true, formatter: plain },
      axisLine: { lineStyle: { color: theme.muted } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: theme.rule } },
    };
  }

  // One curve is two series where it gets less firm: solid up to `solidTo`, dashed from there. Firm
  // curves are wide and lie below narrow ones, so that none hides where they coincide.
  function lines(curve, solidTo, theme, extra) {
    const points = curve.values.map((value, i) => [i + 1, value]);
    const colour = theme.colours[curve.colour % theme.colours.length];
    const line = (data, type) => ({
      type: 'line', name: curve.name, data, showSymbol: false, silent: true, symbol: 'circle', symbolSize: 7,
      z: curve.firm ? 2 : 3, lineStyle: { color: colour, width: curve.firm ? 4 : 2, type }, itemStyle: { color: colour },
    });
    const cut = curve.firm ? points.length : Math.min(solidTo, points.length);
    const solid = { ...line(points.slice(0, cut), 'solid'), ...extra };
    return cut < points.length ? [solid, line(points.slice(cut - 1), [5, 4])] : [solid];
  }

  function marker(at, theme) {
    return {
      markLine: {
        silent: true, symbol: 'none', animation: false,
        lineStyle: { color: theme.muted, type: 'solid', width: 1, opacity: 0.6 },
        label: { formatter: 'n = ' + at, color: theme.muted, opacity: 1, fontSize: 11, position: 'end' },
        data: [{ xAxis: at }],
      },
    };
  }

  // A polygon in pixels: stacked lines would be wrong wherever an axis is logarithmic.
  function shaded(band, theme) {
    const at = (values) => values.map((value, i) => [i + 1, value]);
    const outline = [...at(band.lower), ...at(band.upper).reverse()];
    return {
      type: 'custom', silent: true, clip: true, data: [0], z: 1, tooltip: { show: false },
      renderItem: (params, api) => ({
        type: 'polygon',
        shape: { points: outline.map((point) => api.coord(point)) },
        style: { fill: theme.muted, opacity: theme.shade },
      }),
    };
  }

  // Names stand at the line ends, moved apart where lines meet; on narrow paper, in rows below the plot.
  function endLabels(curves, band, theme, narrow) {
    const colourOf = (item) => theme.colours[item.colour % theme.colours.length];
    const entries = curves.map((curve) => ({
      end: [curve.values.length, curve.values.at(-1)], name: curve.name, known: curve.known, colour: colourOf(curve),
      opacity: 1,
    }));
    if (band) {
      const end = band.upper.length;
      entries.push({
        end: [end, (band.lower[end - 1] + band.upper[end - 1]) / 2], name: band.name, known: 'shaded',
        colour: theme.muted, opacity: 0.6,
      });
    }
    const place = narrow ? below : beside;
    return {
      type: 'custom', silent: true, clip: false, z: 6, tooltip: { show: false },
      data: entries.map((entry) => entry.end),
      renderItem: (params, api) => place(entries, params, api, theme),
    };
  }

  function beside(entries, params, api, theme) {
    const frame = params.coordSys;
    const ends = entries.map((entry) => api.coord(entry.end));
    const middles = spread(ends.map((end) => end[1]), labelHeight, frame.y - 10, frame.y + frame.height + 16);
    const entry = entries[params.dataIndex];
    const [x, y] = ends[params.dataIndex];
    const middle = middles[params.dataIndex];
    const edge = frame.x + frame.width;
    return {
      type: 'group',
      children: [
        {
          type: 'polyline', shape: { points: [[x, y], [edge + 3, y], [edge + 17, middle], [edge + 24, middle]] },
          style: { stroke: entry.colour, lineWidth: 1.4, opacity: entry.opacity, fill: 'none' },
        },
        words(entry.name, edge + 28, middle - 7, 12, theme.ink, labelRoom - 32),
        words(entry.known, edge + 28, middle + 7, 11, theme.muted, labelRoom - 32),
      ],
    };
  }

  function below(entries, params, api, theme) {
    const frame = params.coordSys;
    const entry = entries[params.dataIndex];
    const middle = frame.y + frame.height + 56 + rowHeight * params.dataIndex;
    return {
      type: 'group',
      children: [
        {
          type: 'rect', shape: { x: 12, y: middle - 2, width: 16, height: 4 },
          style: { fill: entry.colour, opacity: entry.opacity },
        },
        words(entry.name + ' — ' + entry.known, 36, middle, 12, theme.ink, frame.x + frame.width - 36),
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
  function tooltip(curves, unit, theme) {
    return {
      trigger: 'axis', renderMode: 'richText', confine: true,
      backgroundColor: theme.paper, borderColor: theme.rule,
      textStyle: { color: theme.ink, fontSize: 12, fontFamily: font, lineHeight: 17 },
      axisPointer: { type: 'line', snap: true, label: { show: false }, lineStyle: { color: theme.muted } },
      formatter: (points) => {
        const n = points[0].value[0];
        const rows = curves.filter((curve) => curve.values.length >= n)
          .map((curve) => [curve.name, curve.values[n - 1]])
          .sort((a, b) => b[1] - a[1])
          .map(([name, value]) => value.toFixed(4) + '  ' + name.replace(/[{}|]/g, ' '));
        return ['n = ' + n + (unit ? ', ' + unit : ''), ...rows].join('\n');
      },
    };
  }

  function plain(value) {
    return String(Math.round(value * 1000) / 1000);
  }

  return { themes, kl, winRate, height, spread };
})();
