package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// isLicence matches the names of licence files.
var isLicence = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([-._].*)?$`)

// linked is a package linked into a program, as go list reports it.
type linked struct {
	ImportPath, Dir string
	Standard        bool
	Module          *struct {
		Path, Version, Dir string
		Main               bool
	}
}

// printLicences prints the licences of Go and of the modules linked into a program.
func printLicences(target, program string) error {
	text, err := thirdParty(target, program)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(text)
	return err
}

// thirdParty returns the licences of Go and of each module linked into a program. The target is a system and processor,
// such as linux/amd64. thirdParty searches the folder of each package, and the parents of that folder up to the root of
// the module.
func thirdParty(target, program string) ([]byte, error) {
	goos, goarch, _ := strings.Cut(target, "/")
	packages, err := list(goos, goarch, program)
	if err != nil {
		return nil, err
	}
	root, err := command("", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "hesopmatch for %s is built from its own source and the components listed below.\n", target)
	goFolder := []string{strings.TrimSpace(string(root))}
	if err := state(&b, "Go, its runtime and standard library", "", goFolder); err != nil {
		return nil, err
	}
	slices.SortFunc(packages, func(a, b linked) int {
		return cmp.Or(cmp.Compare(a.Module.Path, b.Module.Path), cmp.Compare(a.Dir, b.Dir))
	})
	for len(packages) > 0 {
		module, dirs := packages[0].Module, []string{packages[0].Module.Dir}
		for len(packages) > 0 && packages[0].Module.Path == module.Path {
			var up []string
			for dir := packages[0].Dir; len(dir) > len(module.Dir); dir = filepath.Dir(dir) {
				up = append(up, dir)
			}
			slices.Reverse(up)
			dirs = append(dirs, up...)
			packages = packages[1:]
		}
		if err := state(&b, module.Path+" "+module.Version, module.Dir, dirs); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// state writes the licence files in the given folders of a module. It fails if there are no such files.
func state(b *bytes.Buffer, name, base string, dirs []string) error {
	seen, found := make(map[string]bool), false
	for _, dir := range dirs {
		if seen[dir] {
			continue
		}
		seen[dir] = true
		entries, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.IsDir() || !isLicence.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
				continue
			}
			text, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				return err
			}
			below := ""
			if rel, err := filepath.Rel(base, dir); err == nil && rel != "." {
				below = filepath.ToSlash(rel) + "/"
			}
			text = bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
			fmt.Fprintf(b, "\n%s\n%s: %s%s\n\n%s\n", strings.Repeat("=", 80), name, below, e.Name(), text)
			found = true
		}
	}
	if !found {
		return fmt.Errorf("%s: no licence file found", name)
	}
	return nil
}

// list returns the packages of other modules that are linked into a program.
func list(goos, goarch, program string) (packages []linked, err error) {
	out, err := command("GOOS="+goos+" GOARCH="+goarch,
		"list", "-deps", "-json=ImportPath,Dir,Standard,Module", program)
	if err != nil {
		return nil, err
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p linked
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			return packages, nil
		case err != nil:
			return nil, err
		}
		if !p.Standard && p.Module != nil && !p.Module.Main {
			packages = append(packages, p)
		}
	}
}

// command runs the go command. The first argument is a text with environment variables to add, separated by spaces.
func command(variables string, args ...string) ([]byte, error) {
	c := exec.Command("go", args...)
	c.Env = append(append(os.Environ(), "CGO_ENABLED=0"), strings.Fields(variables)...)
	c.Stderr = os.Stderr
	return c.Output()
}
