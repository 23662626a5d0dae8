/** Files and folders that are dropped anywhere on a page go into the form that loads them. */

const form = document.querySelector("form.load") ?? document.getElementById("drop");

/** All files of what was dropped, those of folders too. */
async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const files = [];
  for (;;) {
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!entries.length) return files;
    for (const inner of entries) files.push(...(await filesOf(inner)));
  }
}

async function take(dropped) {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  const data = new DataTransfer();
  for (const files of await Promise.all(entries.map(filesOf))) {
    for (const file of files) data.items.add(file);
  }
  if (!data.files.length) return;
  form.elements.files.files = data.files;
  form.requestSubmit();
}

const bringsFiles = (event) => event.dataTransfer?.types.includes("Files");
const mark = (is) => document.documentElement.classList.toggle("dropping", is);

if (form) {
  document.addEventListener("dragover", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? mark(false));
  document.addEventListener("drop", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    mark(false);
    take(event.dataTransfer);
  });
}

/** Loading takes a while: a second click would load again. */
document.addEventListener("submit", ({ target, submitter }) => {
  if (target.method !== "post") return;
  target.setAttribute("aria-busy", "true");
  if (submitter) {
    submitter.textContent = submitter.dataset.busy ?? submitter.textContent;
    setTimeout(() => (submitter.disabled = true));
  }
});
