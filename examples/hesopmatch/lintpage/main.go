//go:build !js

// Lintpage makes the page for checking codelists: one HTML file that runs lint in a browser, from disk and without a
// network.
//
//	go run ./examples/hesopmatch/lintpage [-licences FILE] -o lint.html
//
// It builds itself for js/wasm, and puts the result into the page together with the scripts in the folder page. The
// same commit and the same version of Go produce the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	output := flag.String("o", "", "write the page to `FILE`")
	licences := flag.String("licences", "", "show the text of `FILE` at the end of the page")
	flag.Parse()
	if *output == "" || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "lintpage: name the file for the page: -o lint.html (-h explains)")
		os.Exit(2)
	}
	if err := write(*output, *licences); err != nil {
		fmt.Fprintf(os.Stderr, "lintpage: %v\n", err)
		os.Exit(1)
	}
}

// write writes the page to a file. The page ends with the text of the file of licences, unless the path of that file is
// empty.
func write(output, licences string) error {
	var stated []byte
	if licences != "" {
		var err error
		if stated, err = os.ReadFile(licences); err != nil {
			return err
		}
	}
	page, err := makePage(string(stated))
	if err != nil {
		return err
	}
	return os.WriteFile(output, page, 0o666)
}
