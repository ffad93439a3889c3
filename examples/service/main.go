// Service reports over HTTP which codelists match the codes of one appointment, and why.
//
//	service LIST ...
//	curl -d '{"ICD-10": ["F33.9"], "OPCS-4": ["W37.1"]}' localhost:8080
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/http"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

func main() {
	listen := flag.String("listen", "localhost:8080", "`ADDRESS` to listen on")
	flag.Parse()
	var lists []*codelist.List
	for _, path := range flag.Args() {
		list, err := codelist.Open(path)
		if err != nil {
			log.Fatal(err) // the error names every rejected row
		}
		lists = append(lists, list)
	}
	matcher, err := match.Compile(lists...)
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(*listen, handler(matcher)))
}

type answer struct {
	List    string   `json:"list"`
	Status  string   `json:"status"`  // match, no match or unknown
	Entries []string `json:"entries"` // each matching code with the entry that decided
}

func handler(matcher *match.Matcher) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var request map[coding.System][]string
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&request)
		codes := new(hesop.Codes) // keep these and the results in a sync.Pool to avoid allocations
		for sys, texts := range request {
			for _, text := range texts {
				if !sys.IsValid() || coding.ReadValue(sys, []byte(text), 0).Class() == coding.ClassUnrecognised {
					err = fmt.Errorf("%q is not a code of %v", text, sys)
					break
				}
				codes.Add(hesop.CodeField{System: sys}, []byte(text))
			}
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		result, answers := matcher.NewResult(), make([]answer, matcher.Len())
		matcher.Match(codes, result)
		for i := range answers {
			answers[i] = answer{List: matcher.List(i).Name(), Status: result.Status(i).String()}
		}
		for _, h := range matcher.AppendHits(nil, codes) {
			e := matcher.List(h.List).Entry(h.Entry)
			why := fmt.Sprintf("%s by %s, %v", codes.Text(h.Slot), e.Raw, e.Pos)
			answers[h.List].Entries = append(answers[h.List].Entries, why)
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answers) // the client may have gone
	}
}
