package quality

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestValues(t *testing.T) {
	var values Values
	for _, text := range []string{"b", "a", " b\t", "\u00a0b", "b\xA0", "c", "a", "1234567", "12345678"} {
		values.Add([]byte(text))
	}
	require.Equal(t, []ValueCount{{"b", 4}, {"a", 2}, {"c", 1}}, values.Commonest(), "padding is ignored")
	require.Equal(t, int64(2), values.Others(), "long values are not listed")
}

// TestValuesIsBounded: beyond the limit, new values are only counted in Others; listed values are still counted.
func TestValuesIsBounded(t *testing.T) {
	var values Values
	for i := range mostValues + 10 {
		values.Add(fmt.Append(nil, i))
	}
	values.Add([]byte("0"))
	require.Len(t, values.Commonest(), mostValues)
	require.Equal(t, ValueCount{"0", 2}, values.Commonest()[0])
	require.Equal(t, int64(10), values.Others())
}

func TestValuesMerge(t *testing.T) {
	add := func(v *Values, texts ...string) {
		for _, text := range texts {
			v.Add([]byte(text))
		}
	}
	var one, other Values
	add(&one, "a", "b", "1234567")
	add(&other, "b", "b", "c", "1234567")
	one.merge(&other)
	require.Equal(t, []ValueCount{{"b", 3}, {"a", 1}, {"c", 1}}, one.Commonest())
	require.Equal(t, int64(2), one.Others())

	var full Values
	for i := range mostValues - 1 {
		full.Add(fmt.Append(nil, i))
	}
	add(&other, "0")
	full.merge(&other)
	require.Len(t, full.Commonest(), mostValues)
	require.Equal(t, []ValueCount{{"0", 2}, {"b", 2}}, full.Commonest()[:2], "only the first new value fits")
	require.Equal(t, int64(2), full.Others(), "a long value, and the value c, which does not fit")
}
