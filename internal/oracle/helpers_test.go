package oracle

import (
	"strings"
	"testing"
)

// cellsOf writes cells briefly: "E11" is an inclusion, "!E11" an exclusion.
func cellsOf(system string, texts ...string) []Cell {
	var cells []Cell
	for _, text := range texts {
		rest, exclude := strings.CutPrefix(text, "!")
		cells = append(cells, Cell{system, rest, exclude})
	}
	return cells
}

// listOf makes a list of which every cell has to be good.
func listOf(t *testing.T, policy, system string, texts ...string) *List {
	t.Helper()
	list, rejected := NewList(cellsOf(system, texts...), Settings{Policy: policy})
	for _, r := range rejected {
		t.Errorf("cell %q rejected: %s", texts[r.Cell], r.Why)
	}
	return list
}

// shown writes entries briefly: E11% has descendants, E11 has not, ! excludes.
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
