//go:build !js

// Lintpage makes the page of codelists: one HTML file that runs lint in a browser, from disk and without a network.
//
//	go run ./examples/hesopmatch/lintpage -o lint.html
//
// It builds itself for js/wasm, and puts the result into the page with the scripts of the folder page. The same commit
// and the same Go make the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	output := flag.String("o", "", "write the page to `FILE`")
	flag.Parse()
	if *output == "" || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "lintpage: name the file of the page: -o lint.html (-h explains)")
		os.Exit(2)
	}
	page, err := makePage()
	if err == nil {
		err = os.WriteFile(*output, page, 0o666)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "lintpage: %v\n", err)
		os.Exit(1)
	}
}
