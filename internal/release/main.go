// Release packs the archives of a release. The same files always give the same bytes. The script .ci/release runs it.
//
//	release -licences OS/ARCH PACKAGE
//	release -version V -time UNIX -built DIR -o DIR
//
// Run it in the root of the repository. The first form prints the licences of Go and of the modules linked into a
// program. The second form packs an archive for each folder in the -built folder. Such a folder is named after a
// target, such as windows-amd64, and contains the program and its licences. The files in the folder common, inside the
// -built folder, go into every archive.
package main

import (
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	target := flag.String("licences", "", "print the licences for a package built for the target `OS/ARCH`, and exit")
	version := flag.String("version", "", "`V`, the version of the release")
	unix := flag.Int64("time", 0, "the modification time of every file, in seconds since 1970")
	built := flag.String("built", "", "`DIR` with a folder for each target")
	out := flag.String("o", "", "`DIR` for the archives")
	flag.Parse()
	if *target != "" {
		if err := printLicences(*target, flag.Arg(0)); err != nil {
			fmt.Fprintln(os.Stderr, "release:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(*version, time.Unix(*unix, 0).UTC(), *built, *out); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// run writes an archive for each target to the output folder, and the checksums of all files in that folder.
func run(version string, at time.Time, built, out string) error {
	targets, err := os.ReadDir(built)
	if err != nil {
		return err
	}
	for _, target := range targets {
		if target.Name() == common {
			continue
		}
		files, err := contents(built, target.Name())
		if err != nil {
			return err
		}
		name := "hesopmatch-" + version
		if err := pack(filepath.Join(out, name+"-"+target.Name()), target.Name(), name, at, files); err != nil {
			return err
		}
	}
	return sums(out)
}

// common is the folder whose files go into every archive.
const common = "common"

// file is a file in an archive.
type file struct {
	name    string // with slashes, relative to the folder in the archive
	data    []byte
	program bool
}

// contents returns the files of an archive, in the order of the archive.
func contents(built, target string) ([]file, error) {
	var files []file
	for _, name := range []string{"START-HERE.html", "README.md", "LICENSE", "CITATION.cff", "CHANGELOG.md"} {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: name, data: data})
	}
	for _, tree := range []struct{ dir, into string }{
		{filepath.Join(built, target), ""}, {filepath.Join(built, common), ""}, {"testdata", "testdata"},
	} {
		more, err := below(tree.dir, tree.into)
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
	}
	return files, nil
}

// below returns the files under a folder, sorted by name, without those that only tests read.
func below(dir, into string) (files []file, err error) {
	err = filepath.WalkDir(dir, func(full string, d os.DirEntry, err error) error {
		switch {
		case full == dir && errors.Is(err, os.ErrNotExist):
			return nil
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "golden" || d.Name() == "cases"):
			return filepath.SkipDir
		case d.IsDir():
			return nil
		}
		data, err := os.ReadFile(full)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, full)
		name := path.Join(into, filepath.ToSlash(rel))
		files = append(files, file{name, data, strings.TrimSuffix(name, ".exe") == "hesopmatch"})
		return err
	})
	return files, err
}

// sums writes SHA256SUMS with the checksums of the other files in a folder, sorted by name.
func sums(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(data), e.Name())
	}
	return os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(b.String()), 0o644)
}
