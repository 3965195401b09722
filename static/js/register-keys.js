// The register by keyboard. Keys work only while something in the register has the focus, and never with a modifier:
// whoever speaks to the computer, or uses keys of the browser, marks nobody by chance.

const LETTERS = "plrae";

/** Lets up and down move between children, a letter mark one and move on, and "/" lead to the box that finds a name. */
export function keys(form, rows, find) {
  const said = document.createElement("p");
  said.className = "vh";
  said.setAttribute("role", "status");
  form.append(said);
  form.querySelector("[data-keys]").hidden = false;

  const focus = (row) => (row.querySelector("input:checked") ?? row.querySelector("input")).focus();
  /** Moves to the next child shown, or the one before; stays at either end. */
  const move = (from, step) => {
    let at = from + step;
    while (rows[at]?.hidden) at += step;
    if (rows[at]) focus(rows[at]);
  };
  const mark = (row, letter) => {
    const choice = row.querySelector(`input[value="${letter}"]`);
    if (!choice.checked) {
      choice.checked = true;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    }
    said.textContent = `${row.querySelector(".mark-name").textContent}: ${choice.parentElement.textContent}`;
    choice.focus();
  };

  form.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (target === find && key === "ArrowDown") move(-1, 1);
    else if (target.matches("input:not([type=radio]), select, textarea")) return;
    else if (key === "/" && find) find.select();
    else {
      const row = target.closest(".mark");
      if (!row || event.shiftKey) return;
      const letter = key.toLowerCase();
      if (step) move(rows.indexOf(row), step);
      else if (letter.length === 1 && LETTERS.includes(letter)) {
        mark(row, letter);
        move(rows.indexOf(row), 1);
      } else return;
    }
    event.preventDefault();
  });
}
