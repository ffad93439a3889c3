package main

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// compile compiles lists in testdata.
func compile(t *testing.T, names ...string) *match.Matcher {
	t.Helper()
	var lists []*codelist.List
	for _, name := range names {
		file, err := os.Open(filepath.Join("../../testdata/codelists", name))
		require.NoError(t, err)
		list, err := codelist.Parse(name, file)
		require.NoError(t, err)
		require.NoError(t, file.Close())
		lists = append(lists, list)
	}
	matcher, err := match.Compile(lists...)
	require.NoError(t, err)
	return matcher
}

// ask sends a request and returns the status and text of the response.
func ask(t *testing.T, matcher *match.Matcher, body string) (status int, text string) {
	t.Helper()
	w := httptest.NewRecorder()
	handler(matcher)(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body)))
	return w.Code, w.Body.String()
}

func TestService(t *testing.T) {
	matcher := compile(t, "depression.csv", "joints.csv")
	const unknown = `"status":"unknown","entries":null`
	both := func(depression, joints string) string {
		return `[{"list":"depression.csv",` + depression + `},{"list":"joints.csv",` + joints + "}]\n"
	}
	for _, c := range []struct{ reason, body, want string }{
		{
			"each list matches", `{"ICD-10": ["f33.9", "I10"], "OPCS-4": ["W37.1"]}`,
			both(`"status":"match","entries":["f33.9 by F33, line 5, column 1"]`, `"status":"match","entries":["W37.1 by W37.%, line 3, column 1"]`),
		},
		{"coded in one system", `{"ICD-10": ["I10"]}`, both(`"status":"no match","entries":null`, unknown)},
		{"missing values", `{"ICD-10": ["R69X"], "OPCS-4": ["-"]}`, both(unknown, unknown)},
		{"no code", `{}`, both(unknown, unknown)},
		{"an unrecognised code", `{"ICD-10": ["12"]}`, `"12" is not a code of ICD-10`},
		{"the zero system", `{"no system": ["F33"]}`, `"F33" is not a code of no system`},
		{"another system", `{"ICD-9": ["F33"]}`, `"ICD-9" is not a valid coding system`},
		{"not JSON", `F33`, "invalid character"},
		{"an empty request", ``, "EOF"},
	} {
		status, text := ask(t, matcher, c.body)
		require.Contains(t, text, c.want, c.reason)
		if strings.HasPrefix(c.want, "[") {
			require.Equal(t, http.StatusOK, status, c.reason)
		} else {
			require.Equal(t, http.StatusBadRequest, status, c.reason)
		}
	}
	source, err := os.ReadFile("main.go")
	require.NoError(t, err)
	require.LessOrEqual(t, strings.Count(string(source), "\n"), 80, "short enough to copy")
}

// TestSameAsMatch requires the same answers for codes in a request as for the same codes in a file.
func TestSameAsMatch(t *testing.T) {
	matcher := compile(t, "depression.csv", "joints.csv", "outpatients.csv", "conditions.csv")
	r := rand.New(rand.NewPCG(1, 2))
	draw := func(codes string) []string {
		all := strings.Fields(codes)
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		return all[:r.IntN(4)]
	}
	for range 300 {
		diagnoses := draw("F320 F321 F32X F339 I10X E119 M0690 M069 Z940 R69X L400")
		procedures := draw("W371 W401 Z943 Z942 C751 - X999 &")
		body, err := json.Marshal(map[string][]string{"ICD-10": diagnoses, "OPCS-4": procedures})
		require.NoError(t, err)
		status, text := ask(t, matcher, string(body))
		require.Equal(t, http.StatusOK, status, text)
		var answers []answer
		require.NoError(t, json.Unmarshal([]byte(text), &answers))

		row := append(append([]string{}, diagnoses...), make([]string, 3-len(diagnoses))...)
		row = append(append(row, procedures...), make([]string, 3-len(procedures))...)
		reader, err := hesop.NewReader(strings.NewReader("diag_01,diag_02,diag_03,opertn_01,opertn_02,opertn_03\n"+
			strings.Join(row, ",")+"\n"), hesop.RawWidth(6))
		require.NoError(t, err)
		for a, err := range reader.All() {
			require.NoError(t, err)
			result := matcher.NewResult()
			matcher.Match(a.Codes(), result)
			hits := matcher.AppendHits(nil, a.Codes())
			for i := range matcher.Len() {
				require.Equal(t, result.Status(i).String(), answers[i].Status, "%s: %s", matcher.List(i).Name(), body)
				n := 0
				for _, h := range hits {
					if h.List == i {
						n++
					}
				}
				require.Len(t, answers[i].Entries, n, "%s: %s", matcher.List(i).Name(), body)
			}
		}
	}
}
