package hesop

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestStreamAsItArrives requires that NewReader returns once the header line has arrived, and that an appointment is
// available once its line end has arrived.
func TestStreamAsItArrives(t *testing.T) {
	in, out := io.Pipe()
	type read struct {
		text string
		err  error
	}
	got := make(chan read)
	go func() {
		defer close(got)
		r, err := NewReader(in)
		got <- read{"header", err}
		if err != nil {
			return
		}
		c, _ := r.Column("diag_4_01")
		for a, err := range r.All() {
			if err != nil {
				got <- read{"", err}
				return
			}
			got <- read{string(a.Text(c)), nil}
		}
	}()
	for _, step := range []struct{ write, want string }{
		{"attendkey,diag_4_01\n", "header"},
		{"1,E119\n", "E119"},
		{"2,F", ""},
		{"321\n3", "F321"},
		{",I10X\n", "I10X"},
		{"4,J45X\n5,J440\n", "J45X"},
		{"", "J440"},
	} {
		if step.write != "" {
			_, err := io.WriteString(out, step.write)
			require.NoError(t, err)
		}
		if step.want == "" {
			continue
		}
		select {
		case r := <-got:
			require.NoError(t, r.err)
			require.Equal(t, step.want, r.text)
		case <-time.After(3 * time.Second):
			require.Fail(t, "nothing arrived", "after %q", step.write)
		}
	}
	require.NoError(t, out.Close())
	_, more := <-got
	require.False(t, more)
}
