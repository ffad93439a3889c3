package hesop

import (
	"testing"

	"hesopmatch/internal/inlined"
)

func TestInlined(t *testing.T) {
	inlined.Require(t, "knownCodes.at", "(*knownSpan).holds", "(*Codes).Coded", "kindOf", "(*Appointment).begin", "(*Appointment).width")
}
