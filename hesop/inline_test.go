package hesop

import (
	"runtime"
	"testing"

	"hesopmatch/internal/inlined"
)

func TestInlined(t *testing.T) {
	leaves := []string{"spanCache.at", "(*cachedSpan).holds", "(*Codes).Coded", "kindOf", "(*Appointment).width"}
	if runtime.GOARCH != "386" { // on 386 an atomic load is a call
		leaves = append(leaves, "(*Appointment).begin")
	}
	inlined.Require(t, leaves...)
}
