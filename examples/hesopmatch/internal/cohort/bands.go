package cohort

import (
	"fmt"
	"strconv"
	"strings"

	"hesopmatch/match/cohort"
)

// The ages that bands can begin at.
const (
	oldest    = 120
	mostBands = 64
)

// setBands sets the ages at which bands begin. One begins at 0 in any case.
func (o *options) setBands(arg string) error {
	var ages []int
	for word := range strings.SplitSeq(arg, ",") {
		age, err := strconv.Atoi(strings.TrimSpace(word))
		switch {
		case err != nil || age < 0 || age > oldest:
			return fmt.Errorf("must be ages in whole years, 0 to %d, with commas between them, such as 0,18,40,65",
				oldest)
		case len(ages) > 0 && age <= ages[len(ages)-1]:
			return fmt.Errorf("%d stands behind %d: the ages must ascend, each once, such as 0,18,40,65", age,
				ages[len(ages)-1])
		}
		ages = append(ages, age)
	}
	if ages[0] != 0 {
		ages = append([]int{0}, ages...)
	}
	if len(ages) > mostBands {
		return fmt.Errorf("%d bands: there may be %d", len(ages), mostBands)
	}
	o.bands = ages
	return nil
}

// warnBands warns of bands where the data have no age.
func (g *gathering) warnBands() {
	if _, ok := g.table(cohort.ByAge.String()); !ok && g.opts.bands != nil && g.tables != nil {
		g.opts.notices.Warn("-bands: the data have no column apptage or apptage_calc, so there is no table by age; " +
			"-rename AGE=apptage says which column AGE has it")
	}
}

// writtenBands returns the bands as the command line has them.
func (o *options) writtenBands() string {
	words := make([]string, len(o.bands))
	for i, age := range o.bands {
		words[i] = strconv.Itoa(age)
	}
	return strings.Join(words, ",")
}
