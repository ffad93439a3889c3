package hesoptest

import "strings"

// specialty is a treatment specialty and the codes that occur in it.
type specialty struct {
	code                  string
	main                  string // main specialty, if its code differs
	weight                float64
	from                  int // financial year of introduction
	ages                  [2]int
	sex                   string // "" for both
	diagnoses, procedures string // the commonest first
}

// specialties lists the treatment specialties to which most appointments belong. Which codes are common in a specialty
// is common knowledge; the frequencies are invented.
var specialties = []specialty{
	{
		code: "100", weight: 7, ages: [2]int{16, 120},
		diagnoses: "K409 K802 N63X K573 K429 L723 K649", procedures: "H259 H229 H201 Z286 Y981",
	},
	{
		code: "101", weight: 4, ages: [2]int{16, 120},
		diagnoses: "N40X C61X R31X N201 N393 N318", procedures: "M459 M470 U264 M479 Y981",
	},
	{
		code: "104", weight: 1, from: 2004, main: "100", ages: [2]int{16, 120},
		diagnoses: "C189 K635 K579 K603", procedures: "H289 H259 H221 Y981",
	},
	{
		code: "103", weight: 2, from: 2004, main: "100", ages: [2]int{18, 120}, sex: "2",
		diagnoses: "C509 N63X D24X N644", procedures: "B374 U092 B339 Z153 Z942 Z943",
	},
	{
		code: "110", weight: 11, ages: [2]int{0, 120},
		diagnoses: "M171 M169 M232 S525 M7541 S626 M5456 G560", procedures: "W903 X483 T525 A651 W371 Z846 Z942 Z943",
	},
	{
		code: "120", weight: 5, ages: [2]int{0, 120},
		diagnoses: "H919 J342 H669 J320 H810 R040", procedures: "D071 E252 E259 D073 Z942 Z943",
	},
	{
		code: "130", weight: 11, ages: [2]int{0, 120},
		diagnoses: "H259 H401 H353 H360 H521 H269 H409", procedures: "C873 C751 C794 C898 C712 Z942 Z943 Y981",
	},
	{
		code: "140", weight: 2, ages: [2]int{8, 120},
		diagnoses: "K011 K021 K047 K073", procedures: "F091 F109 F103 Y807",
	},
	{
		code: "143", weight: 2, ages: [2]int{8, 40},
		diagnoses: "K073 K074 K011", procedures: "F145 F142 F149",
	},
	{
		code: "160", weight: 2, ages: [2]int{0, 120},
		diagnoses: "C443 C449 L910 S610 M720", procedures: "S065 S068 S604 Z478 Z501",
	},
	{
		code: "180", main: "180", weight: 1, ages: [2]int{0, 120},
		diagnoses: "S934 S610 S008", procedures: "X621 S571",
	},
	{
		code: "191", main: "190", weight: 1, ages: [2]int{18, 120},
		diagnoses: "M5456 R522 G629 M7907", procedures: "A577 A521 V544 Z675",
	},
	{
		code: "290", main: "420", from: 2006, weight: 1, ages: [2]int{0, 17},
		diagnoses: "F840 F900 R629 F809", procedures: "X621 X622",
	},
	{
		code: "300", weight: 4, ages: [2]int{16, 120},
		diagnoses: "I10X E119 R074 J180 N390 D649", procedures: "X621 U208 X361",
	},
	{
		code: "301", weight: 3, ages: [2]int{16, 120},
		diagnoses: "K509 K519 K589 K219 K746 K900", procedures: "G451 H221 H259 G459 Z274",
	},
	{
		code: "302", weight: 2, ages: [2]int{16, 120},
		diagnoses: "E119 E109 E039 E059 E232", procedures: "X621 X361",
	},
	{
		code: "303", main: "823", weight: 3, ages: [2]int{0, 120},
		diagnoses: "C900 D469 C911 D509 D66X", procedures: "X361 X352 X338 X729",
	},
	{
		code: "307", main: "302", from: 2004, weight: 2, ages: [2]int{16, 120},
		diagnoses: "E119 E109 E113 E142 I10X", procedures: "X621 U191",
	},
	{
		code: "320", weight: 5, ages: [2]int{16, 120},
		diagnoses: "I259 I489 I48X I10X I209 I509 I350", procedures: "U201 U191 U202 K635 X621",
	},
	{
		code: "330", weight: 5, ages: [2]int{0, 120},
		diagnoses: "L309 L400 C449 L700 L570 D229", procedures: "S065 S112 S151 X621 Z478",
	},
	{
		code: "340", weight: 3, ages: [2]int{16, 120},
		diagnoses: "J449 J459 G473 J841 J47X C349", procedures: "E931 E943 E852 X621",
	},
	{
		code: "361", weight: 2, ages: [2]int{16, 120},
		diagnoses: "N189 N185 Z940 N049 I120", procedures: "X403 X621 X361",
	},
	{
		code: "370", weight: 2, ages: [2]int{16, 120},
		diagnoses: "C509 C189 C349 C61X Z511", procedures: "X729 X352 X723",
	},
	{
		code: "400", weight: 3, ages: [2]int{16, 120},
		diagnoses: "G409 G35X G20X G439 G629 R51X", procedures: "A842 A841 X621",
	},
	{
		code: "410", weight: 3, ages: [2]int{16, 120},
		diagnoses: "M0690 M0510 M329 M109 M4596 M8199", procedures: "X385 W903 X621",
	},
	{
		code: "420", weight: 4, ages: [2]int{0, 17},
		diagnoses: "J459 R629 G409 K590 P071 F900", procedures: "X621 X622 U201",
	},
	{
		code: "430", weight: 1, ages: [2]int{65, 120},
		diagnoses: "F03X R296 I639 G309 R54X", procedures: "X621 U201",
	},
	{
		code: "501", weight: 4, ages: [2]int{15, 52}, sex: "2",
		diagnoses: "Z348 Z359 O244 O149 O321", procedures: "R425 R371 R438 X621",
	},
	{
		code: "502", weight: 6, ages: [2]int{12, 120}, sex: "2",
		diagnoses: "N920 N809 N939 N871 N814 N979", procedures: "Q554 Q555 Q188 P273 Q121",
	},
	{
		code: "560", weight: 3, ages: [2]int{15, 52}, sex: "2",
		diagnoses: "Z348 Z340 Z359", procedures: "R438 R425 X621",
	},
	{
		code: "650", main: "960", from: 2006, weight: 6, ages: [2]int{0, 120},
		diagnoses: "M5456 M2556 M7541 S834", procedures: "X621 X607 X609",
	},
	{
		code: "652", main: "960", from: 2006, weight: 1, ages: [2]int{0, 120},
		diagnoses: "R13X R470 F800", procedures: "X621 X619",
	},
	{
		code: "654", main: "960", from: 2006, weight: 1, ages: [2]int{0, 120},
		diagnoses: "E669 E119 K900", procedures: "X621",
	},
	{
		code: "710", weight: 2, ages: [2]int{18, 120},
		diagnoses: "F322 F200 F319 F411 F603", procedures: "X621 X669",
	},
	{
		code: "711", weight: 1, ages: [2]int{4, 17},
		diagnoses: "F900 F840 F419 F509", procedures: "X621 X622",
	},
	{
		code: "800", weight: 3, ages: [2]int{18, 120},
		diagnoses: "C509 C61X C349 Z510 C20X", procedures: "X659 X654 X674 Y921",
	},
	{
		code: "840", main: "310", from: 2008, weight: 2, ages: [2]int{0, 120},
		diagnoses: "H919 H905 H931", procedures: "U245 D139 U248",
	},
	{
		code: "&", main: "&", weight: 1, ages: [2]int{0, 120},
		diagnoses: "Z099 R104 R51X", procedures: "X621",
	},
}

// book is a specialty in the form that the generator uses.
type book struct {
	specialty
	diagnosis, procedure []string // the most common first
	addition             []string // codes of method and site, which follow the code of a procedure
}

func newBooks() (books []book, weights weighted) {
	var all []float64
	for _, s := range specialties {
		if s.main == "" {
			s.main = s.code
		}
		b := book{specialty: s, diagnosis: strings.Fields(s.diagnoses)}
		for code := range strings.FieldsSeq(s.procedures) {
			if code[0] == 'Y' || code[0] == 'Z' {
				b.addition = append(b.addition, code)
			} else {
				b.procedure = append(b.procedure, code)
			}
		}
		books = append(books, b)
		all = append(all, s.weight)
	}
	return books, weigh(all...)
}

// fits reports whether the specialty sees a person of this age and sex in a year.
func (b *book) fits(year, age int, sex string) bool {
	return year >= b.from && age >= b.ages[0] && age <= b.ages[1] && (b.sex == "" || b.sex == sex)
}

// draw draws an allowed code. Usually it tries the common codes in turn and takes each with a chance of about one half.
// Now and then, and whenever it has taken no common code, it draws a code with the function rare.
func draw(d *dice, common []string, rare func(*dice) string, allowed func(string) bool) string {
	if !d.chance(0.15) {
		for range 2 {
			for _, code := range common {
				if d.chance(0.45) && allowed(code) {
					return code
				}
			}
		}
	}
	for {
		if code := rare(d); allowed(code) {
			return code
		}
	}
}

// rareDiagnosis draws any text with the form of an ICD-10 code, except those that mean missing. It favours the first
// subdivisions of the first categories of a letter.
func rareDiagnosis(d *dice) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTZ"
	for {
		code := []byte{letters[d.below(len(letters))], 0, 0, 0}
		category := int(100 * d.share() * d.share())
		code[1], code[2] = '0'+byte(category/10), '0'+byte(category%10)
		code[3] = '0' + byte(10*d.share()*d.share())
		if d.chance(0.1) {
			code[3] = 'X'
		}
		if d.chance(0.05) && code[3] != 'X' {
			code = append(code, '0'+byte(d.below(10)))
		}
		if string(code[:3]) != "R69" {
			return string(code)
		}
	}
}

// rareProcedure draws any text with the form of an OPCS-4 code, except those that mean missing. It also favours the
// first subdivisions of the first categories of a letter.
func rareProcedure(d *dice) string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
	for {
		category := 1 + int(98*d.share()*d.share())
		code := []byte{
			letters[d.below(len(letters))], '0' + byte(category/10), '0' + byte(category%10),
			'1' + byte(9*d.share()*d.share()),
		}
		if string(code[:3]) != "X99" {
			return string(code)
		}
	}
}
