package hesoptest

import (
	"hash/fnv"
	"strings"
)

// filling describes a column that no rule of the generator covers: the share of rows that have a value, and the
// patterns of values. Earlier patterns are drawn more often. In a pattern, # is a digit and % a hexadecimal digit;
// anything else is literal.
type filling struct {
	share    float64
	patterns string
}

// fillings holds the fillings by the name of the column, without the suffix _e. The shares are the completeness of the
// national data, to the nearest hundredth or so (NHS England, coverage of HES OP as archived on 4 November 2025).
// Columns that are not listed are empty. A column that UK LLC encrypts has hexadecimal digits in every layout.
var fillings = map[string]filling{
	"admincat":                  {1, "01 01 01 02 99"},
	"at_gp_practice":            {0.53, "Q## Y"},
	"at_residence":              {0.53, "Q## Y"},
	"at_treatment":              {0.53, "Q##"},
	"cannet":                    {0.60, "N## Z99"},
	"canreg":                    {0.86, "Y#### Z9999"},
	"ccg_gp_practice":           {0.80, "%%%%%%%%"},
	"ccg_residence":             {0.80, "%%%%%%%%"},
	"ccg_responsibility":        {0.80, "%%%%%%%%"},
	"ccg_responsibility_origin": {0.80, "1 1 2 9"},
	"ccg_treatment":             {0.80, "%%%%%%%%"},
	"ccg_treatment_origin":      {0.80, "1 1 2 9"},
	"cohortkey":                 {1, "%%%%%%%%%%%%%%%%"},
	"cr_gp_practice":            {0.80, "Y## Y"},
	"cr_residence":              {0.80, "Y## Y"},
	"cr_treatment":              {0.80, "Y##"},
	"gortreat":                  {1, "A B D E F G H J K Y"},
	"gpprac":                    {1, "%%%%%%%%"},
	"locclass":                  {1, "01 01 01 99 04 05"},
	"loctype":                   {0.03, "017 018 002"},
	"lsoa01":                    {0.99, "%%%%%%%%"},
	"lsoa11":                    {0.99, "%%%%%%%%"},
	"msoa01":                    {0.99, "%%%%%%%%"},
	"msoa11":                    {0.99, "%%%%%%%%"},
	"ner_gp_practice":           {0.58, "Y##"},
	"ner_residence":             {0.58, "Y##"},
	"ner_treatment":             {0.58, "Y##"},
	"nic_number":                {1, "NIC-000000"},
	"pcon":                      {0.60, "%%%%%%%%"},
	"pcon_ons":                  {0.76, "%%%%%%%%"},
	"pctcode_his":               {0.74, "%%%%%%%%"},
	"pctorig_his":               {0.74, "1 1 2 3 9"},
	"pcttreat":                  {0.74, "5ZZ 59898 59999"},
	"preferer":                  {0.99, "%%%%%%%% %%%%%%%% & 99"},
	"procode3":                  {1, "ZZ#"},
	"procode5":                  {1, "ZZ###"},
	"procodet":                  {1, "ZZ#"},
	"provdist":                  {0.95, "#.## ##.##"},
	"provdist_flag":             {0.96, "3 5"},
	"purcode":                   {1, "ZZZ##"},
	"referorg":                  {0.93, "ZZZ## X99999 X99998"},
	"rescty":                    {0.74, "##"},
	"rescty_ons":                {0.76, "E100000## Y"},
	"resgor":                    {0.74, "A B D E F G H J K Y"},
	"resgor_ons":                {0.76, "E1200000# Y"},
	"resladst":                  {0.74, "%%%%%%%%"},
	"resladst_ons":              {0.76, "%%%%%%%%"},
	"respct_his":                {0.71, "5ZZ 59898 59999"},
	"resstha_his":               {0.71, "Q## Y"},
	"row_version":               {1, "1"},
	"servtype":                  {1, "1 1 3 2 9"},
	"sitedist":                  {0.90, "#.## ##.##"},
	"sitedist_flag":             {0.90, "5 3"},
	"sitetret":                  {0.95, "%%%%%%%%"},
	"stafftyp until 2004":       {1, "01 02 99 09"},
	"stafftyp from 2005":        {1, "03 04 99 09"},
	"sthatret":                  {0.74, "Q## Y"},
	"sushrg":                    {0.83, "WF01A WF01B WF02A AA99Z"},

	"babyage":        {0.01, "7001 7003 7005"},
	"carersi":        {1, "99 99 99 01 02"},
	"csnum":          {0.90, "%%%%%%"},
	"currward":       {0.74, "%%%%%%%%"},
	"currward_ons":   {0.76, "%%%%%%%%"},
	"ethrawl":        {0.04, "A Z"},
	"gppracha":       {0.74, "QZ#"},
	"gppracro":       {0.74, "Y##"},
	"gpprpct":        {0.74, "%%%%%%%%"},
	"gpprstha":       {0.74, "Q##"},
	"hatreat":        {0.74, "QZ#"},
	"hrgnhs":         {0.018, "WF01A WF01B"},
	"hrgnhsvn":       {0.018, "4.0"},
	"imd04_decile":   {0.97, "1 2 3 4 5 6 7 8 9 10"},
	"marstat":        {0.008, "9 1 2"},
	"newnhsno_check": {0.99, "Y"},
	"nhsnoind":       {0.95, "01"},
	"oacode6":        {0.74, "%%%%%%%%"},
	"opcs43":         {0.42, "1"},
	"operstat":       {0.88, "8 1 9"},
	"orgpppid":       {0.47, "%%%%%%%%"},
	"pcfound":        {1, "Y"},
	"pconsult":       {1, "%%%%%%%% &"},
	"pctcode02":      {0.33, "%%%%%%%%"},
	"pctcode06":      {0.66, "%%%%%%%%"},
	"pctnhs":         {0.99, "%%%%%%%%"},
	"pctorig02":      {0.33, "1 2"},
	"pctorig06":      {0.66, "%%%%%%%%"},
	"preggmp":        {1, "%%%%%%%% &"},
	"primerecp":      {0.93, "ZZZ00"},
	"procode":        {1, "%%%%%%%%"},
	"protype":        {1, "ZZ"},
	"purstha":        {0.33, "Q##"},
	"purval":         {1, "1 2"},
	"resha":          {0.74, "QZ#"},
	"respct02":       {0.30, "%%%%%%%%"},
	"respct06":       {0.66, "%%%%%%%%"},
	"resro":          {0.74, "Y##"},
	"resstha02":      {0.30, "Q##"},
	"resstha06":      {0.66, "Q##"},
	"rotreat":        {0.74, "Y##"},
	"rttperstat":     {0.48, "10 20 30 99"},
	"rururb_ind":     {0.87, "1 2 3 5"},
	"sender":         {1, "ZZZ00"},
	"sushrgvers":     {0.83, "4.9"},
	"susrecid":       {0.90, "##########"},
	"susspellid":     {0.85, "######### -1"},
	"ward91":         {0.74, "%%%%%%%%"},
}

// noiseColumn returns the column that the filling of a name describes, or an empty column if the name has no filling.
func noiseColumn(name string) column {
	f, ok := fillings[name]
	if !ok {
		return func(dst []byte, _ *Row) []byte { return dst }
	}
	patterns := strings.Fields(f.patterns)
	h := fnv.New64a()
	h.Write([]byte(name))
	salt := h.Sum64()
	perPerson := name == "cohortkey"
	limit := uint64(f.share * (1 << 32))
	return func(dst []byte, r *Row) []byte {
		if r.noise == 0 {
			return dst
		}
		noise := r.noise
		if perPerson {
			h := fnv.New64a()
			h.Write([]byte(r.Person))
			noise = h.Sum64()
		}
		x := mix(noise ^ salt)
		if x>>32 >= limit {
			return dst
		}
		// The lower of two draws makes earlier patterns more common.
		n := min(x%1021*uint64(len(patterns))/1021, x>>10%1021*uint64(len(patterns))/1021)
		return appendPattern(dst, patterns[n], mix(x))
	}
}

// appendPattern appends a pattern with its digits drawn at random.
func appendPattern(dst []byte, pattern string, x uint64) []byte {
	for i := range len(pattern) {
		if x < 1<<8 {
			x = mix(x + uint64(i))
		}
		switch c := pattern[i]; c {
		case '#':
			dst = append(dst, '0'+byte(x%10))
			x /= 10
		case '%':
			dst = append(dst, "0123456789abcdef"[x%16])
			x /= 16
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
