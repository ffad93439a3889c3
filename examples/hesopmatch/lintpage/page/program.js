"use strict";

// The program runs in a worker, so that the page responds while the program reads. Tasks run one after the other. If a
// worker crashes, for example out of memory, its task fails and a new worker runs the next task.
const program = {
  worker: null,
  tasks: [], // unfinished tasks; the first one is running
  last: 0,
};

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

// runProgram runs a command on files, which are pairs of a path and bytes. It returns the output as bytes and as text,
// the messages and the exit status.
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

// startWorker starts a worker from texts inside the page, so the worker loads nothing.
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
