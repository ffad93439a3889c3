package match

import (
	"testing"

	"hesopmatch/internal/inlined"
)

func TestInlined(t *testing.T) {
	inlined.Require(t, "(*trie).node", "(*Matcher).reads", "(*setTable).at", "(*union).clear", "(*Result).AnyMatch")
}
