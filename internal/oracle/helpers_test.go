package oracle

import (
	"strings"
	"testing"
)

// cellsOf returns cells from a short notation: "E11" is an inclusion, "!E11" an exclusion.
func cellsOf(system string, texts ...string) []Cell {
	var cells []Cell
	for _, text := range texts {
		rest, exclude := strings.CutPrefix(text, "!")
		cells = append(cells, Cell{system, rest, exclude})
	}
	return cells
}

// listOf returns a list and fails the test if a cell is rejected.
func listOf(t *testing.T, policy, system string, texts ...string) *List {
	t.Helper()
	list, rejected := NewList(cellsOf(system, texts...), Settings{Policy: policy})
	for _, r := range rejected {
		t.Errorf("cell %q rejected: %s", texts[r.Cell], r.Why)
	}
	return list
}

// shown writes entries in a short notation: E11% has descendants, E11 does not, and ! marks an exclusion.
func shown(entries []Entry) string {
	var texts []string
	for _, e := range entries {
		text := e.Code
		if e.Descendants {
			text += "%"
		}
		if e.Exclude {
			text = "!" + text
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, " ")
}
