package hesop

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
)

// watch records the state of a source of text when reading began, so that a change is noticed at the end: the file may
// have been truncated, written to or replaced in the meantime. Several workers read a file at several offsets, so one
// of them may find that the file now ends short of an offset that another has already read.
type watch struct {
	source stater
	before fs.FileInfo // nil if unknown
	path   string      // path of the file, "" if unknown
	size   int64       // bytes of text from where reading begins, -1 if unknown

	furthest atomic.Int64 // bytes of text up to the last byte that was read
}

// stater is a file, or a reader of one.
type stater interface{ Stat() (fs.FileInfo, error) }

// unbounded is the smallest size of a section that means "up to the end".
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

// observe records the state of source if it is a regular file.
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

// hasSize reports whether the size of the file is known. Some system files report a size of 0 and are generated as they
// are read.
func (w *watch) hasSize() bool { return w.before != nil && w.before.Size() > 0 }

// reached records that the text was read up to the offset end.
func (w *watch) reached(end int64) {
	for {
		before := w.furthest.Load()
		if end <= before || w.furthest.CompareAndSwap(before, end) {
			return
		}
	}
}

const readCopy = "read a copy that nothing writes to"

// check fails if the source has changed. The argument is the size of the text that was read, which must equal the size
// at the start, if that size is known.
func (w *watch) check(end int64) error {
	if w == nil {
		return nil
	}
	if err := w.checkFile(); err != nil {
		return err
	}
	switch {
	case w.size >= 0 && end != w.size:
		return fmt.Errorf("%w: they end here, but had %d bytes at the start; %s", ErrChanged, w.size, readCopy)
	case w.furthest.Load() > end:
		return fmt.Errorf("%w: they end here, but continued earlier; %s", ErrChanged, readCopy)
	}
	return nil
}

// checkFile fails if the file has changed.
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
			what = "the file was replaced by another one"
		}
	}
	if what == "" {
		return nil
	}
	return fmt.Errorf("%w: %s; %s", ErrChanged, what, readCopy)
}
