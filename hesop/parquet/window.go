package parquet

import "io"

// window reads a stretch of a file from its start to its end, a piece at a time.
type window struct {
	source    io.ReaderAt
	at        int64 // in the file: the next byte
	soft, end int64 // what is read ahead ends at soft; nothing stands behind end

	data []byte // read, from at on
	room []byte // that data is part of
}

// peek returns the next bytes: n, or fewer at the end. They are good until the next call.
func (w *window) peek(n int, m *memory) ([]byte, error) {
	n = int(min(int64(n), w.end-w.at))
	if n <= len(w.data) {
		return w.data[:n], nil
	}
	have := w.at + int64(len(w.data))
	want := n // read ahead, but not into the next column
	if ahead := min(w.soft, w.end) - w.at; ahead > int64(n) {
		want = int(min(ahead, max(int64(n), readAhead)))
	}
	if cap(w.room) < want {
		if err := m.take(want - cap(w.room)); err != nil {
			return nil, err
		}
		room := make([]byte, want)
		copy(room, w.data)
		w.room = room
	} else {
		copy(w.room[:cap(w.room)], w.data)
	}
	w.data = w.room[:want]
	if err := readFull(w.source, w.data[have-w.at:], have); err != nil {
		return nil, err
	}
	return w.data[:n], nil
}

// pass passes bytes that peek has returned.
func (w *window) pass(n int) {
	w.data, w.at = w.data[n:], w.at+int64(n)
}

// memory bounds what the columns of a row group take together.
type memory struct{ taken int64 }

// take notes that so many bytes more are taken.
func (m *memory) take(n int) error {
	m.taken += int64(n)
	if m.taken > MaxMemory {
		return tooMuch("the pages that are read together have more bytes than MaxMemory, %d: read fewer columns, or "+
			"write the file with smaller row groups", MaxMemory)
	}
	return nil
}

// resize returns a buffer of n elements, b if it has room for them. It is never nil.
func resize[T any](b []T, n, bytes int, m *memory) ([]T, error) {
	if cap(b) >= n && b != nil {
		return b[:n], nil
	}
	if err := m.take((n - cap(b)) * bytes); err != nil {
		return nil, err
	}
	return make([]T, n), nil
}
