package cohort

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/match/cohort"
)

// related is one -with or its like: what it asks of the people of every list but one.
type related struct {
	option, arg     string // as the command line has them; arg is the name of the list once that is found
	exclude, before bool
	list            int
}

// relate returns a function that adds an option and its argument.
func (o *options) relate(option string, exclude, before bool) func(string) error {
	return func(arg string) error {
		if strings.TrimSpace(arg) == "" {
			return errors.New("must be the NAME or FILE of a codelist of this run")
		}
		o.related = append(o.related, related{option: option, arg: arg, exclude: exclude, before: before})
		return nil
	}
}

// findRelated finds the lists that -with and its like name. Without -group the command line alone shows what is wrong.
func (g *gathering) findRelated() error {
	var all []related
	for _, r := range g.opts.related {
		err := g.find(&r)
		for _, other := range all {
			if err == nil && r.contradicts(other) {
				err = fmt.Errorf("%s %s and %s %s keep nobody together: leave one of them out", other.option, other.arg,
					r.option, r.arg)
			}
		}
		if err != nil && g.opts.lists.Group == "" {
			return program.Usage("%w", err)
		} else if err != nil {
			return err
		}
		if !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	g.opts.related = all
	return nil
}

// contradicts reports whether nobody can be kept by both.
func (r related) contradicts(other related) bool {
	if r.exclude {
		r, other = other, r
	}
	return r.list == other.list && !r.exclude && other.exclude && (r.before || !other.before)
}

// find finds the list that one option names, and puts its name in place of the argument.
func (g *gathering) find(r *related) error {
	var lists []*codelist.List
	for _, file := range g.named(r.arg) {
		lists = append(lists, file.Lists...)
	}
	asked := r.option + " " + program.Plain(r.arg)
	switch {
	case len(g.lists) == 1:
		return fmt.Errorf("%s: %s is the only codelist, and no other one is there whose people it could choose: name "+
			"another one by -icd10, -opcs4 or -codelist", asked, g.lists[0].Name())
	case len(lists) == 0:
		names := listNames(g.lists)
		return fmt.Errorf("%s: no codelist of this run: %sthere are %s", asked,
			program.DidYouMean(r.arg, "", names), strings.Join(names, ", "))
	case len(lists) > 1:
		return fmt.Errorf("%s: is %d lists, and one is needed: name one of %s", asked, len(lists),
			strings.Join(listNames(lists), ", "))
	}
	r.list, r.arg = slices.Index(g.lists, lists[0]), lists[0].Name()
	return nil
}

func listNames(lists []*codelist.List) []string {
	names := make([]string, len(lists))
	for i, l := range lists {
		names[i] = l.Name()
	}
	return names
}

// relations returns the options of the cohort that -with and its like stand for.
func (g *gathering) relations() (opts []cohort.Option) {
	for _, r := range g.opts.related {
		relate := map[[2]bool]func(list, other int) cohort.Option{
			{false, false}: cohort.With, {true, false}: cohort.Without,
			{false, true}: cohort.WithBefore, {true, true}: cohort.WithoutBefore,
		}[[2]bool{r.exclude, r.before}]
		for list := range g.lists {
			if list != r.list {
				opts = append(opts, relate(list, r.list))
			}
		}
	}
	return opts
}

// who says which people a list other than that of r keeps.
func (r related) who() string { return "those who " + r.has("have") }

// chooses reports whether not all people with an appointment of a list are kept in it, because of another list.
func (o *options) chooses(list int) bool {
	return slices.ContainsFunc(o.related, func(r related) bool { return r.list != list })
}

// has says what these people have, or had.
func (r related) has(have string) string {
	text := "also " + have + " an included appointment of " + r.arg
	if r.exclude {
		text = have + " no included appointment of " + r.arg
	}
	if r.before {
		text += " on a day before their first one of the list"
	}
	return text
}

// relatedOptions names the options, each once.
func (o *options) relatedOptions() string {
	var names []string
	for _, r := range o.related {
		names = append(names, r.option)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}
