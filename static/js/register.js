// The register works without this. With it the count is live, a name can be found, and the bar says what is not saved.

const form = document.querySelector("form[data-register]");
if (form) {
  const rows = [...form.querySelectorAll(".mark")];
  const count = form.querySelector("[data-count] b");
  const saved = form.querySelector("[data-saved]");
  const here = () => rows.filter((row) => row.querySelector(".choice-p :checked, .choice-l :checked")).length;

  const recount = () => {
    if (count) count.textContent = `${here()} of ${rows.length}`;
  };

  form.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    recount();
    if (!saved || saved.classList.contains("state-n")) return;
    saved.classList.replace("state-p", "state-n");
    saved.replaceChildren("Changed, not saved yet");
  });
  recount();

  const find = form.querySelector("[data-find]");
  if (find) {
    find.hidden = false;
    const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const names = rows.map((row) => plain(row.querySelector(".mark-name").textContent));
    const box = find.querySelector("input");
    box.addEventListener("input", () => {
      const wanted = plain(box.value.trim());
      rows.forEach((row, i) => { row.hidden = !names[i].includes(wanted); });
    });
    // Enter in the box must not save half a register
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }
}
