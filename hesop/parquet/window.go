package parquet

import "io"

// window reads a range of a file in order, piece by piece.
type window struct {
	source    io.ReaderAt
	at        int64 // offset in the file of the next byte
	soft, end int64 // the offset beyond which the window does not read ahead, and the offset at which all data end

	data []byte // the bytes that were read and not yet passed; they begin at offset w.at
	room []byte // the buffer that holds data
}

// peek returns the next n bytes, or fewer if the data end sooner. The bytes are valid until the next call of peek.
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

// pass moves past n bytes that peek has returned.
func (w *window) pass(n int) {
	w.data, w.at = w.data[n:], w.at+int64(n)
}

// memory bounds the memory that the columns of a row group take together.
type memory struct{ taken int64 }

// take records that n more bytes are taken. It returns an error if the sum exceeds MaxMemory.
func (m *memory) take(n int) error {
	m.taken += int64(n)
	if m.taken > MaxMemory {
		return tooMuch("the pages that are read together have more bytes than MaxMemory, %d: read fewer columns, or "+
			"write the file with smaller row groups", MaxMemory)
	}
	return nil
}

// resize returns a slice of n elements, in the memory of b if there is room. The slice is never nil. The argument bytes
// is the size of an element.
func resize[T any](b []T, n, bytes int, m *memory) ([]T, error) {
	if cap(b) >= n && b != nil {
		return b[:n], nil
	}
	if err := m.take((n - cap(b)) * bytes); err != nil {
		return nil, err
	}
	return make([]T, n), nil
}
