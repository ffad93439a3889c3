package parquet

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hesopmatch/hesop"
)

// extension is the extension of the data files in a folder, in upper or lower case.
const extension = ".parquet"

// Files returns the paths of the Parquet files in a folder, in the order of their names. Their names end in .parquet.
// Files skips hidden files, and marker files such as _SUCCESS. It returns an error that wraps ErrFolder if the files
// are not one complete table: if a subfolder also has Parquet files, or if the folder holds a partitioned table or a
// Delta, Iceberg or Hudi table, which also has files of older versions.
func Files(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	if err := checkVersions(folder); err != nil {
		return nil, &hesop.Error{File: folder, Err: err}
	}
	var files []string
	for _, e := range entries {
		if err := checkEntry(folder, e); err != nil {
			return nil, &hesop.Error{File: folder, Err: err}
		}
		if isData(e) {
			files = append(files, filepath.Join(folder, e.Name()))
		}
	}
	return files, nil
}

// openFolder opens a folder whose files are one table.
func openFolder(path string) (*File, error) {
	files, err := Files(path)
	if err != nil {
		return nil, err
	}
	f := &File{name: path, isFolder: true}
	for _, file := range files {
		if err := f.add(file); err != nil {
			return nil, err
		}
	}
	if len(f.files) == 0 {
		return nil, &hesop.Error{File: path, Err: fmt.Errorf("%w: no file in it ends in %s", ErrFolder, extension)}
	}
	return f, nil
}

// isData reports whether an entry of a folder is a data file: not hidden, and not a marker file such as _SUCCESS.
func isData(e os.DirEntry) bool {
	return !e.IsDir() && strings.ToLower(filepath.Ext(e.Name())) == extension && !strings.HasPrefix(e.Name(), ".") &&
		!strings.HasPrefix(e.Name(), "_")
}

// checkEntry returns an error if a subfolder shows that the files of a folder are not a complete table.
func checkEntry(folder string, e os.DirEntry) error {
	if !e.IsDir() {
		return nil
	}
	within := filepath.Join(folder, e.Name())
	switch name := e.Name(); {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "_"):
		return nil
	case strings.ContainsRune(name, '='):
		return fmt.Errorf("%w: it is partitioned, and the value in a folder name such as %s is in no column of the "+
			"files: write the table without partitions, or read each of these folders by itself", ErrFolder,
			quote(name))
	case hasSuffix(within, extension):
		return fmt.Errorf("%w: its subfolder %s also has Parquet files: read that folder instead, or move the "+
			"files", ErrFolder, quote(name))
	}
	return nil
}

// checkVersions returns an error if a folder is, or is inside, a table that also holds files of older versions.
func checkVersions(folder string) error {
	if absolute, err := filepath.Abs(folder); err == nil {
		folder = absolute
	}
	for {
		for system, log := range map[string]string{"Delta": "_delta_log", "Hudi": ".hoodie", "Iceberg": "metadata"} {
			log = filepath.Join(folder, log)
			info, err := os.Stat(log)
			if err != nil || !info.IsDir() || system == "Iceberg" && !hasSuffix(log, ".metadata.json") {
				continue
			}
			return fmt.Errorf("%w: it is a table in %s format, which also holds files of older versions: read its "+
				"current version with the program that wrote it, and write that as Parquet", ErrFolder, system)
		}
		if name := filepath.Base(folder); !strings.ContainsRune(name, '=') && name != "data" { // not inside a table
			return nil
		}
		folder = filepath.Dir(folder)
	}
}

// hasSuffix reports whether a folder has an entry whose name ends in suffix, ignoring case.
func hasSuffix(folder, suffix string) bool {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if strings.HasSuffix(strings.ToLower(e.Name()), suffix) {
			return true
		}
	}
	return false
}

// add adds a file of a folder. A folder may have thousands of files, so add closes the file and drops the footer, which
// is read again later.
func (f *File) add(path string) (err error) {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	foot, err := footerOf(file, info.Size())
	if err == nil && len(f.files) > 0 {
		err = f.compare(foot)
	}
	if err != nil {
		return &hesop.Error{File: path, Err: err}
	}
	if len(f.files) == 0 {
		f.setColumns(foot)
	}
	f.files = append(f.files, part{path: path, info: info, size: info.Size(), groups: foot.rowsOfGroups()})
	f.count(foot)
	return nil
}

// compare returns an error if the columns of a file differ from those of the table.
func (f *File) compare(foot *footer) error {
	first := quote(f.files[0].base())
	for i, name := range f.names {
		if i >= len(foot.columns) {
			return fmt.Errorf("%w: it has no column %s, which %s has", ErrFolder, quote(name), first)
		}
		if other := foot.columns[i].name; other != name {
			return fmt.Errorf("%w: its column %d is %s, but %s in %s", ErrFolder, i+1, quote(other), quote(name), first)
		}
	}
	if n := len(f.names); len(foot.columns) > n {
		return fmt.Errorf("%w: it has a column %s, which %s does not have", ErrFolder,
			quote(foot.columns[n].name), first)
	}
	return nil
}

func (p *part) base() string { return filepath.Base(p.path) }
