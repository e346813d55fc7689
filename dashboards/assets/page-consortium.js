// Consortia: who is held or left out stands in the address, and the keyboard stays where it was.
(function () {
  "use strict";
  const { set, params } = window.ecosystem;
  let acted = null;

  const ids = (key) => (params().get(key) || "").split(",").filter(Boolean);
  const listed = (some) => some.join(",") || null;

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".kons-act, .kons-chips .chip");
    if (button) acted = { act: button.dataset.act, actor: button.dataset.actor };
  });

  // React puts the list on screen a little later; only who lost the keyboard gets it back
  function refocus(asked, tries = 40) {
    if (document.activeElement === document.body) {
      const same = [...document.querySelectorAll(".kons-act")].find(
        (one) => one.dataset.act === asked.act && one.dataset.actor === asked.actor,
      );
      (same || document.getElementById("kons-members-head"))?.focus({ preventScroll: Boolean(same) });
    } else if (tries) setTimeout(() => refocus(asked, tries - 1), 50);
  }

  Object.assign(window.ecosystem, {
    // found by typing: into one list, out of the other
    steerActor(box, key, actor) {
      if (!actor) return;
      const other = key === "pin" ? "ban" : "pin";
      const rest = ids(key).filter((one) => one !== actor);
      set({ [key]: listed([...rest, actor]), [other]: listed(ids(other).filter((one) => one !== actor)), alt: null });
      window.dash_clientside.set_props(box, { value: null });
    },
    pickMember(event) {
      const actor = event && event.points.flatMap((point) => point.customdata).find((id) => typeof id === "string");
      const row = actor && document.getElementById(`member-${actor}`);
      if (!row) return;
      row.scrollIntoView({ block: "nearest" });
      row.focus();
    },
    // a new proposal is here: the button that asked for it may be gone with its row, or has moved
    steered() {
      if (acted) refocus(acted);
      acted = null;
    },
  });
})();
