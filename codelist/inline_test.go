package codelist

import (
	"testing"

	"hesopmatch/internal/inlined"
)

func TestInlined(t *testing.T) {
	inlined.Require(t, "Value.Class", "Value.Code", "Value.System", "Value.Cut", "Value.IsStub", "Value.IsMalformed", "Code.IsValid", "Code.Places")
}
