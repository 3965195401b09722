// A paper sheet keyed in by digits: each ticks the answer of a line and goes on to the next. Without script the lines
// are radio buttons, as everywhere.

const form = document.querySelector("[data-keying]");
const rows = [...form.querySelectorAll("[data-item]")];
const number = form.querySelector("#number");
document.querySelector("[data-keys]").hidden = false;

const choices = (row) => [...row.querySelectorAll("input")];
const go = (row) => choices(row)?.find((each) => each.checked)?.focus();

// four digits are a number: the first line is next
number.addEventListener("input", () => {
  if (number.value.trim().length === number.maxLength && rows.length) go(rows[0]);
});

form.addEventListener("keydown", (event) => {
  const at = rows.findIndex((row) => row.contains(event.target));
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const digit = Number.parseInt(event.key, 10);
  if (Number.isNaN(digit)) return;
  const inputs = choices(rows[at]);
  const blank = inputs.length - 1;
  if (digit > blank) return;
  event.preventDefault();
  inputs[digit === 0 ? blank : digit - 1].checked = true;
  const next = rows[at + 1];
  if (next) go(next);
  else form.querySelector("button").focus();
});
