package index

import (
	"testing"

	"hesopmatch/internal/inlined"
)

func TestInlined(t *testing.T) {
	inlined.Require(t, "differ", "parity", "(*Block).window", "(*Block).nextDelimiter", "(*Block).endRow", "(*Block).NextStart", "(*Block).Text", "(*Block).Multiline")
}
