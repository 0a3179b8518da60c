// Arranging an edition by keyboard and by dragging. Every button is a form that works without this file.

const inField = (element) => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
const desk = () => document.querySelector("[data-desk]");
const candidates = () => [...document.querySelectorAll(".candidate")];

// One message for all modules of a page.
const notice = document.querySelector("p.toast") ?? document.body.appendChild(Object.assign(document.createElement("p"), { className: "toast" }));
notice.setAttribute("role", "status");

// Sends a form and puts the desk of the answer in the place of the one that is shown, so that the place on the page is kept.
// One at a time: what is pressed meanwhile waits its turn, in the order it was pressed.
let turn = Promise.resolve();
function send(form, focus) {
  const body = new URLSearchParams(new FormData(form));
  const action = form.action;
  turn = turn.then(async () => {
    try {
      const response = await fetch(action, { method: "POST", body });
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-desk]");
      if (!fresh) throw new Error(`status ${response.status}`);
      desk().replaceWith(fresh);
      prepare();
      focus?.();
    } catch {
      notice.textContent = desk().dataset.failed;
    }
  });
}

const focusOn = (element) => {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "nearest" });
};

function prepare() {
  document.querySelector("[data-desk-keys]").hidden = false;
  const list = document.querySelector("[data-desk-picks]");
  if (!list) return;
  let dragged = null;
  for (const item of list.children) item.draggable = true;
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("li");
    event.dataTransfer.effectAllowed = "move";
    dragged?.classList.add("dragged");
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = event.target.closest("li");
    if (!over || over === dragged) return;
    const box = over.getBoundingClientRect();
    list.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    dragged = null;
    const form = document.querySelector("[data-desk-order]");
    form.elements.namedItem("papers").value = [...list.children].map((item) => item.dataset.paper).join(",");
    send(form);
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.deskAction) return;
  event.preventDefault();
  const next = form.elements.namedItem("next")?.value;
  const paper = form.elements.namedItem("paper")?.value;
  const again = `li[data-paper="${paper}"] [data-desk-action="${form.dataset.deskAction}"] button`;
  send(form, () => focusOn(next ? document.getElementById(`c-${next}`) : document.querySelector(`${again}:not([disabled])`)));
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
  const all = candidates();
  const current = document.activeElement?.closest?.(".candidate");
  const at = all.indexOf(current);
  switch (event.key) {
    case "j": focusOn(all[Math.min(at + 1, all.length - 1)]); break;
    case "k": focusOn(all[Math.max(at - 1, 0)]); break;
    case "p": current?.querySelector("[data-desk-action='pick'] button")?.click(); break;
    case "s": current?.querySelector("[data-desk-action='skip'] button, [data-desk-action='unskip'] button")?.click(); break;
    case "o": current?.querySelector(".title a")?.click(); break;
    default: return;
  }
  event.preventDefault();
});

prepare();
