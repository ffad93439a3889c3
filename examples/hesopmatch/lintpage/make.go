//go:build !js

package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/template"
)

//go:embed page
var files embed.FS

// The scripts of the page and those of its worker, in the order in which they run.
var (
	pageScripts = []string{
		"elements.js", "program.js", "settings.js", "report.js", "rows.js", "save.js", "list.js", "compare.js",
		"page.js",
	}
	workerScripts = []string{"files.js", goScript, "worker.js"}
)

// goScript is the file in the Go distribution that starts Go programs in a browser.
const goScript = "wasm_exec.js"

// parts holds what the template of the page inserts.
type parts struct {
	Policy                string // what the browser may load and run
	Style, Script, Worker string
	Program               string // gzip, base64
	Licences              string // licences of everything that the program is built from, "" outside a release
}

// makePage makes the page, which ends with the given licences.
func makePage(licences string) ([]byte, error) {
	program, err := buildProgram()
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(program); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	style, err := join("page.css")
	if err != nil {
		return nil, err
	}
	script, err := join(pageScripts...)
	if err != nil {
		return nil, err
	}
	worker, err := join(workerScripts...)
	if err != nil {
		return nil, err
	}
	t, err := template.ParseFS(files, "page/page.html")
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	err = t.Execute(&page, parts{
		Policy: policy(style, script), Style: style, Script: script, Worker: worker,
		Program: base64.StdEncoding.EncodeToString(packed.Bytes()), Licences: licences,
	})
	return page.Bytes(), err
}

// policy returns the Content-Security-Policy of the page. It allows the style and the script of the page, by their
// hashes, and a worker that the page makes. It allows no address, so the browser refuses to load or send anything. It
// cannot forbid navigation, but no script of the page navigates.
func policy(style, script string) string {
	return fmt.Sprintf("default-src 'none'; connect-src 'none'; script-src '%s' 'wasm-unsafe-eval'; style-src '%s'; "+
		"worker-src blob:; img-src data:; base-uri 'none'; form-action 'none'", sumOf(script), sumOf(style))
}

// sumOf returns the hash of a text in the form that a policy contains.
func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// join joins files of the page into one text. It fails if a file contains text that would end the script or style
// element around the file.
func join(names ...string) (string, error) {
	var all strings.Builder
	for _, name := range names {
		data, err := read(name)
		if err != nil {
			return "", err
		}
		if lower := bytes.ToLower(data); bytes.Contains(lower, []byte("</s")) || bytes.Contains(lower, []byte("<!--")) {
			return "", fmt.Errorf("%s: </s and <!-- would end the script or style", name)
		}
		all.WriteByte('\n')
		all.Write(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
	}
	return all.String(), nil
}

// read reads a file of the page, or goScript.
func read(name string) ([]byte, error) {
	if name != goScript {
		return files.ReadFile("page/" + name)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, goError(err)
	}
	return os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", goScript))
}

// buildProgram builds this package for the browser.
func buildProgram() ([]byte, error) {
	folder, err := os.MkdirTemp("", "lintpage")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // it is temporary
	file := filepath.Join(folder, "lint.wasm")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w -buildid=", "-o", file,
		"hesopmatch/examples/hesopmatch/lintpage")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWASM=", "GOEXPERIMENT=", "CGO_ENABLED=0")
	if _, err := build.Output(); err != nil {
		return nil, goError(err)
	}
	return os.ReadFile(file)
}

// goError returns the error of a go command, with its standard error.
func goError(err error) error {
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return fmt.Errorf("go: %w\n%s", err, failed.Stderr)
	}
	return err
}
