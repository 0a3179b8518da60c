// Reactions without loading the page again; every form works without this file.

// One message for all modules of a page.
const notice = document.querySelector("p.toast") ?? document.body.appendChild(Object.assign(document.createElement("p"), { className: "toast" }));
notice.setAttribute("role", "status");

function show(button, count, given) {
  button.querySelector(".count").textContent = count > 0 ? String(count) : "";
  button.setAttribute("aria-pressed", String(given));
  button.name = given ? "take" : "give";
}

// A reaction shows at once and is taken back when the server refuses it.
async function react(event) {
  const form = event.target;
  const button = event.submitter;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-reactions]") || !button) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, button));
  const before = Number(button.querySelector(".count").textContent);
  const gives = button.name === "give";
  notice.textContent = "";
  show(button, before + (gives ? 1 : -1), gives);
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const answer = await response.json();
    show(button, answer.count, answer.given);
  } catch {
    show(button, before, !gives);
    notice.textContent = form.closest("[data-failed]").dataset.failed;
  }
}

// Whoever opens a reply wants to write it.
function focusReply(event) {
  if (event.target instanceof HTMLDetailsElement && event.target.matches(".reply[open]")) event.target.querySelector("textarea")?.focus();
}

if (document.querySelector(".comments")) {
  document.addEventListener("submit", react);
  document.addEventListener("toggle", focusReply, true);
}
