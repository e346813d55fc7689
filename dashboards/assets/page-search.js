// The search: Ctrl-K or a button opens it, arrows choose, Enter opens, Ctrl+Enter adds to the selection.
(function () {
  "use strict";
  const dialog = () => document.getElementById("search-dialog");
  const field = () => document.getElementById("search-text");
  const options = () => [...document.querySelectorAll("#search-hits [role=option]")];
  let opener = null;

  function open(text) {
    const box = dialog();
    if (!box || box.open) return;
    opener = document.activeElement;
    box.showModal();
    const input = field();
    // a combobox: React leaves attributes alone that it does not set
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-expanded": "true", "aria-controls": "search-hits", "aria-autocomplete": "list", autocomplete: "off",
    })) input.setAttribute(name, value);
    if (text) window.dash_clientside.set_props("search-text", { value: text });
    input.focus();
    input.select();
  }

  function close() {
    const box = dialog();
    if (box && box.open) box.close();
    if (opener && opener.isConnected) opener.focus();
  }

  function mark(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    if (!option) return field().removeAttribute("aria-activedescendant");
    field().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  const marked = () => options().find((one) => one.getAttribute("aria-selected") === "true");

  function go(option) {
    close();
    const link = document.createElement("a");
    link.dataset.page = option.dataset.page;
    link.href = option.dataset.page;
    document.body.append(link);
    link.click();
    link.remove();
  }

  function add(option) {
    if (!option.dataset.rule) return;
    window.dash_clientside.set_props("search-added", { data: option.dataset.rule });
    close();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return dialog() && dialog().open ? close() : open("");
    }
    if (event.target.id !== "search-text") return;
    const all = options();
    const at = all.indexOf(marked());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (all.length) mark(all[(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1) + all.length) % all.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = marked() || all[0];
      if (chosen) (event.ctrlKey || event.metaKey ? add : go)(chosen);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-search]");
    if (button) return open(button.dataset.search);
    if (event.target.closest("[data-search-close]") || event.target === dialog()) return close();
    const option = event.target.closest("#search-hits [role=option]");
    if (option) (event.ctrlKey || event.metaKey ? add : go)(option);
  });

  window.ecosystem = Object.assign(window.ecosystem || {}, {
    // the hits are new: none is chosen yet
    listed() {
      if (dialog() && dialog().open) mark(null);
    },
    chosen(rule) {
      if (rule) window.ecosystem.set({ sel: rule });
    },
  });
})();
