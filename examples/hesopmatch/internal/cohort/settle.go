package cohort

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/match/cohort"
)

// otherSetting finds two settings in an error of ReadPart: the setting that the part was made with, and the setting of
// the cohort.
var otherSetting = regexp.MustCompile(`it has ("(?:[^"\\]|\\.)*"), and this cohort ("(?:[^"\\]|\\.)*")$`)

// settlePart returns why a part cannot be used, and what to do about it.
func settlePart(err error) string {
	text := strings.TrimPrefix(err.Error(), cohort.ErrPart.Error()+": ")
	if found := otherSetting.FindStringSubmatch(text); found != nil {
		had, _ := strconv.Unquote(found[1])
		has, _ := strconv.Unquote(found[2])
		return settleSetting(had, has)
	}
	switch {
	case errors.Is(err, cohort.ErrPerson):
		return text + "; make all parts with the same column (-person)"
	case strings.Contains(text, "already"):
		return text + ", so each appointment would count twice; leave one of them out"
	case strings.Contains(text, "not a part"):
		return text + "; name a file written by -part of this version"
	default:
		return text + "; copy it again, or write it again with -part"
	}
}

// settleSetting names the option that the part was made with, and the option of this run.
func settleSetting(had, has string) string {
	name, _, _ := strings.Cut(strings.NewReplacer("(", " ", "[", " ").Replace(had), " ")
	flags := map[string]string{
		"DateColumn": "-date", "Attended": "-attended", "From": "-from", "To": "-to", "AtLeast": "-min",
		"Once": "-dedupe", "OrderBy": "-order-by", "AgeBands": "-bands",
	}
	switch name {
	case "lists":
		return "it was made with other codelists, in another order, or with other options (-primary, -descendants " +
			"and so on): give the options of the run that made it"
	case "entries":
		return "it was made with codelists that have other entries, or the same entries in another order: name the " +
			"files that it was made with"
	case "relations":
		return "it was made with other -with, -without, -with-before or -without-before: give the options of the run " +
			"that made it"
	case "WithTotals":
		return "it was made without the numbers of the tables (cohort.WithTotals): write it with -part"
	}
	given := func(setting string) string {
		value := strings.Trim(strings.TrimPrefix(setting, name), ` ()[]"`)
		switch {
		case name == "AgeBands":
			return strings.TrimSuffix(flags[name]+" 0,"+strings.ReplaceAll(value, " ", ","), ",")
		case value == "true":
			return flags[name]
		case value == "", value == "false", strings.HasPrefix(value, "0000"):
			return "no " + flags[name]
		default:
			return flags[name] + " " + program.Plain(value)
		}
	}
	return fmt.Sprintf("it was made with %s, and this run has %s: give both the same options", given(had), given(has))
}
