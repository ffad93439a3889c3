package nearest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWord(t *testing.T) {
	options := []string{"format", "fields", "from", "o", "rows", "icd10", "opcs4", "exclude-column", "workers"}
	for _, test := range []struct{ written, want string }{
		{"formt", "format"},
		{"fromat", "format"},
		{"Rows", "rows"},
		{"icd-10", "icd10"},
		{"exclude_column", "exclude-column"},
		{"opsc4", "opcs4"},
		{"output-file-name", ""},
		{"zz", ""},
		{"p", ""},
	} {
		require.Equal(t, test.want, Word(test.written, options), test.written)
	}
}
