// Conveniences only: every page works without this file.

const inField = (element) => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

function themeToggle() {
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* the choice then lasts for this page */ }
  });
}

function shortcuts() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
    if (event.key === "/") {
      document.querySelector("[data-shortcut='/']")?.focus();
      event.preventDefault();
    } else if (event.key === "j" || event.key === "k") {
      const titles = [...document.querySelectorAll(".card .title a")];
      const at = titles.indexOf(document.activeElement);
      const next = titles[event.key === "j" ? at + 1 : Math.max(at - 1, 0)];
      next?.focus();
      next?.scrollIntoView({ block: "center" });
    }
  });
}

// A vote shows at once and is taken back when the server refuses it.
function votes() {
  if (!document.querySelector(".vote-form")) return;
  const notice = document.querySelector("p.toast") ?? document.body.appendChild(Object.assign(document.createElement("p"), { className: "toast" }));
  notice.setAttribute("role", "status");
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.classList.contains("vote-form")) return;
    event.preventDefault();
    const button = form.querySelector("button");
    const count = form.querySelector(".count");
    const wanted = form.elements.namedItem("wanted");
    const body = new URLSearchParams(new FormData(form));
    const before = { count: count.textContent, pressed: button.getAttribute("aria-pressed"), wanted: wanted.value };
    const show = (upvotes, given) => {
      count.textContent = String(upvotes);
      button.setAttribute("aria-pressed", String(given));
      wanted.value = String(!given);
    };
    notice.textContent = "";
    show(Number(before.count) + (before.wanted === "true" ? 1 : -1), before.wanted === "true");
    try {
      const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const answer = await response.json();
      show(answer.upvotes, answer.given);
      button.setAttribute("aria-label", answer.label);
    } catch {
      show(Number(before.count), before.pressed === "true");
      notice.textContent = form.dataset.failed;
    }
  });
}

function copyButtons() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.closest("details").querySelector("pre").textContent);
      button.textContent = button.dataset.copied;
    });
  }
}

themeToggle();
shortcuts();
votes();
copyButtons();
