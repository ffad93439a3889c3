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

// related is one option -with, -without, -with-before or -without-before. It is a condition on the people of every list
// except the list that it names.
type related struct {
	option, arg     string // as written; once the list has been found, arg is the name of the list
	exclude, before bool
	list            int
}

// relate returns a function that adds a related option with its argument.
func (o *options) relate(option string, exclude, before bool) func(string) error {
	return func(arg string) error {
		if strings.TrimSpace(arg) == "" {
			return errors.New("must be the NAME or FILE of a codelist of this run")
		}
		o.related = append(o.related, related{option: option, arg: arg, exclude: exclude, before: before})
		return nil
	}
}

// findRelated finds the lists that the related options name. Without -group, an error is a usage error, because the
// command line alone shows the mistake.
func (g *gathering) findRelated() error {
	var all []related
	for _, r := range g.opts.related {
		err := g.find(&r)
		for _, other := range all {
			if err == nil && r.contradicts(other) {
				err = fmt.Errorf("%s %s and %s %s together keep nobody: leave one of them out", other.option, other.arg,
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

// contradicts reports whether no person can meet both conditions.
func (r related) contradicts(other related) bool {
	if r.exclude {
		r, other = other, r
	}
	return r.list == other.list && !r.exclude && other.exclude && (r.before || !other.before)
}

// find finds the list that one option names, and replaces the argument by the name of the list.
func (g *gathering) find(r *related) error {
	var lists []*codelist.List
	for _, file := range g.named(r.arg) {
		lists = append(lists, file.Lists...)
	}
	asked := r.option + " " + program.Plain(r.arg)
	switch {
	case len(g.lists) == 1:
		return fmt.Errorf("%s: %s is the only codelist, so there is no other list whose people it could select: name "+
			"another list with -icd10, -opcs4 or -codelist", asked, g.lists[0].Name())
	case len(lists) == 0:
		names := listNames(g.lists)
		return fmt.Errorf("%s: no codelist of this run has that name: %sthe codelists are %s", asked,
			program.DidYouMean(r.arg, "", names), strings.Join(names, ", "))
	case len(lists) > 1:
		return fmt.Errorf("%s: names %d lists, but one is needed: name one of %s", asked, len(lists),
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

// relations returns the options of the cohort for the related options.
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

// who describes the people that r keeps in every list except the list that r names.
func (r related) who() string { return "those who " + r.has("have") }

// chooses reports whether a related option restricts the people of a list.
func (o *options) chooses(list int) bool {
	return slices.ContainsFunc(o.related, func(r related) bool { return r.list != list })
}

// has describes the people that r selects, in words that follow "who". Its argument is the verb: "have" or "had".
func (r related) has(have string) string {
	text := "also " + have + " an included appointment matching " + r.arg
	if r.exclude {
		text = have + " no included appointment matching " + r.arg
	}
	if r.before {
		text += " on a day before their first match of the list"
	}
	return text
}

// relatedOptions returns the names of the related options, each once.
func (o *options) relatedOptions() string {
	var names []string
	for _, r := range o.related {
		names = append(names, r.option)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}
