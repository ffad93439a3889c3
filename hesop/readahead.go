package hesop

import "io"

// readAhead reads a source in a separate goroutine that does nothing else, because decompressing takes longer than all
// other work on the text. A single goroutine calls Read, and at the end calls stop.
type readAhead struct {
	free chan []byte // empty buffers
	full chan piece
	quit chan struct{}
	done chan struct{} // closed once the source is no longer read

	at piece // what is left of the last buffer
}

// piece is the result of filling one buffer.
type piece struct {
	buffer, text []byte
	err          error
	failure      failure
}

const (
	aheadSize    = 128 << 10 // bytes of a buffer
	aheadBuffers = 4
	mostRead     = 32 << 10 // the maximum number of bytes that one Read of compress/flate returns
)

func newReadAhead(source io.Reader) *readAhead {
	a := &readAhead{
		free: make(chan []byte, aheadBuffers), full: make(chan piece, aheadBuffers+1),
		quit: make(chan struct{}), done: make(chan struct{}),
	}
	for range aheadBuffers {
		a.free <- make([]byte, aheadSize)
	}
	go a.run(source)
	return a
}

// run reads the source until it ends or fails, or stop is called.
func (a *readAhead) run(source io.Reader) {
	defer close(a.done)
	last := piece{failure: failure{true, "hesop: the source has ended its goroutine"}}
	defer func() {
		if value := recover(); value != nil {
			last.failure = failure{true, value}
		}
		a.full <- last // never waits: the channel has room for one more than there are buffers
	}()
	for {
		select {
		case buffer := <-a.free:
			n, err := readMuch(source, buffer)
			next := piece{buffer: buffer, text: buffer[:n], err: err}
			if err != nil {
				last = next
				return
			}
			a.full <- next
		case <-a.quit:
			return
		}
	}
}

// readMuch fills a buffer until a Read returns fewer than mostRead bytes, because the source may then pause.
func readMuch(source io.Reader, buffer []byte) (n int, err error) {
	for last := mostRead; last >= mostRead && n < len(buffer) && err == nil; n += last {
		last, err = source.Read(buffer[n:])
	}
	return n, err
}

// Read returns what the source has delivered. If the source panicked, Read panics with the same value.
func (a *readAhead) Read(p []byte) (int, error) {
	if len(a.at.text) == 0 && a.at.err == nil {
		if a.at.buffer != nil {
			a.free <- a.at.buffer
		}
		a.at = <-a.full
	}
	if a.at.failure.is {
		panic(a.at.failure.value)
	}
	n := copy(p, a.at.text)
	a.at.text = a.at.text[n:]
	if len(a.at.text) > 0 {
		return n, nil
	}
	return n, a.at.err
}

// stop ends the reading and waits until its goroutine has ended.
func (a *readAhead) stop() {
	close(a.quit)
	<-a.done
}
