package oracle

// mayBeHit says whether a value could match anything at all.
func (v value) mayBeHit() bool { return v.class == classCode || v.class == classMissing }

// filled is a canonical code with its filler, so that a category and the same
// category plus filler compare equal.
func filled(code string) string {
	if isCategory(code) {
		return code + "X"
	}
	return code
}

// sameCode compares a positional and a concatenated value: codes, and missing values likewise.
func sameCode(a, b value) bool {
	return a.isComparable() && b.isComparable() && filled(a.code) == filled(b.code)
}

// isCode is false for a missing value that is malformed.
func (v value) isCode() bool { return isWhole(v.system, v.code) }

// isComparable is true of codes and of missing values that are written as one, malformed or
// not: of R69ZZ, and not of a dash.
func (v value) isComparable() bool {
	return v.isCode() || v.class == classMissing && standsForMissing(v.system, tidy(v.text))
}

// sameAsRaw compares a raw value with one of a shorter column. A raw value that
// is no code is compared by its beginning all the same.
func sameAsRaw(rawValue, v value) bool {
	if !v.isComparable() {
		return false
	}
	whole := filled(rawValue.code)
	start := tidy(rawValue.text)
	if rawValue.isCode() {
		start = whole
	}
	return whole == filled(v.code) || len(start) >= 4 && filled(canonical(v.system, start[:4])) == filled(v.code)
}

// without is what is left of the values once each has been paired, where it can
// be, with one of the others. Each of the others pairs once, the earlier first,
// but before all those that stand at one position.
func without(values, others []value) []value {
	used := make([]bool, len(others))
	pairOff := func(values []value, atOnePosition bool) (left []value) {
		for _, v := range values {
			paired := false
			for i, other := range others {
				if !used[i] && sameCode(other, v) && (!atOnePosition || other.position == v.position) {
					used[i], paired = true, true
					break
				}
			}
			if !paired {
				left = append(left, v)
			}
		}
		return left
	}
	return pairOff(pairOff(values, true), false)
}

// notRaw are the values that no raw value stands for.
func notRaw(values, raws []value) []value {
	var left []value
	for _, v := range values {
		found := false
		for _, r := range raws {
			found = found || sameAsRaw(r, v)
		}
		if !found {
			left = append(left, v)
		}
	}
	return left
}

// ofKind are the values of one kind; unless the kind is raw, only those that
// could match anything. A raw value that is no code still speaks for its
// beginning in the other columns.
func ofKind(values []value, kind string) []value {
	var some []value
	for _, v := range values {
		if v.kind == kind && (kind == raw || v.mayBeHit()) {
			some = append(some, v)
		}
	}
	return some
}

// reconcile leaves each code of a row once: at its raw position, else at its
// positional one, else at its concatenated one.
func reconcile(all []value) []value {
	raws := ofKind(all, raw)
	positionals := ofKind(all, positional)
	concats := notRaw(without(ofKind(all, concat), positionals), raws)
	positionals = notRaw(positionals, raws)

	var once []value
	once = append(once, raws...)
	once = append(once, positionals...)
	return append(once, concats...)
}

// disagreements counts the codes that a row has in its positional fields and not
// in the concatenated one, or the other way round. Both have to be read.
func disagreements(columns []column, all []value) int {
	if !hasKind(columns, positional) || !hasKind(columns, concat) {
		return 0
	}
	p, c := ofKind(all, positional), ofKind(all, concat)
	count := 0
	for _, v := range append(without(p, c), without(c, p)...) {
		if v.class == classCode {
			count++
		}
	}
	return count
}

func hasKind(columns []column, kind string) bool {
	for _, c := range columns {
		if c.kind == kind {
			return true
		}
	}
	return false
}
