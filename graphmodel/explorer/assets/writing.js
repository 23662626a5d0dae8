/** Texts that are written here or taken along: Cypher in colours, Ctrl+Enter, buttons that copy, short addresses. */

import { parts } from "./cypher.js";

const SHOWN = 2_000; // milliseconds for which a button says that it has copied

function colour(code, text) {
  code.replaceChildren(
    ...parts(text).map(([kind, part]) => {
      if (!kind) return part;
      const span = document.createElement("span");
      span.className = kind;
      span.textContent = part;
      return span;
    }),
  );
}

/** Lay the text in colours below the box, whose own text is not seen then. */
function watch(editor) {
  const box = editor.querySelector("textarea");
  const layer = editor.querySelector("pre");
  const show = () => colour(layer.firstElementChild, `${box.value}\n`);
  layer.hidden = false;
  editor.classList.add("coloured");
  box.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      box.form.requestSubmit();
    }
  });
  show();
}

async function copied(source) {
  const text = source.textContent;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a safe connection there is no clipboard: what is selected can still be copied.
    getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}

async function copy(button) {
  const told = button.dataset.told ?? button.textContent;
  button.dataset.told = told;
  const done = await copied(document.getElementById(button.dataset.copy));
  button.textContent = done ? "Copied" : "Selected: copy it by Ctrl+C";
  setTimeout(() => {
    button.textContent = told;
  }, SHOWN);
}

function prepare(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
  for (const code of root.querySelectorAll(".copy .cypher code")) colour(code, code.textContent);
  for (const editor of root.querySelectorAll(".editor:not(.coloured)")) watch(editor);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
document.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) {
    if (value !== "") continue;
    const kept = event.formData.getAll(name).filter(Boolean);
    event.formData.delete(name);
    for (const one of kept) event.formData.append(name, one);
  }
});
document.addEventListener("htmx:load", (event) => prepare(event.target.parentElement ?? document));
prepare(document);
