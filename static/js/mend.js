// A row of a class list that is mended is checked at once, in its place; without script the page comes back with it.

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-mend]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  const sent = new FormData(form, event.submitter);
  event.submitter?.setAttribute("aria-disabled", "true");
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: sent, headers: { "X-Part": "row" }, redirect: "manual" });
  } catch {
    /* no network: below */
  }
  if (!answer?.ok) {
    // whatever it was, the whole page says it
    form.removeAttribute("data-mend");
    delete form.dataset.sent;
    event.submitter?.removeAttribute("aria-disabled");
    if (answer) form.requestSubmit(event.submitter);
    else tell(form, "There is no network. Nothing was lost: press again when it is back.");
    if (!answer) form.setAttribute("data-mend", "");
    return;
  }
  const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of [...parts.body.children]) {
    const here = document.getElementById(part.id);
    if (!here) continue;
    here.replaceWith(part);
    if (part.matches(".mend")) (part.querySelector("[aria-invalid]") ?? part).focus();
  }
}, true);

function tell(form, words) {
  const told = form.querySelector("[data-told]") ?? form.appendChild(document.createElement("p"));
  told.dataset.told = "";
  told.setAttribute("role", "alert");
  told.textContent = words;
}
