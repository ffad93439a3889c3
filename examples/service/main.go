// Service answers over HTTP which codelists match the codes of one appointment, and why:
// service LIST ..., then curl -d '{"ICD-10": ["F33.9"], "OPCS-4": ["W37.1"]}' localhost:8080
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
)

func main() {
	listen := flag.String("listen", "localhost:8080", "`ADDRESS` to listen on")
	flag.Parse()
	var lists []*codelist.List
	for _, path := range flag.Args() {
		file, err := os.Open(path)
		if err != nil {
			log.Fatal(err)
		}
		list, err := codelist.Parse(path, file)
		if err != nil {
			log.Fatal(err) // names every row that was not understood
		}
		lists = append(lists, list)
	}
	log.Fatal(http.ListenAndServe(*listen, handler(lists)))
}

type answer struct {
	List    string   `json:"list"`
	Status  string   `json:"status"`  // match, no match or unknown
	Entries []string `json:"entries"` // each matching code with the entry that decided
}

func handler(lists []*codelist.List) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var codes map[coding.System][]string
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&codes)
		var values []coding.Value
		coded := make(map[coding.System]bool)
		for _, sys := range []coding.System{coding.ICD10, coding.OPCS4, 0} { // 0 is "no system", and refused
			for _, text := range codes[sys] {
				v := coding.ReadValue(sys, []byte(text), 0) // 0: whole, no field has cut it
				values, coded[sys] = append(values, v), coded[sys] || v.Class() == coding.ClassCode
				if !sys.IsValid() || v.Class() == coding.ClassUnrecognised {
					err = fmt.Errorf("%q is no code of %v", text, sys)
				}
			}
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		answers := make([]answer, len(lists))
		for i, list := range lists {
			answers[i] = answer{List: list.Name(), Status: "no match"}
			for _, sys := range coding.Systems() {
				if list.Includes(sys) && !coded[sys] {
					answers[i].Status = "unknown" // most appointments have no code, which says nothing
				}
			}
			for _, v := range values {
				if d := list.Decide(v); d.Covered {
					e := list.Entry(d.Entry)
					answers[i].Status = "match"
					answers[i].Entries = append(answers[i].Entries, fmt.Sprintf("%v by %s, %v", v.Code(), e.Raw, e.Pos))
				}
			}
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answers) // who asked may have gone
	}
}
