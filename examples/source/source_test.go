package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSource(t *testing.T) {
	const path = "../../testdata/codelists/depression.csv"
	var out strings.Builder
	require.NoError(t, run(path, strings.NewReader(
		`{"id": "a1", "diagnoses": ["I10", "f32.1"]}
{"id": "a2", "procedures": ["W37.1"]}
{"id": "a3", "diagnoses": ["E11.9"]}`,
	), &out))
	require.Equal(t, "a1: match\na2: unknown\na3: no match\n", out.String())

	for reason, text := range map[string]string{
		"not JSON":       "id",
		"too many codes": `{"diagnoses": ["I10"` + strings.Repeat(`,"I10"`, positions) + `]}`,
	} {
		require.Error(t, run(path, strings.NewReader(text), new(strings.Builder)), reason)
	}
	require.Error(t, run("none.csv", strings.NewReader(""), new(strings.Builder)))
}
