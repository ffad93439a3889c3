package coding

import (
	"testing"

	"hesopmatch/internal/inlined"
)

// TestInlined requires that the compiler inlines the methods that a look-up calls for each code.
func TestInlined(t *testing.T) {
	inlined.Require(t, "Value.Class", "Value.Code", "Value.System", "Value.Cut", "Value.IsStub", "Value.IsMalformed",
		"Code.IsValid")
}
