* hesopmatch.do runs the program hesopmatch from Stata, to find which appointments match which
* codelists. It has never been run in Stata, which the project does not have: tests run its command
* lines with the program, and the rest was only reviewed. Check its numbers against your own before
* you rely on them.
*
*     do hesopmatch.do
*     hm_flag using appointments.csv, icd10(depression.csv) rows(all) clear
*     tabulate depression, missing
*
* It needs Stata 14 or later, and the program in the working folder, on the PATH, or at the path in
*     global hesopmatch "folder/hesopmatch"
* README.md in the same folder describes hm_lint, hm_flag, hm_hits, hm_people and hm_release.
*
* A flag is 1 for a match, 0 for no match and . for unknown. Keep the matches with
*     keep if depression == 1
* In Stata, . is greater than any number, so these lines also keep the unknown appointments:
*     keep if depression
*     keep if depression > 0

version 14

* hm_options returns, in s(args), the command line for the options that all programs here share.
* options() holds other options, as the program's help lists them: options(-raw-width 4 -primary).
capture program drop hm_options
program hm_options, sclass
	syntax [, ICD10(string asis) OPCS4(string asis) CODELIST(string asis) OPTIONS(string asis)]
	local args
	foreach list in icd10 opcs4 codelist {
		foreach file of local `list' {
			local args `"`args' -`list' "`file'""'
		}
	}
	sreturn local args `"`args' `options'"'
end

* hm_run runs a command line, shows the program's messages, and fails if the output file is missing.
* It cannot test the exit status of the program, because Stata's shell command does not return it. With
* -o, a program that fails writes no file.
capture program drop hm_run
program hm_run
	args line out
	local hesopmatch `"$hesopmatch"'
	if `"`hesopmatch'"' == "" & "`c(os)'" == "Windows" local hesopmatch hesopmatch.exe
	if `"`hesopmatch'"' == "" {
		capture confirm file "hesopmatch"
		local hesopmatch = cond(_rc, "hesopmatch", "./hesopmatch")
	}
	tempfile said
	capture erase `"`out'"'
	if "`c(os)'" == "Windows" {
		shell ""`hesopmatch'" `line' 2> "`said'""
	}
	else {
		shell "`hesopmatch'" `line' 2> "`said'"
	}
	capture noisily type `"`said'"'
	capture confirm file `"`out'"'
	if _rc {
		display as error "hesopmatch failed and wrote nothing; its messages are above"
		display as error `"if there are none, the program was not found; set its path: global hesopmatch "folder/hesopmatch""'
		exit 601
	}
end

* hm_import reads a table that the program wrote, with every column as text.
capture program drop hm_import
program hm_import
	args out
	quietly import delimited using `"`out'"', varnames(1) stringcols(_all) delimiters(",") ///
		bindquotes(strict) case(preserve) encoding("UTF-8") clear
end

* hm_number converts text columns to numbers, and fails if a text is not a number.
capture program drop hm_number
program hm_number
	syntax varlist [, Type(name)]
	foreach v of local varlist {
		quietly destring `v', replace
		capture confirm numeric variable `v'
		if _rc {
			display as error "column `v' holds something other than numbers"
			exit 459
		}
		if "`type'" != "" quietly recast `type' `v'
	}
end

* hm_lists returns, in r(lists), the number of lists in a manifest. A folder, a pattern or -group makes several lists
* from one path.
capture program drop hm_lists
program hm_lists, rclass
	args account
	tempname file
	local lists 0
	file open `file' using `"`account'"', read text
	file read `file' line
	while r(eof) == 0 {
		if strpos(`"`macval(line)'"', "name_in_output") local ++lists
		file read `file' line
	}
	file close `file'
	return scalar lists = `lists'
end

* hm_flag reads the appointments, with a byte for each codelist: 1 match, 0 no match, . unknown.
capture program drop hm_flag
program hm_flag
	syntax using/ , clear [ICD10(passthru) OPCS4(passthru) CODELIST(passthru) OPTIONS(passthru) ///
		ROWS(name)]
	hm_options , `icd10' `opcs4' `codelist' `options'
	local args `"`s(args)'"'
	if "`rows'" == "" local rows matched
	tempfile out account
	hm_run `"flag `args' -names safe -rows `rows' -manifest "`account'" -o "`out'" "`using'""' `"`out'"'
	hm_lists `"`account'"'
	local lists = r(lists)
	hm_import `"`out'"'
	capture label drop hm_flag
	label define hm_flag 0 "no match" 1 "match"
	quietly ds
	local all `r(varlist)'
	local count : word count `all'
	forvalues i = `=`count' - `lists' + 1'/`count' {
		local v : word `i' of `all'
		hm_number `v', type(byte)
		label values `v' hm_flag
	}
end

* hm_hits reads a row for each value that matched, with the entry that decided.
capture program drop hm_hits
program hm_hits
	syntax using/ , clear [ICD10(passthru) OPCS4(passthru) CODELIST(passthru) OPTIONS(passthru)]
	hm_options , `icd10' `opcs4' `codelist' `options'
	tempfile out
	hm_run `"flag `s(args)' -names safe -format hits -o "`out'" "`using'""' `"`out'"'
	hm_import `"`out'"'
	hm_number row position entry_line input_line
end

* hm_people reads a row for each person and list, with days as %td and counts as numbers.
capture program drop hm_people
program hm_people
	syntax using/ , clear [ICD10(passthru) OPCS4(passthru) CODELIST(passthru) OPTIONS(passthru)]
	hm_options , `icd10' `opcs4' `codelist' `options'
	tempfile out
	hm_run `"cohort `s(args)' -o "`out'" "`using'""' `"`out'"'
	hm_import `"`out'"'
	foreach v in first last {
		rename `v' hm_text
		quietly generate int `v' = date(hm_text, "YMD")
		format `v' %td
		order `v', before(hm_text)
		drop hm_text
	}
	hm_number appointments dates
end

* hm_release creates a folder with a page and tables for release, under the rule in disclosure().
capture program drop hm_release
program hm_release
	syntax using/ , FOLDER(string) DISCLOSURE(string) [ICD10(passthru) OPCS4(passthru) ///
		CODELIST(passthru) OPTIONS(passthru)]
	hm_options , `icd10' `opcs4' `codelist' `options'
	capture confirm file `"`folder'/tables.csv"'
	if !_rc {
		display as error `"`folder' already holds a release: name another folder"'
		exit 602
	}
	hm_run `"cohort `s(args)' -disclosure `disclosure' -release "`folder'" "`using'""' `"`folder'/tables.csv"'
end

* hm_lint shows what is wrong with a codelist. It shows the report even if the list is refused.
capture program drop hm_lint
program hm_lint
	syntax [using/] [, ICD10(passthru) OPCS4(passthru) CODELIST(passthru) OPTIONS(passthru)]
	hm_options , `icd10' `opcs4' `codelist' `options'
	local file = cond(`"`using'"' == "", "", `""`using'""')
	tempfile out
	hm_run `"lint `s(args)' -o "`out'" `file'"' `"`out'"'
	type `"`out'"'
end
