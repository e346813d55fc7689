// Reading data in: files are chosen and sent, buttons say what to do next, the page shows what came of it.
(function () {
  "use strict";
  const { below, valueOf } = window.ecosystem;
  const DRAFT = "import-draft";
  const tell = (sentence, lang, fault) => {
    const box = document.getElementById("import-told");
    if (!box) return;
    box.textContent = sentence;
    box.lang = lang || document.documentElement.lang;
    box.classList.toggle("import-fault", Boolean(fault));
  };
  const show = (token) => window.dash_clientside.set_props(DRAFT, { data: { token, at: Date.now() } });
  const failed = () => (document.querySelector("[data-import-files]") || { dataset: {} }).dataset.failed || "";

  async function post(path, body, type) {
    const address = `${below(`/intake/${path}`)}?lang=${valueOf("lang")}`;
    const headers = type ? { "Content-Type": type } : {};
    let told;
    try {
      const answer = await fetch(address, { method: "POST", body, headers });
      told = await answer.json();
    } catch {
      // too large for the server, or the server is gone
      told = { error: failed() };
    }
    if (told.error) tell(told.error, told.lang, true);
    return told;
  }

  function choose(button) {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.addEventListener("change", () => send(button, [...input.files]));
    input.click();
  }

  async function send(button, files) {
    if (!files.length) return;
    if (files.reduce((sum, one) => sum + one.size, 0) > Number(button.dataset.limit)) {
      tell(button.dataset.large);
      return;
    }
    const kind = document.querySelector("#import-kind input:checked, .import-kinds input:checked");
    const outside = document.getElementById("import-outside");
    const form = new FormData();
    form.append("kind", kind ? kind.value : "");
    form.append("outside", outside && outside.checked ? "keep" : "drop");
    for (const one of files) form.append("files", one, one.name);
    tell(button.dataset.sending);
    button.disabled = true;
    const told = await post("upload", form);
    button.disabled = false;
    if (told.token) {
      tell("");
      show(told.token);
    }
  }

  const columns = () => {
    // header → what it gives, as the choices stand
    const found = {};
    for (const box of document.querySelectorAll(".import-columns [data-column]")) {
      found[box.dataset.column] = (box.querySelector("input[type=hidden]") || { value: "" }).value;
    }
    return found;
  };

  async function renewed() {
    for (let kind = "loading"; kind === "loading"; ) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      try {
        ({ kind } = await (await fetch(below("/intake/state.json"))).json());
      } catch {
        // asked again
      }
    }
    window.location.reload();
  }

  async function act(button) {
    const { importAct: name, token, key, verdict } = button.dataset;
    const body = name === "map" ? columns() : name === "decide" ? { key, verdict } : {};
    button.disabled = true;
    const told = await post(name === "undo" ? "undo" : `${token}/${name}`, JSON.stringify(body), "application/json");
    button.disabled = false;
    if (told.error) return;
    if (told.told) tell(told.told);
    if (told.token !== undefined) show(told.token);
    // the tables are others now: the page with everything in it comes anew
    if (told.changed) renewed();
  }

  document.addEventListener("click", (event) => {
    const files = event.target.closest("[data-import-files]");
    if (files) return choose(files);
    const button = event.target.closest("button[data-import-act]");
    if (button) act(button);
    return undefined;
  });
})();
