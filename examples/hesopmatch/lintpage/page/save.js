"use strict";

// save hands bytes to the browser as a download. The bytes do not leave the computer.
function save(bytes, name) {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// beside returns the name of a file that belongs to a list: depression.csv with "-report.json" gives
// depression-report.json.
const beside = (path, ending) => path.replace(/(.)\.[^.]*$/, "$1") + ending;

// makeSaves makes the buttons that save the program's outputs for a list.
function makeSaves(list) {
  const told = make("p", { role: "status", class: "told" });
  const tell = (text) => told.replaceChildren(...withControls(text, list.id));
  const extension = /\.[^.]*$/.exec(list.path)?.[0] || "";

  const saveReport = (bytes, ending) => {
    save(bytes, beside(list.path, ending));
    tell(`Saved ${beside(list.path, ending)}.`);
  };
  const saveCSV = async () => {
    const run = await runProgram(["lint", "-format=csv", ...wordsOf(list)], list.files());
    saveReport(run.output, "-report.csv");
  };
  const saveSubmission = async () => {
    const run = await runProgram(["syntax", "-dialect=submission", ...wordsOf(list, true)], list.files());
    if (run.status !== 0) {
      tell(`There is no submission form: ${run.messages.trim().replace(/^syntax: /, "")}`);
      return;
    }
    save(run.output, beside(list.path, `-submission${extension}`));
    tell(`Saved ${beside(list.path, `-submission${extension}`)}. ${run.messages.split("\n  ")[0].trim()}`);
  };
  const button = (text, click) => make("button", { type: "button", click: async () => {
    try {
      await click();
    } catch (err) {
      tell(`It cannot be saved: ${err.message}`);
    }
  } }, text);
  return make("div", { class: "saves" }, make("h3", {}, "Save"), make("div", { class: "bar" },
    button("Report as JSON", () => saveReport(list.json, "-report.json")),
    button("Report as CSV", saveCSV),
    button("Submission form", saveSubmission)),
  make("p", { class: "rest" }, "The submission form is the file with a row added for each text that a text comparison ",
    "would miss, such as E110 to E119 and E11X where the list has E11."), told);
}

// copy copies text to the clipboard. If the browser refuses, copy selects the text instead.
async function copy(text, element, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(element);
    button.textContent = "Selected: press Ctrl+C";
  }
}

// makeProtocol makes the summary for a protocol.
function makeProtocol(text) {
  const summary = make("pre", { tabindex: "0", "aria-label": "Summary for a protocol" }, text);
  const button = make("button", { type: "button", click: () => copy(text, summary, button) }, "Copy");
  return make("div", {}, make("h3", {}, "For a protocol"), summary, make("div", { class: "bar" }, button));
}
