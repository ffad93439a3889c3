package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"strings"
	"time"
)

// pack writes the archive of a target: a zip file for Windows, and a tar.gz file for the other systems. All files are
// in one folder. The archive names no owners, and its modes and times do not depend on the machine.
func pack(base, target, folder string, at time.Time, files []file) error {
	var b bytes.Buffer
	write, ending := writeTar, ".tar.gz"
	if strings.HasPrefix(target, "windows-") {
		write, ending = writeZip, ".zip"
	}
	if err := write(&b, folder, at, files); err != nil {
		return err
	}
	return os.WriteFile(base+ending, b.Bytes(), 0o644)
}

func (f file) mode() os.FileMode {
	if f.program {
		return 0o755
	}
	return 0o644
}

func writeZip(w io.Writer, folder string, at time.Time, files []file) error {
	z := zip.NewWriter(w)
	for _, f := range files {
		header := &zip.FileHeader{Name: folder + "/" + f.name, Method: zip.Deflate, Modified: at}
		header.SetMode(f.mode())
		body, err := z.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := body.Write(f.data); err != nil {
			return err
		}
	}
	return z.Close()
}

func writeTar(w io.Writer, folder string, at time.Time, files []file) error {
	g, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	t := tar.NewWriter(g)
	for _, f := range files {
		header := &tar.Header{
			Name: folder + "/" + f.name, Size: int64(len(f.data)), Mode: int64(f.mode()), ModTime: at,
			Format: tar.FormatUSTAR,
		}
		if err := t.WriteHeader(header); err != nil {
			return err
		}
		if _, err := t.Write(f.data); err != nil {
			return err
		}
	}
	return errors.Join(t.Close(), g.Close())
}
