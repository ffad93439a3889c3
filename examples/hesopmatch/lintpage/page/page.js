"use strict";

// addFiles adds all files. The program reads them one after the other.
async function addFiles(files) {
  const all = [...files];
  await Promise.all(all.map(addList));
  if (all.length > 1) say(`Read: ${toldOf(lists)}.`);
}

byId("files").addEventListener("change", (event) => {
  addFiles(event.target.files);
  event.target.value = ""; // the same file may be chosen again
});

// Files may be dropped anywhere: otherwise the browser would open them in place of the page.
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  byId("choose").classList.add("over");
});
document.addEventListener("dragleave", () => byId("choose").classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  byId("choose").classList.remove("over");
  addFiles(event.dataTransfer.files);
});

// Start the program before the first list arrives, so that the list does not wait for the program to start.
runProgram(["lint", "-version"], []).then((run) => {
  const [version, revision] = run.text.replace("lint", "hesopmatch").split("\n");
  byId("version").textContent = revision.endsWith("unknown") ? `${version}.` : `${version}, ${revision}.`;
}, (err) => say(`This browser cannot run the page: ${err.message}. It needs WebAssembly and ` +
  "DecompressionStream, which browsers have had since 2023."));
