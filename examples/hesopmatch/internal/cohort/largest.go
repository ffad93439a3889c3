package cohort

import (
	"cmp"
	"slices"

	"hesopmatch/match/cohort"
)

// largest returns the labels of the largest numbers, in their order, hidden ones last.
func largest(labels []string, numbers []cohort.Number, most int) ([]string, []cohort.Number) {
	order := make([]int, len(labels))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(reach(numbers[j]), reach(numbers[i])) })
	var names []string
	var counts []cohort.Number
	for _, i := range order[:min(most, len(order))] {
		names, counts = append(names, labels[i]), append(counts, numbers[i])
	}
	return names, counts
}
