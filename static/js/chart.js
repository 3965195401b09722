// Draws each figure[data-chart] from the Vega-Lite definition beside it. The table next to the figure says the same,
// so without this script, or without Vega, the figure stays closed and nothing is missing.

const dark = window.matchMedia("(prefers-color-scheme: dark)");

function look() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  const words = { font: token("--font"), labelFont: token("--font"), titleFont: token("--font") };
  const axis = {
    ...words,
    labelFontSize: 14, titleFontSize: 14, titleFontWeight: 400,
    labelColor: token("--muted"), titleColor: token("--muted"),
    domainColor: token("--text"), gridColor: token("--chart-grid"), ticks: false, labelPadding: 8,
  };
  return {
    background: "transparent",
    font: token("--font"),
    view: { stroke: null },
    axis,
    legend: { ...words, labelFontSize: 14, titleFontSize: 14, labelColor: token("--text"), titleColor: token("--muted") },
    text: { font: token("--font"), fontSize: 14, color: token("--text") },
    bar: { color: token("--chart-1"), cornerRadiusEnd: 2 },
    line: { color: token("--chart-1"), strokeWidth: 2.5 },
    point: { color: token("--chart-1"), filled: true, size: 70 },
    rule: { color: token("--chart-2") },
    range: { category: [token("--chart-1"), token("--chart-2"), token("--chart-3")] },
  };
}

async function draw(figure) {
  const plot = figure.querySelector(".chart-plot");
  const spec = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  plot.hidden = false;
  await window.vegaEmbed(plot, { width: "container", ...spec, config: { ...look(), ...spec.config } }, {
    // the policy allows neither eval nor inline style
    ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true },
  });
}

const drawAll = () => {
  for (const figure of document.querySelectorAll("figure[data-chart]")) draw(figure);
};

if (window.vegaEmbed) {
  drawAll();
  dark.addEventListener("change", drawAll);
}
