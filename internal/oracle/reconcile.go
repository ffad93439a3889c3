package oracle

// mayBeHit reports whether a value could match any entry.
func (v value) mayBeHit() bool { return v.class == classCode || v.class == classMissing }

// filled returns a canonical code with its filler, so that a category equals the same category with the filler.
func filled(code string) string {
	if isCategory(code) {
		return code + "X"
	}
	return code
}

// sameCode reports whether a positional and a concatenated value are the same code or missing value.
func sameCode(a, b value) bool {
	return a.isComparable() && b.isComparable() && filled(a.code) == filled(b.code)
}

// isCode reports whether a value is a code. It is false for a malformed missing value.
func (v value) isCode() bool { return isWhole(v.system, v.code) }

// isComparable reports whether a value is a code, or a missing value that is written like a code. A malformed missing
// value such as R69ZZ is comparable, but a dash is not.
func (v value) isComparable() bool {
	return v.isCode() || v.class == classMissing && standsForMissing(v.system, tidy(v.text))
}

// sameAsRaw reports whether a raw value includes a value of a shorter column. It compares the whole code and the first
// four characters, even if the raw value is not a code.
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

// without returns the values that it cannot pair with an element of others. It pairs each element of others at most
// once. It first pairs values at the same position, and then earlier values before later values.
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

// notRaw returns the values that no raw value includes.
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

// ofKind returns the values of one kind. For kinds other than raw it leaves out values that cannot match. It keeps all
// raw values, because even a raw value that is not a code replaces the shorter values that it begins with.
func ofKind(values []value, kind string) []value {
	var some []value
	for _, v := range values {
		if v.kind == kind && (kind == raw || v.mayBeHit()) {
			some = append(some, v)
		}
	}
	return some
}

// reconcile keeps each code of a row once: in its raw column if it has one, otherwise in its positional column, and
// otherwise in its concatenated column.
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

// disagreements counts the codes that a row has in its positional fields but not in its concatenated field, or the
// reverse. It returns 0 unless columns of both kinds are read.
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
