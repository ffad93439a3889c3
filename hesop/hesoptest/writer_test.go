package hesoptest_test

import (
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"

	"github.com/stretchr/testify/require"
)

// TestDottedCodes requires that Write panics for a code with a dot or a comma: columns of four characters would not
// hold the same code.
func TestDottedCodes(t *testing.T) {
	for _, code := range []string{"F32.1", "F321,F329"} {
		require.Panics(t, func() {
			_ = hesoptest.NewWriter(new(strings.Builder), hesop.UKLLC).Write(&hesoptest.Row{Diagnoses: []string{code}})
		}, code)
	}
}
