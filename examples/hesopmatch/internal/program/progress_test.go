package program

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// locked is a buffer that one goroutine writes and another reads.
type locked struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// TestProgress requires the mode "lines" to report wherever standard error goes, and the default mode to report only to
// a terminal.
func TestProgress(t *testing.T) {
	auto, lines := new(locked), new(locked)
	silent := StartProgress(auto, Work{Rows: 40}, "auto")
	p := StartProgress(NewMessages(lines), Work{Rows: 40}, "lines")
	p.Rows.Add(10)
	require.Eventually(t, func() bool { return strings.HasSuffix(lines.String(), "\n") }, time.Minute, time.Millisecond)
	p.Stop()
	silent.Stop()
	require.Regexp(t, `^(progress: 10 rows, 0 MB, \d+ rows/s, 0 MB/s, \d+s left\n)+$`, lines.String())
	require.Empty(t, auto.String())
}
