// Synth writes synthetic outpatient appointments, of nobody, in the layouts that HES
// Outpatients comes in.
//
//	synth [-rows N] [-seed S] [-layout ukllc|national|otr|cprd] [-missing-diagnosis 0.94] [-missing-procedure 0.72] [-o FILE]
package main

import "hesopmatch/examples/hesopmatch/internal/program"

func main() { program.Main("synth", run) }
