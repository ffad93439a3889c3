"use strict";

// The program runs in a worker, so that the page answers while it reads. Tasks run one after the other. A worker
// that crashes, as it does without memory, fails the task that it was at, and another one takes the next.
const program = {
  worker: null,
  tasks: [], // that are not done, the first one running
  last: 0,
};

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

// runProgram runs a command on files, which are pairs of a path and bytes. The result is its output in bytes and as
// text, its messages and its exit status.
async function runProgram(words, files) {
  const { output, messages, status } = await new Promise((resolve, reject) => {
    program.tasks.push({ number: ++program.last, words, files, resolve, reject });
    if (program.tasks.length === 1) runNext();
  });
  return { output, text: decoder.decode(output), messages: decoder.decode(messages), status };
}

function runNext() {
  if (program.tasks.length === 0) return;
  if (!program.worker) startWorker();
  const { number, words, files } = program.tasks[0];
  program.worker.postMessage({ number, words, files });
}

// startWorker starts a worker from the texts of the page: nothing is loaded.
function startWorker() {
  const address = URL.createObjectURL(new Blob([byId("worker").textContent], { type: "text/javascript" }));
  const worker = new Worker(address);
  URL.revokeObjectURL(address);
  worker.onmessage = ({ data }) => {
    if (data.failed) workerFailed(worker, data.failed);
    else if (data.task === program.tasks[0]?.number) taskDone(data);
  };
  worker.onerror = (event) => workerFailed(worker, event.message || "the program did not start");
  worker.postMessage({ program: byId("program").textContent });
  program.worker = worker;
}

function taskDone(result) {
  program.tasks.shift().resolve(result);
  runNext();
}

function workerFailed(worker, why) {
  if (worker !== program.worker) return;
  worker.terminate();
  program.worker = null;
  program.tasks.shift()?.reject(new Error(why.split("\n")[0]));
  runNext();
}
