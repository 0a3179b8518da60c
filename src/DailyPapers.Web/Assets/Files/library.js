// The reading list and the order of collections without loading the page anew. Everything works without this file.

const json = { Accept: "application/json" };

let notice;
function tell(text) {
  notice ??= document.querySelector("p.toast") ?? document.body.appendChild(Object.assign(document.createElement("p"), { className: "toast" }));
  notice.setAttribute("role", "status");
  notice.textContent = text;
}

// A choice shows at once and is taken back when the server refuses it.
function reading() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.classList.contains("reading-form") || !event.submitter) return;
    event.preventDefault();
    const buttons = [...form.querySelectorAll("button[data-state]")];
    const before = buttons.find((button) => button.getAttribute("aria-pressed") === "true")?.dataset.state ?? "none";
    const show = (state) => {
      for (const button of buttons) {
        const pressed = button.dataset.state === state;
        button.setAttribute("aria-pressed", String(pressed));
        button.value = pressed ? "none" : button.dataset.state;
      }
    };
    const body = new URLSearchParams(new FormData(form, event.submitter));
    tell("");
    show(event.submitter.value);
    try {
      const response = await fetch(form.action, { method: "POST", body, headers: json });
      if (!response.ok) throw new Error(`status ${response.status}`);
      show((await response.json()).state);
    } catch {
      show(before);
      tell(form.dataset.failed);
    }
  });
}

// Papers of one's own collection are dragged by a handle; the arrows do the same for keyboards, touch and screen readers.
function arranging() {
  const list = document.querySelector("[data-arrange]");
  const form = list && document.getElementById(list.dataset.arrange);
  if (!form || list.children.length < 2) return;
  const order = () => [...list.children].map((item) => item.dataset.paper).join();
  let dragged = null;
  let before = [];
  let saved = order();

  const arrows = () => [...list.children].forEach((item, i) => {
    item.querySelector("button[value=up]").disabled = i === 0;
    item.querySelector("button[value=down]").disabled = i === list.children.length - 1;
  });

  const keep = async () => {
    if (order() === saved) return;
    const wanted = order();
    const body = new URLSearchParams(new FormData(form));
    for (const item of list.children) body.append("paper", item.dataset.paper);
    tell("");
    try {
      const response = await fetch(form.action, { method: "POST", body, headers: json });
      if (!response.ok) throw new Error(`status ${response.status}`);
      saved = wanted;
    } catch {
      list.replaceChildren(...before);
      tell(list.dataset.failed);
    }
    arrows();
  };

  for (const item of list.children) {
    const handle = document.createElement("span");
    handle.className = "drag-handle";
    handle.setAttribute("aria-hidden", "true");
    handle.title = list.dataset.drag;
    handle.textContent = "⠿";
    handle.draggable = true;
    handle.addEventListener("dragstart", (event) => {
      dragged = item;
      before = [...list.children];
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.paper);
      event.dataTransfer.setDragImage(item, 10, 10);
      item.classList.add("dragged");
    });
    handle.addEventListener("dragend", () => {
      item.classList.remove("dragged");
      dragged = null;
      keep();
    });
    item.querySelector(".entry-tools").prepend(handle);
  }
  list.addEventListener("dragover", (event) => {
    const over = event.target instanceof Element ? event.target.closest("[data-paper]") : null;
    if (!dragged) return;
    event.preventDefault();
    if (!over || over === dragged) return;
    const middle = over.getBoundingClientRect();
    list.insertBefore(dragged, event.clientY < middle.top + middle.height / 2 ? over : over.nextSibling);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
}

reading();
arranging();
