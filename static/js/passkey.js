// A press that talks to a passkey: [data-passkey="create|get"] in a form with a hidden field `credential`.
// What the browser is asked stands in the JSON named by data-options, or is fetched from where the form goes.
// webauthn-json.js, of the sign-in package, is loaded before: it turns bytes into text and back.

const FAILED = "Nothing came back from your device. Try again, or use another way below.";

function forOwnUse(options) {
  const asked = structuredClone(options);
  // a passkey proves the device and its owner: with it alone somebody is in
  Object.assign(asked.publicKey.authenticatorSelection, {
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  });
  return asked;
}

async function read(button) {
  const named = button.dataset.options;
  if (named) return JSON.parse(document.getElementById(named).textContent);
  const answer = await fetch(button.form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return answer.json();
}

async function press(button) {
  const told = document.getElementById(button.dataset.problem);
  told.hidden = true;
  try {
    const found = await read(button);
    const credential = found.creation_options
      ? await webauthnJSON.create(forOwnUse(found.creation_options))
      : await webauthnJSON.get(found.request_options);
    button.form.elements.credential.value = JSON.stringify(credential);
    button.form.submit();
  } catch {
    told.textContent = FAILED;
    told.hidden = false;
  }
}

for (const button of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  for (const hidden of document.querySelectorAll("[data-with-passkey]")) hidden.hidden = false;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    press(button);
  });
}
