//go:build js

// Lintpage, built for js, is the program inside the page. It lets JavaScript run the commands lint and syntax.
package main

import (
	"bytes"
	"context"
	"strings"
	"syscall/js"

	"hesopmatch/examples/hesopmatch/internal/lint"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/examples/hesopmatch/internal/syntax"
)

// main defines the function hesopmatch(words, done) for the page and waits for calls. The array words holds a command
// and its arguments. When the command has ended, the callback done receives its standard output and standard error, as
// bytes, and its exit status.
func main() {
	js.Global().Set("hesopmatch", js.FuncOf(func(_ js.Value, args []js.Value) any {
		words := make([]string, args[0].Length())
		for i := range words {
			words[i] = args[0].Index(i).String()
		}
		go func() { // reading a file waits for JavaScript, which first waits for this function to return
			output, messages, status := run(words)
			args[1].Invoke(toJS(output), toJS(messages), status)
		}()
		return nil
	}))
	select {}
}

// run runs a command as the program hesopmatch does.
func run(words []string) (output, messages []byte, status int) {
	var stdout, stderr bytes.Buffer
	std := program.IO{Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: program.NewMessages(&stderr)}
	command, args := words[0], words[1:]
	run := map[string]program.Command{"lint": lint.Run, "syntax": syntax.Run}[command]
	status = program.Exit(command, &stderr, run(context.Background(), args, std))
	return stdout.Bytes(), stderr.Bytes(), status
}

// toJS copies bytes to a JavaScript Uint8Array.
func toJS(data []byte) js.Value {
	array := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(array, data)
	return array
}
