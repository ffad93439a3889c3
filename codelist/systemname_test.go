package codelist

import (
	"testing"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

func TestParseSystem(t *testing.T) {
	for _, name := range []string{"icd10", "ICD10", "ICD-10", "ICD10 codes", "icd-10", " ICD_10 Code "} {
		got, ok := parseSystem(name)
		require.True(t, ok, name)
		require.Equal(t, coding.ICD10, got, name)
	}
	for _, name := range []string{"opcs", "opcs4", "OPCS", "OPCS-4", "OPCS-4.10", "OPCS4 codes", "opcs 4.9"} {
		got, ok := parseSystem(name)
		require.True(t, ok, name)
		require.Equal(t, coding.OPCS4, got, name)
	}
	for _, name := range []string{"", "icd", "icd9", "ICD-10-CM", "icd-10-ca", "SNOMED  CT codes", "CTV3", "Read", "opcs3", "1"} {
		_, ok := parseSystem(name)
		require.False(t, ok, name)
	}
}
