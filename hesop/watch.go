package hesop

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
)

// watch remembers what a source of text was when reading began, to find at its end that it is
// another one: a file that was cut, written to or replaced meanwhile. Several workers read a
// file at several places, so that one of them can meet an end where there was none before.
type watch struct {
	source stater
	before fs.FileInfo // nil if nothing is known
	path   string      // that led to the file, "" if not known
	size   int64       // of the text from where its reading begins, -1 if not known

	furthest atomic.Int64 // bytes of the text up to the last one that was read
}

// stater is a file, or what reads one.
type stater interface{ Stat() (fs.FileInfo, error) }

// unbounded is the size of a section from which on it stands for "up to the end".
const unbounded = 1 << 40

func newWatch(r io.Reader) *watch {
	w := &watch{size: -1}
	switch r := r.(type) {
	case *io.SectionReader:
		outer, start, size := r.Outer()
		at, err := r.Seek(0, io.SeekCurrent)
		if err != nil {
			return w
		}
		w.observe(outer)
		if w.hasSize() {
			size = min(size, w.before.Size()-start)
		}
		if size < unbounded {
			w.size = size - at
		}
	case *os.File:
		w.observe(r)
		if at, err := r.Seek(0, io.SeekCurrent); err == nil && w.hasSize() {
			w.size = w.before.Size() - at
		}
	default:
		w.observe(r)
	}
	return w
}

// observe notes what source is, if it is a regular file.
func (w *watch) observe(source any) {
	s, ok := source.(stater)
	if !ok {
		return
	}
	info, err := s.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	w.source, w.before = s, info
	if named, ok := source.(interface{ Name() string }); ok {
		if there, err := os.Stat(named.Name()); err == nil && os.SameFile(there, info) {
			w.path = named.Name()
		}
	}
}

// hasSize reports whether the size of the file is known. Some files of a system say that
// they have none, and are written as they are read.
func (w *watch) hasSize() bool { return w.before != nil && w.before.Size() > 0 }

// reached notes that the text was read up to an end.
func (w *watch) reached(end int64) {
	for {
		before := w.furthest.Load()
		if end <= before || w.furthest.CompareAndSwap(before, end) {
			return
		}
	}
}

const readCopy = "read a copy that nothing writes to"

// check fails if the source is not what it was, or if its text, of end bytes, is not.
func (w *watch) check(end int64) error {
	if w == nil {
		return nil
	}
	if err := w.checkFile(); err != nil {
		return err
	}
	switch {
	case w.size >= 0 && end != w.size:
		return fmt.Errorf("%w: they end here, and had %d bytes at the start; %s", ErrChanged, w.size, readCopy)
	case w.furthest.Load() > end:
		return fmt.Errorf("%w: they end here, and went on before; %s", ErrChanged, readCopy)
	}
	return nil
}

// checkFile fails if the file is not what it was.
func (w *watch) checkFile() error {
	if w == nil || w.before == nil {
		return nil
	}
	what := ""
	if now, err := w.source.Stat(); err == nil {
		switch {
		case now.Size() != w.before.Size():
			what = fmt.Sprintf("the file had %d bytes at the start and has %d now", w.before.Size(), now.Size())
		case w.hasSize() && !now.ModTime().Equal(w.before.ModTime()):
			what = "the file was written to"
		}
	}
	if what == "" && w.path != "" {
		if there, err := os.Stat(w.path); err == nil && !os.SameFile(there, w.before) {
			what = "another file is in the place of this one"
		}
	}
	if what == "" {
		return nil
	}
	return fmt.Errorf("%w: %s; %s", ErrChanged, what, readCopy)
}
