// Draws each figure[data-chart] from the Vega-Lite definition beside it. The table next to the figure says the same,
// so without this script, or without Vega, the figure stays closed and nothing is missing.

// Colours stay names of tokens: the picture follows dark mode, and paper, without being drawn again.
const font = getComputedStyle(document.documentElement).getPropertyValue("--font").trim();
const words = { labelFont: font, titleFont: font, labelFontSize: 14, titleFontSize: 14, titleFontWeight: 400 };
const look = {
  background: "transparent",
  font,
  view: { stroke: null },
  axis: {
    ...words,
    labelColor: "var(--muted)", titleColor: "var(--muted)", domainColor: "var(--text)", gridColor: "var(--chart-grid)",
    ticks: false, labelPadding: 8,
  },
  legend: { ...words, labelColor: "var(--text)", titleColor: "var(--muted)" },
  header: { ...words, labelColor: "var(--text)", titleColor: "var(--muted)" },
  text: { font, fontSize: 14, color: "var(--text)" },
  bar: { color: "var(--chart-1)", cornerRadiusEnd: 2 },
  line: { color: "var(--chart-1)", strokeWidth: 2.5 },
  point: { color: "var(--chart-1)", filled: true, size: 70 },
  rule: { color: "var(--chart-2)" },
  range: { category: ["var(--chart-1)", "var(--chart-2)", "var(--chart-3)"] },
};

async function draw(figure) {
  const plot = figure.querySelector(".chart-plot");
  const spec = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  figure.hidden = false;
  await window.vegaEmbed(plot, { width: "container", ...spec, config: { ...look, ...spec.config } }, {
    // the policy allows neither eval nor inline style
    ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true },
  });
}

if (window.vegaEmbed) {
  for (const figure of document.querySelectorAll("figure[data-chart]")) draw(figure);
}
