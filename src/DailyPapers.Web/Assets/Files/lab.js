// A run under way: the page is asked again every two seconds and its state put in place, until the run has ended.
const state = () => document.querySelector("[data-run-state]");
const isOpen = element => ["waiting", "running", "stopping"].includes(element?.dataset.runState);

async function look() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok)
        return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [now, next] = [state(), page.querySelector("[data-run-state]")];
    // Who is about to press a button keeps it: only what changed is exchanged.
    if (now && next && now.innerHTML !== next.innerHTML)
        now.replaceWith(next);
}

const timer = setInterval(() => {
    if (!isOpen(state()))
        clearInterval(timer);
    else if (!document.hidden)
        look().catch(() => { /* the network is away; the next look tells */ });
}, 2000);
