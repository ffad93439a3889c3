package cohort

import (
	"fmt"
	"strconv"
	"strings"

	"hesopmatch/match/cohort"
)

// Limits of -bands: the highest age at which a band can begin, and the largest number of bands.
const (
	oldest    = 120
	mostBands = 64
)

// setBands sets the ages at which bands begin. It adds a band that begins at 0 if the option does not name 0.
func (o *options) setBands(arg string) error {
	var ages []int
	for word := range strings.SplitSeq(arg, ",") {
		age, err := strconv.Atoi(strings.TrimSpace(word))
		switch {
		case err != nil || age < 0 || age > oldest:
			return fmt.Errorf("must be ages in whole years, 0 to %d, separated by commas, such as 0,18,40,65",
				oldest)
		case len(ages) > 0 && age <= ages[len(ages)-1]:
			return fmt.Errorf("%d follows %d: the ages must increase, such as 0,18,40,65", age,
				ages[len(ages)-1])
		}
		ages = append(ages, age)
	}
	if ages[0] != 0 {
		ages = append([]int{0}, ages...)
	}
	if len(ages) > mostBands {
		return fmt.Errorf("%d bands: at most %d are allowed", len(ages), mostBands)
	}
	o.bands = ages
	return nil
}

// warnBands warns if the data have no age for the bands.
func (g *gathering) warnBands() {
	if _, ok := g.table(cohort.ByAge.String()); !ok && g.opts.bands != nil && g.tables != nil {
		g.opts.notices.Warn("-bands: the data have no column apptage or apptage_calc, so there is no table by age; " +
			"if another column AGE holds the age, -rename AGE=apptage reads it")
	}
}

// writtenBands returns the bands as the command line writes them.
func (o *options) writtenBands() string {
	words := make([]string, len(o.bands))
	for i, age := range o.bands {
		words[i] = strconv.Itoa(age)
	}
	return strings.Join(words, ",")
}
