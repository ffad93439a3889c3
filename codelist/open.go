package codelist

import (
	"os"
	"path/filepath"
	"strings"
)

// Open reads a codelist from a file as Parse does. The name of the list is the file name without its folder and
// extension: Open("lists/depression.csv") returns a list called depression.
func Open(path string, opts ...Option) (*List, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // opened for reading only
	name := filepath.Base(path)
	if stem := strings.TrimSuffix(name, filepath.Ext(name)); stem != "" {
		name = stem
	}
	return Parse(name, f, append([]Option{FileName(path)}, opts...)...)
}
