// The worker starts the Go program, and runs one command after the other on files in memory.
let started;

onmessage = async ({ data: task }) => {
  if (task.program) {
    started = start(task.program);
    started.catch((err) => postMessage({ failed: String(err) }));
    return;
  }
  await started;
  memory.files = new Map(task.files);
  hesopmatch(task.words, (output, messages, status) => {
    memory.files = new Map();
    postMessage({ task: task.number, output, messages, status }, [output.buffer, messages.buffer]);
  });
};

// start unpacks the program from gzip in base64, and runs it until it waits for calls.
async function start(text) {
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const go = new Go();
  const response = new Response(stream, { headers: { "content-type": "application/wasm" } });
  const { instance } = await WebAssembly.instantiateStreaming(response, go.importObject);
  // The program ends only when it crashes, for example out of memory.
  go.run(instance).finally(() => postMessage({ failed: memory.said || "the program has ended" }));
}
