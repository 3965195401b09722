// The sum of the boxes follows what is typed. Without this script it is that of what is kept.

const boxes = [...document.querySelectorAll("[data-pounds]")];
const total = document.querySelector("[data-total]");
const WRITTEN = /^£?(\d{1,3}(,\d{3})+|\d{1,10})(\.\d{1,2})?$/;

// in pence: tenths of a pound have no exact number
function pence(text) {
  const squeezed = text.replace(/\s/g, "");
  if (squeezed === "") return 0;
  return WRITTEN.test(squeezed) ? Math.round(Number(squeezed.replace(/[£,]/g, "")) * 100) : NaN;
}

function add() {
  const filled = boxes.filter((box) => box.value.trim() !== "");
  const sum = filled.reduce((so_far, box) => so_far + pence(box.value), 0);
  const places = sum % 100 ? 2 : 0;
  const said = (sum / 100).toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
  total.textContent = Number.isNaN(sum) ? "One sum is not in figures" : filled.length ? `£${said}` : "Nothing yet";
}

for (const box of boxes) box.addEventListener("input", add);
add();
