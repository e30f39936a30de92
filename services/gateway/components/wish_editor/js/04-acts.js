// Buttons that change the draft: the server changes it and tells the form anew; a change that was tried can be undone.
(() => {
  const UNDO_FOR = 10000;
  let tried;

  const forget = () => {
    clearTimeout(tried?.timer);
    tried?.line.remove();
    tried = null;
  };
  const undo = () => {
    const { taken } = tried;
    forget();
    LintelWishes.restore(taken);
    LintelWishes.look();
  };
  const offerUndo = (taken) => {
    forget();
    const { tried: text, undo: word } = LintelWishes.form().dataset;
    const line = Object.assign(document.createElement("div"), { className: "toast-line" });
    const button = Object.assign(document.createElement("button"), { className: "link", type: "button", textContent: word });
    button.addEventListener("click", undo);
    line.append(text, button);
    document.getElementById("toasts").append(line);
    tried = { taken, line, timer: setTimeout(forget, UNDO_FOR) };
  };

  const focusAfter = { "add-word": "f-add_word", "add-place": "f-add_place", "drop-area": "f-add_place" };

  LintelWishes.act = async (act) => {
    const answer = await LintelWishes.send(LintelWishes.form().action, LintelWishes.data(act));
    if (answer.status === 401) return LintelWishes.atDoor(answer);
    if (!answer.ok) return undefined;
    const taken = LintelWishes.swap(await answer.text());
    LintelWishes.changed();
    if (act.startsWith("try:")) offerUndo(taken);
    document.getElementById(focusAfter[act.split(":")[0]])?.focus({ preventScroll: true });
    return undefined;
  };

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target !== LintelWishes.form() || !button || button.name !== "act" || button.value === "save") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    LintelWishes.act(button.value);
  }, true);
})();
