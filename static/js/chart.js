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
  // a picture is told in one sentence, not mark by mark: the numbers are in the table beside it
  mark: { aria: false },
  bar: { color: "var(--chart-1)", cornerRadiusEnd: 2 },
  line: { color: "var(--chart-1)", strokeWidth: 2.5 },
  point: { color: "var(--chart-1)", filled: true, size: 70 },
  rule: { color: "var(--chart-2)" },
  range: { category: ["var(--chart-1)", "var(--chart-2)", "var(--chart-3)"] },
};

// the policy allows neither eval nor inline style
const OPTIONS = { ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true } };
// a picture that is taken away lies on white, whatever the theme of the page (evaluation/charts/palette.py)
const PAPER = {
  "--text": "#181c36", "--muted": "#565a72", "--chart-grid": "#e4dbd1",
  "--chart-1": "#181c36", "--chart-2": "#ea661d", "--chart-3": "#77738a",
};
const SAVED_WIDTH = 760;

async function draw(figure) {
  const plot = figure.querySelector(".chart-plot");
  const spec = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  figure.hidden = false;
  await window.vegaEmbed(plot, { width: "container", ...spec, config: { ...look, ...spec.config } }, OPTIONS);
  if (figure.dataset.saved) figure.append(offer(figure, spec));
}

// Of figures that are not published there is no picture on the server: the browser makes it, with words drawn into it
// that say whose it is and that it is not for publication.
function offer(figure, spec) {
  const title = figure.querySelector("figcaption > :first-child").textContent;
  const row = document.createElement("p");
  row.className = "row small screen-only files";
  row.append("Take the picture away:");
  for (const kind of ["svg", "png"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.textContent = kind.toUpperCase();
    const of = document.createElement("span");
    of.className = "vh";
    of.textContent = ` of ${title}`;
    button.append(of);
    button.addEventListener("click", () => save(title, figure.dataset.saved, spec, kind));
    row.append(button);
  }
  return row;
}

async function save(title, words, spec, kind) {
  const onPaper = JSON.stringify({ ...spec, config: { ...look, ...spec.config } })
    .replace(/var\((--[\w-]+)\)/g, (whole, token) => PAPER[token] ?? whole);
  const named = { text: title, subtitle: words, anchor: "start", offset: 16, fontSize: 18, subtitleFontSize: 14, color: PAPER["--text"], subtitleColor: PAPER["--text"] };
  const drawn = { ...JSON.parse(onPaper), background: "#ffffff", padding: 16, width: SAVED_WIDTH, title: named };
  const { view } = await window.vegaEmbed(document.createElement("div"), drawn, OPTIONS);
  const link = document.createElement("a");
  link.href = kind === "png"
    ? await view.toImageURL("png", 2)
    : URL.createObjectURL(new Blob([await view.toSVG()], { type: "image/svg+xml" }));
  link.download = `${`${words} ${title}`.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.${kind}`;
  link.click();
  view.finalize();
}

if (window.vegaEmbed) {
  for (const figure of document.querySelectorAll("figure[data-chart]")) draw(figure);
}
