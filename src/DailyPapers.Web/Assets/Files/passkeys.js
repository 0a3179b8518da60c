// Passkeys. Without this file, or in a browser that has none, their forms stay hidden and passwords work as ever.

const able = globalThis.PublicKeyCredential
  && PublicKeyCredential.parseCreationOptionsFromJSON && PublicKeyCredential.parseRequestOptionsFromJSON;

async function options(form) {
  const response = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail ?? form.dataset.silent);
  return answer;
}

function enable(form, ask) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    const credential = form.elements.namedItem("credential");
    if (credential.value) return;
    event.preventDefault();
    const problem = form.querySelector("[role=alert]");
    problem.hidden = true;
    try {
      credential.value = JSON.stringify(await ask(await options(form)));
      form.requestSubmit();
    } catch (error) {
      credential.value = "";
      problem.textContent = error.name === "NotAllowedError" ? form.dataset.stopped : error.message;
      problem.hidden = false;
    }
  });
}

if (able) {
  for (const form of document.querySelectorAll("form[data-passkey=create]"))
    enable(form, async (json) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) }));
  for (const form of document.querySelectorAll("form[data-passkey=sign-in]"))
    enable(form, async (json) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) }));
}
