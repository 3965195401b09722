// On every page: one press saves once, and what a register could not send is not forgotten.

const words = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
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

let kept = [];
try { kept = Object.keys(localStorage); } catch { /* a browser that keeps nothing has nothing waiting */ }
if (kept.some((key) => /^(unsent|draft):/.test(key))) import("./unsent-bar.js");
