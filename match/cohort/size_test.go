package cohort

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// TestSizes checks the memory that the package documentation states.
func TestSizes(t *testing.T) {
	require.LessOrEqual(t, unsafe.Sizeof(event{}), uintptr(24))
}

// TestSlots: a row has room for every slot, even with the largest number of age bands.
func TestSlots(t *testing.T) {
	slots := slotAll + 1 + mostBands
	for _, s := range scales(nil) {
		slots += len(s.categories)
	}
	require.Less(t, slots, 1<<slotBits)
	require.LessOrEqual(t, slotBits*dimensions, codedFrom)
}

// TestKeys: different texts have different keys.
func TestKeys(t *testing.T) {
	seen := make(map[key]string)
	for _, text := range []string{
		"", "0", "00", "1", "01", "10", "a", "A", "a ", "\x00", "\x00\x00", "000000000000000", "0000000000000000", "00000000000000000000",
		"12345678901234567890", "12345678901234567891", "2345678901234567890", "012345678901234567890", "123456789012345678901234567890",
		"1234567890123456789012345678901", "1234567890123456789012345678902", "fifteen bytes..", "sixteen bytes...", "sixteen bytes..!", "123456789012345X",
		"123456789012345x", "@\x01\x02", "999999999999999", "9999999999999999",
	} {
		k := makeKey([]byte(text))
		other, twice := seen[k]
		require.False(t, twice, "%q and %q", text, other)
		require.Equal(t, text == "", k == key{}, "%q", text)
		seen[k] = text
	}
}
