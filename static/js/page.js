// On every page: one press saves once, "/" goes to the search, and what a register could not send is not forgotten.

const words = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  // what is answered with a file leaves the page as it is, and may be asked for again
  if (form.method !== "post" || event.defaultPrevented || "again" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (!button?.classList.contains("button-main")) return;
  words.set(button, [...button.childNodes]);
  button.style.minInlineSize = `${button.offsetWidth}px`;
  // not disabled, or its name and value would not be sent
  button.setAttribute("aria-disabled", "true");
  button.textContent = button.dataset.busy ?? "Saving";
});

// Back from the next page: the browser may show this one as it was left
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[aria-disabled]")) {
      if (words.has(button)) button.replaceChildren(...words.get(button));
      button.removeAttribute("aria-disabled");
    }
  }
});

// "/" goes to the search: to its field where one is in sight, else to its page; nowhere while something is written.
// A single key can be pressed by accident or by a voice, so it can be turned off, on the search page.
const slash = {
  get isOn() { try { return localStorage.getItem("slash") !== "off"; } catch { return true; } },
  set isOn(on) { try { localStorage.setItem("slash", on ? "on" : "off"); } catch { /* it stays as it was */ } },
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !slash.isOn) return;
  if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, dialog")) return;
  const field = [...document.querySelectorAll("[data-seek]")].find((one) => one.offsetParent);
  const link = document.querySelector(".seek-link");
  if (!field && !link) return;
  event.preventDefault();
  if (field) field.focus();
  else link.click();
});

const slashBox = document.querySelector("[data-slash]");
if (slashBox) {
  slashBox.closest("[hidden]").hidden = false;
  slashBox.checked = slash.isOn;
  slashBox.addEventListener("change", () => { slash.isOn = slashBox.checked; });
}
if (!slash.isOn) document.querySelector(".seek kbd")?.remove();

let kept = [];
try { kept = Object.keys(localStorage); } catch { /* a browser that keeps nothing has nothing waiting */ }
if (kept.some((key) => /^(unsent|draft):/.test(key))) import("./unsent-bar.js");
