package hesop

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/internal/nearest"
)

// column returns the handle of a column, by its name in the data or by the name under which it is read.
func (h *header) column(name string) (Column, error) {
	if i := h.find(foldColumn(name)); i >= 0 {
		return Column{h, i}, nil
	}
	return Column{}, fmt.Errorf("%w: %q; %s", ErrColumn, strings.TrimSpace(name), h.choice(name))
}

// choice lists the columns for an error about an unknown name, and suggests the one that may be meant. An empty name
// gets no suggestion. Code columns are only counted, because they are many.
func (h *header) choice(name string) string {
	const most = 12
	n := newNaming(h.names, h.origin)
	var names, others []string
	hidden := 0
	for i := range h.names {
		switch {
		case foldColumn(h.names[i]) == "":
		case !n.shows(h.names[i]):
			hidden++
		default:
			names = append(names, h.named(i))
			if !slices.ContainsFunc(h.codes.all, func(f placedField) bool { return f.Column.index == i }) {
				others = append(others, h.named(i))
			}
		}
	}
	meant := nearest.Word(strings.TrimSpace(name), names)
	said := ""
	if meant != "" {
		said = fmt.Sprintf("did you mean %q? ", meant)
	}
	shown := make([]string, 0, most)
	for _, name := range others[:min(most, len(others))] {
		shown = append(shown, n.quote(name))
	}
	if rest := len(names) + hidden - len(shown); rest > 0 && len(shown) > 0 {
		shown = append(shown, fmt.Sprintf("and %d more", rest))
	} else if rest > 0 {
		shown = append(shown, fmt.Sprintf("%d, all code columns or with names that are not shown", rest))
	}
	return said + "the columns are " + strings.Join(shown, ", ")
}
