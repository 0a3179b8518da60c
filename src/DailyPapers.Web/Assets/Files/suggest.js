// Suggestions while typing, in every field with data-suggest, which also has the texts: a combobox with a listbox as WAI-ARIA 1.2 has it.
// Without this file the field is a plain search.

const pause = 120;
const most = 8;
const longest = 200;
const kinds = ["words", "paper", "author", "keyword"];

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The text as nodes, what matches inside <mark>.
function marked(text, marks) {
  const nodes = [];
  let at = 0;
  for (const [start, length] of marks) {
    nodes.push(text.slice(at, start), element("mark", {}, text.slice(start, start + length)));
    at = start + length;
  }
  nodes.push(text.slice(at));
  return nodes;
}

function combobox(input) {
  const id = `${input.id}-suggestions`;
  const list = element("div", { id, role: "listbox", class: "suggestions", "aria-label": input.dataset.list, hidden: "" });
  const count = element("p", { role: "status", class: "visually-hidden" });
  input.after(list, count);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, "aria-haspopup": "listbox" })) {
    input.setAttribute(key, value);
  }

  const known = new Map();
  let options = [];
  let active = -1;
  let shownFor = null;
  let timer = 0;
  let asking = null;

  const isOpen = () => !list.hidden;

  function activate(index) {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function open() {
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(isOpen()));
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    activate(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    count.textContent = "";
  }

  function show(text, suggestions) {
    activate(-1);
    options = [];
    const sections = kinds.map((kind) => {
      const own = suggestions.filter((suggestion) => suggestion.kind === kind);
      if (own.length === 0) return null;
      const title = element("div", { id: `${id}-${kind}`, class: "kind", role: "presentation" }, input.dataset[kind]);
      const rows = own.map((suggestion) => {
        const row = element("div", { id: `${id}-${options.length}`, role: "option", "aria-selected": "false", "data-url": suggestion.url },
          element("span", { class: "text" }, ...marked(suggestion.text, suggestion.marks)));
        if (suggestion.detail) row.append(" ", element("span", { class: "detail" }, suggestion.detail));
        options.push(row);
        return row;
      });
      return element("div", { role: "group", "aria-labelledby": title.id }, title, ...rows);
    });
    list.replaceChildren(...sections.filter((section) => section !== null));
    list.scrollTop = 0;
    shownFor = text;
    count.textContent = options.length === 0 ? input.dataset.none : input.dataset.some.replace("{0}", options.length);
    open();
  }

  async function ask() {
    const text = input.value.trimStart();
    asking?.abort();
    if (text.trim().length < 2 || text.length > longest) {
      options = [];
      shownFor = text;
      return close();
    }
    if (known.has(text)) return show(text, known.get(text));
    const own = asking = new AbortController();
    try {
      const response = await fetch(`${input.dataset.suggest}?language=${document.documentElement.lang}&limit=${most}&q=${encodeURIComponent(text)}`, { signal: own.signal, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const { suggestions } = await response.json();
      if (known.size > 100) known.clear();
      known.set(text, suggestions);
      // What was typed meanwhile, or asked later, is answered by its own question.
      if (own === asking && !own.signal.aborted && document.activeElement === input) show(text, suggestions);
    } catch {
      // Aborted, or the server does not answer: the field goes on without.
      if (own === asking && !own.signal.aborted) close();
    }
  }

  function askSoon() {
    clearTimeout(timer);
    asking?.abort();
    timer = setTimeout(ask, pause);
  }

  function choose(option, inNewTab) {
    const url = option.dataset.url;
    close();
    if (inNewTab) window.open(url, "_blank", "noopener");
    else location.assign(url);
  }

  function move(step) {
    if (!isOpen()) {
      if (shownFor === input.value.trimStart() && options.length > 0) open();
      else return ask();
    }
    // One place among them is the field itself.
    const places = options.length + 1;
    activate((active + 1 + step + places) % places - 1);
  }

  input.addEventListener("input", askSoon);
  input.addEventListener("blur", close);
  input.form?.addEventListener("submit", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      move(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Enter" && isOpen() && options[active]) {
      choose(options[active], false);
      event.preventDefault();
    } else if (event.key === "Escape" && isOpen()) {
      close();
      event.preventDefault();
    }
  });
  // The field keeps the focus while the pointer is on the list, so that a tap is not lost to the field's blur.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option, event.ctrlKey || event.metaKey);
  });
  addEventListener("pageshow", close);
}

for (const input of document.querySelectorAll("input[data-suggest]")) combobox(input);
