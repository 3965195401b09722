// The count follows the thumb. Without this the page works the same; only Save changes anything, here or there.
const form = document.querySelector("[data-register]");
const count = form?.querySelector("[data-count] b");
const saved = form?.querySelector("[data-saved]");

function recount() {
  const here = form.querySelectorAll('input[value="p"]:checked, input[value="l"]:checked').length;
  const all = form.querySelectorAll(".mark").length;
  count.textContent = `${here} of ${all}`;
}

if (form && count) {
  recount();
  form.addEventListener("change", () => {
    recount();
    if (saved) saved.textContent = "Changes not saved yet";
  });
}
