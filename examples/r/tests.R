# tests.R tests hesopmatch.R. Run it in the root of the repository:
#
#   Rscript examples/r/tests.R with|without
#
# The argument "without" hides data.table. The variable HESOPMATCH gives the path of the program.

args <- commandArgs(trailingOnly = TRUE)
hidden <- identical(args, "without")
door <- new.env()
if (hidden) {
  door$requireNamespace <- function(package, ...) package != "data.table" && base::requireNamespace(package, ...)
}
sys.source("examples/r/hesopmatch.R", door)
for (name in ls(door, pattern = "hm_|hesopmatch")) assign(name, door[[name]])

passed <- 0
failed <- 0
# check counts a test. The argument "says" is a text that describes what the test expects. An error in
# the test counts as a failure.
check <- function(says, ok) {
  good <- tryCatch(isTRUE(ok), error = function(e) {
    cat("  ", conditionMessage(e), "\n", sep = "")
    FALSE
  })
  if (!good) cat("FAILED: ", says, "\n", sep = "")
  if (good) passed <<- passed + 1 else failed <<- failed + 1
}
# fails returns the error of an expression, or NULL if it does not fail.
fails <- function(expr) tryCatch({expr; NULL}, error = function(e) e)
says <- function(expr, ...) {
  e <- fails(expr)
  text <- if (is.null(e)) "" else conditionMessage(e)
  all(vapply(c(...), grepl, NA, text, fixed = TRUE)) && inherits(e, "hesopmatch_error")
}
messages <- function(expr) {
  said <- character()
  withCallingHandlers(expr, message = function(m) {
    said <<- c(said, conditionMessage(m))
    invokeRestart("muffleMessage")
  })
  paste(said, collapse = "")
}
utf8 <- function(text) {
  Encoding(text) <- "UTF-8"
  text
}

root <- getwd()
work <- tempfile("a folder' with \"marks\" $HOME `x` ")
dir.create(work)
program <- normalizePath(Sys.getenv("HESOPMATCH"))
program_run <- function(...) system2(program, shQuote(c(...)), stdout = FALSE, stderr = FALSE)
stopifnot("the program runs" = program_run("synth", "-rows", "100000", "-o", file.path(work, "appointments.csv")) == 0)
lists <- file.path(root, "testdata", "codelists")
copied <- file.copy(file.path(lists, c("depression.csv", "joints.csv", "faulty.csv")), work)
stopifnot("the codelists are there" = all(copied),
          "hesopmatch.R is there" = file.copy("examples/r/hesopmatch.R", work))
small <- file.path(root, "testdata", "appointments.csv")
dep <- file.path(lists, "depression.csv")
joints <- file.path(lists, "joints.csv")
left <- function() length(list.files(tempdir(), pattern = "^hesopmatch"))
quote_cells <- function(x) {
  x[is.na(x)] <- ""
  marked <- grepl("[\",\n\r]", x)
  x[marked] <- paste0("\"", gsub("\"", "\"\"", x[marked]), "\"")
  x
}
# lines_of returns a result as the lines of CSV that the program writes. A flag is 1, 0 or empty.
lines_of <- function(x) {
  cells <- lapply(x, function(column) quote_cells(if (is.logical(column)) as.character(+column) else as.character(column)))
  c(paste(quote_cells(names(x)), collapse = ","), do.call(paste, c(unname(cells), sep = ",")))
}

# The README.
setwd(work)
readme <- readLines(file.path(root, "examples", "r", "README.md"), encoding = "UTF-8")
fences <- grep("^```", readme)
block <- function(n) parse(text = readme[(fences[2 * n - 1] + 1):(fences[2 * n] - 1)])
run <- new.env(parent = globalenv())
if (hidden) run$source <- function(...) for (name in ls(door, pattern = "hm_|hesopmatch")) assign(name, door[[name]], run)
said <- messages(eval(block(1), run))
x <- run$x
program_run("flag", "-icd10", "depression.csv", "-opcs4", "joints.csv", "-rows", "all", "-o", "out.csv", "appointments.csv")
check("the README's example equals the output of flag, cell by cell",
      identical(lines_of(x), readLines("out.csv")) && nrow(x) == 100000)
check("in the README's example, flags are logical and all other columns are text",
      identical(unname(vapply(x, typeof, "")), rep(c("character", "logical"), c(ncol(x) - 2, 2))))
program_run("flag", "-icd10", "depression.csv", "-opcs4", "joints.csv", "-o", "out.csv", "appointments.csv")
check("the README's matched rows equal those of flag", {
  y <- hm_flag("appointments.csv", icd10 = "depression.csv", opcs4 = "joints.csv", quiet = TRUE)
  identical(lines_of(y), readLines("out.csv"))
})
check("the README's hits equal those of flag", {
  program_run("flag", "-icd10", "depression.csv", "-format", "hits", "-o", "out.csv", "appointments.csv")
  hits <- read.csv("out.csv", colClasses = "character", na.strings = "")
  identical(run$hits$value, hits$value) && identical(run$hits$attendkey, x$attendkey[as.integer(hits$row)])
})
check("the README's people equal those of cohort", {
  program_run("cohort", "-icd10", "depression.csv", "-attended", "-from", "2010-04-01", "-o", "out.csv", "appointments.csv")
  identical(lines_of(run$people), readLines("out.csv")) && nrow(run$people) > 0
})
check("the README's release exists", all(file.exists(file.path("release", c("page.html", "tables.csv", "outputs.json")))))
check("the message about NA is shown once in a session, and not with quiet = TRUE", {
  hm_state$said <- NULL
  said <- vapply(c(TRUE, FALSE, FALSE), function(quiet) messages(hm_flag(small, icd10 = dep, rows = "all", quiet = quiet)), "")
  identical(grepl("NA in depression means unknown", said), c(FALSE, TRUE, FALSE))
})
four <- vapply(block(2), eval, 1L, run)
unknown <- sum(is.na(x$depression))
check("== counts a row for each unknown, but the README's four ways do not",
      length(unique(four)) == 1 && unknown > 0 && nrow(x[x$depression == TRUE, ]) == four[1] + unknown)

# Files as input.
accent <- if (l10n_info()$`UTF-8`) "\u00e9" else "e" # In the locale C, R opens only ASCII names.
tricky <- file.path(work, paste0("t", accent, "st's $(touch pwned) `x` \"y\" %PATH%;&.csv"))
cells <- c("00000000000000000012", "98765432109876543210", "NA", " x ", "a \"b\"\"c\"", "1,2", "l1\nl2", utf8("\u00e9\u20ac"), "")
wide <- data.frame(attendkey = cells, diag_01 = c("F32X", "", "E119", "-", "F329", "I10", "R69X", "F33", "E11"),
                   note = rev(cells), stringsAsFactors = FALSE)
con <- file(tricky, "wb")
writeLines(enc2utf8(lines_of(wide)), con, useBytes = TRUE)
close(con)
expected <- wide
expected[expected == ""] <- NA
f <- hm_flag(tricky, icd10 = c(d = dep), rows = "all", quiet = TRUE)
check("text of files is kept: identifiers of 20 digits, leading zeros, NA, spaces, quotes, line ends, UTF-8",
      identical(as.list(f[1:3]), as.list(expected)))
check("flags of a file are TRUE, FALSE and NA", identical(f$d, c(TRUE, NA, FALSE, NA, FALSE, FALSE, NA, TRUE, FALSE)))
check("a file name is not run as a command", !file.exists("pwned"))
check("several files are read in the order given", {
  file.copy(small, "copy.csv")
  cat("\n", file = "copy.csv", append = TRUE)
  y <- hm_flag(c(small, "copy.csv"), icd10 = dep, rows = "all", quiet = TRUE)
  z <- hm_flag(small, icd10 = dep, rows = "all", quiet = TRUE)
  identical(y, rbind(z, z)) && identical(class(y), "data.frame")
})
check("a path that begins with a hyphen is not an option", {
  file.copy(small, "-lenient")
  nrow(hm_flag("-lenient", icd10 = dep, quiet = TRUE)) == 3
})
check("columns, renames and other options reach the program", {
  y <- hm_flag(small, icd10 = dep, rows = "all", columns = c("NOTE", "FYEAR"), raw_width = 4, primary = TRUE,
               lenient = FALSE, rename = c(NOTE = ""), quiet = TRUE)
  identical(names(y), c("NOTE", "FYEAR", "depression")) && sum(y$depression, na.rm = TRUE) == 2
})
conditions <- file.path(lists, "conditions.csv")
groups <- names(read.csv(conditions))
check("with the option group, each value of the column gets a logical column", {
  grouped <- data.frame(code = c("F32", "E11", "F33"), what = c("a", "b", "a"))
  y <- hm_flag(small, icd10 = list(g = grouped), group = "what", code_column = "code", rows = "all", quiet = TRUE)
  is.logical(y$a) && is.logical(y$b) && !is.logical(y$NOTE)
})
check("names = \"safe\" names the columns safely", {
  y <- hm_flag(small, icd10 = c("my list" = dep), names = "safe", quiet = TRUE)
  is.logical(y$my_list)
})
check("hm_hits returns whole numbers", {
  h <- hm_hits(small, icd10 = dep, quiet = TRUE)
  all(vapply(h[c("row", "position", "entry_line", "input_line")], is.integer, NA)) && identical(h$row, 2:4) &&
    identical(h$entry_line, c(3L, 2L, 5L)) && all(h$entry_file == dep) && is.character(h$value)
})
people <- hm_people(small, icd10 = dep, quiet = TRUE)
check("hm_people returns days and whole numbers", {
  inherits(people$first, "Date") && inherits(people$last, "Date") && is.integer(people$appointments) &&
    is.integer(people$dates) && identical(people$last, as.Date(c("2019-05-08", "2019-06-20")))
})
check("if no person matches, hm_people returns an empty table of the same types", {
  none <- suppressWarnings(hm_people(small, icd10 = dep, from = as.Date("2030-01-01"), quiet = TRUE))
  nrow(none) == 0 && identical(lapply(none, class), lapply(people, class))
})
check("if nothing matches, hm_flag and hm_hits return an empty table", {
  none <- hm_flag(small, icd10 = list(none = data.frame(code = "A00")), quiet = TRUE)
  nrow(none) == 0 && is.logical(none$none) && is.character(none$NOTE) &&
    nrow(hm_hits(small, icd10 = list(none = data.frame(code = "A00")), quiet = TRUE)) == 0
})

# Data frames as input.
program_run("flag", "-icd10", dep, "-manifest", "run.json", "-o", "out.csv", small)
a <- read.csv(small, colClasses = "character")
d <- read.csv(dep, colClasses = "character")
whole <- hm_flag(small, icd10 = dep, rows = "all", quiet = TRUE)
flag <- function(x, ...) hm_flag(x, icd10 = list(depression = d), quiet = TRUE, ...)
check("a data frame is returned as it is, with one more column", {
  b <- a
  b$list <- I(lapply(seq_len(nrow(a)), seq_len))
  b$number <- seq_len(nrow(a)) / 7
  b$day <- as.Date(b$APPTDATE)
  b$kind <- factor(b$ATTENDED)
  rownames(b) <- paste0("r", seq_len(nrow(a)))
  attr(b, "source") <- "mine"
  y <- flag(b)
  same <- y
  same$depression <- NULL
  identical(same, b) && identical(y$depression, whole$depression) && identical(attributes(y)$source, "mine")
})
check("the rows that match are returned as they are in the data frame", {
  b <- a
  attr(b, "source") <- "mine"
  y <- flag(b, rows = "matched", columns = c("NOTE", "ATTENDKEY"))
  identical(y$NOTE, a$NOTE[2:4]) && identical(names(y), c("NOTE", "ATTENDKEY", "depression")) &&
    identical(rownames(y), c("2", "3", "4")) && identical(attr(y, "source"), "mine")
})
check("rows = \"people\" gives the rows of the people who match", {
  y <- flag(a, rows = "people")
  identical(y$ATTENDKEY, a$ATTENDKEY[a$PSEUDO_HESID %in% c("SYNTH0001", "SYNTH0002")])
})
check("a tibble keeps its class", {
  b <- structure(a, class = c("tbl_df", "tbl", "data.frame"))
  identical(class(flag(b)), class(b)) && identical(class(flag(b, rows = "matched")), class(b))
})
check("a data frame without rows gains the column", {
  y <- flag(a[0, ])
  nrow(y) == 0 && identical(y$depression, logical()) && identical(names(y), c(names(a), "depression"))
})
check("a data frame of tricky text gives the same flags as a file of that text", {
  identical(hm_flag(wide, icd10 = c(d = dep), quiet = TRUE)$d, f$d) &&
    identical(hm_flag(expected, icd10 = c(d = dep), quiet = TRUE)$d, f$d)
})
check("a column may be called hm_row, and names may contain commas, quotes and spaces", {
  b <- cbind(a, hm_row = 5, "a, \"b\"" = "x", " " = 1)
  identical(flag(b)$depression, whole$depression)
})
check("latin1 text is read correctly", {
  b <- wide
  b$note <- iconv(utf8("\u00e9"), "UTF-8", "latin1")
  e <- hm_hits(b, icd10 = list(d = data.frame(code = "F33", term = b$note[1])), quiet = TRUE)
  identical(unique(e$term), utf8("\u00e9"))
})
check("a factor of codes or identifiers is read by its labels", {
  b <- a
  b[] <- lapply(b, factor)
  identical(flag(b)$depression, whole$depression) &&
    identical(hm_people(b, icd10 = list(depression = d), quiet = TRUE), people)
})
check("a Date or POSIXct is read as the day that R prints", {
  b <- a
  b$APPTDATE <- as.Date(a$APPTDATE)
  p <- a
  p$APPTDATE <- as.POSIXct(paste(a$APPTDATE, "00:30"), tz = "Europe/London")
  identical(hm_people(b, icd10 = dep, quiet = TRUE), people) && identical(hm_people(p, icd10 = dep, quiet = TRUE), people)
})
long <- c("9007199254740993", "9007199254740992", NA, "12")
codes <- data.frame(diag_01 = c("F33", "F33", "E11", "F33"), apptdate = "2020-01-02")
check("integer64 identifiers are exact", {
  b <- data.frame(pseudo_hesid = bit64::as.integer64(long), codes)
  identical(hm_people(b, icd10 = dep, quiet = TRUE)$person, c("12", "9007199254740992", "9007199254740993"))
})
check("identifiers that are whole numbers are written without an exponent", {
  b <- cbind(pseudo_hesid = c(1e5, 123456789012, NA, 7), codes)
  i <- cbind(pseudo_hesid = c(100000L, 2L, NA, 7L), codes)
  identical(sort(hm_people(b, icd10 = dep, quiet = TRUE)$person), c("100000", "123456789012", "7")) &&
    identical(sort(hm_people(i, icd10 = dep, quiet = TRUE)$person), c("100000", "2", "7"))
})
check("for columns that the manifest does not list, only the names are sent", {
  sent <- list()
  home <- environment(hm_flag)
  write <- home$hm_write
  home$hm_write <- function(run, frame, label, ...) {
    if (label == "a") sent <<- c(sent, list(names(frame)[list(...)[[2]]]))
    write(run, frame, label, ...)
  }
  y <- hm_flag(a, icd10 = dep, quiet = TRUE)
  hm_flag(a, icd10 = dep, quality = "quality.json", quiet = TRUE)
  home$hm_write <- write
  said <- any(grepl("columns_read", readLines("run.json")))
  identical(y$depression, whole$depression) && identical(sent[[2]], names(a)) &&
    identical(setdiff(c("NOTE", "FYEAR"), sent[[1]]), if (said) c("NOTE", "FYEAR") else character()) &&
    all(grep("DIAG|OPERTN", names(a), value = TRUE) %in% sent[[1]])
})
denormal <- unclass(bit64::as.integer64(c("1", "2", "3", "4")))
attributes(denormal) <- NULL
for (bad in list(denormal, c(1.5, 2, 3, 4), c(2^53, 1, 2, 3), c(Inf, 1, 2, 3))) {
  check(paste("identifiers like", format(bad[1]), "are refused"), {
    b <- cbind(pseudo_hesid = bad, codes)
    says(hm_people(b, icd10 = dep), "pseudo_hesid", "not exact identifiers", "colClasses")
  })
}
check("inexact identifiers are also refused in a column that an option names", {
  b <- cbind(me = denormal, codes)
  says(hm_people(b, icd10 = dep, person = "me"), "column me") && says(hm_people(b, icd10 = dep, rename = c(me = "patid")), "column me")
})
check("codes that are numbers or TRUE and FALSE are refused", {
  says(flag(data.frame(diag_4_01 = c(1.5, NA))), "diag_4_01", "numeric", "colClasses") &&
    says(flag(data.frame(DIAG_01 = c(TRUE, NA))), "DIAG_01", "logical") &&
    says(flag(data.frame(cause_1 = 1:2), rename = "cause_#=diag_#"), "cause_1", "integer")
})
check("an empty code column, which R makes logical, is accepted", {
  identical(flag(data.frame(diag_01 = c(NA, NA), opertn_01 = "X999"))$depression, c(NA, NA))
})
check("a column with the name of a list is refused, even in another case", {
  says(flag(flag(a)), "already has a column depression", "another name") &&
    says(flag(cbind(a, Depression = 1)), "already has a column Depression") ||
    says(flag(cbind(a, Depression = 1)), "already has a column depression")
})
check("two columns with the same name are refused", says(flag(cbind(a, NOTE = 1)), "two columns are called NOTE"))
check("options that are only for files are refused", says(flag(a, header = "x"), "header is for files") &&
        says(flag(a, manifest = "m.json"), "manifest is for files"))
check("a chosen column that does not exist is refused", says(flag(a, columns = "XX"), "no column XX"))
check("hits have the chosen columns of the data frame, with their types", {
  b <- a
  b$day <- as.Date(b$APPTDATE)
  b$kind <- factor(b$ATTENDED)
  h <- hm_hits(b, icd10 = list(depression = d), columns = c("day", "kind"), quiet = TRUE)
  identical(h$day, b$day[h$row]) && identical(h$kind, b$kind[h$row]) && all(h$entry_file == "depression") &&
    all(h$input_file == "b") && all(is.na(h$input_line))
})
if (!hidden) {
  table <- data.table::fread(small, colClasses = "character", na.strings = "")
  check("a data.table stays a data.table, and is not changed in place", {
    before <- data.table::copy(table)
    data.table::setkey(table, ATTENDKEY)
    y <- flag(table)
    m <- flag(table, rows = "matched", columns = "NOTE")
    y[1, NOTE := "changed"]
    y[, new := 1]
    data.table::is.data.table(y) && identical(data.table::key(y), "ATTENDKEY") && all(before$NOTE == table$NOTE) &&
      identical(names(table), names(before)) && identical(y$depression, whole$depression) &&
      data.table::is.data.table(m) && identical(names(m), c("NOTE", "depression")) && nrow(m) == 3
  })
  check("columns named like arguments of the functions work in a data.table", {
    b <- data.table::copy(table)
    for (name in c("rows", "frame", "columns", "i", "x")) b[[name]] <- 0
    nrow(flag(b, rows = "matched")) == 3
  })
  check("the README's way without a copy gives the same flags", {
    b <- data.table::copy(table)
    b[, depression := hm_flag(b, icd10 = dep, columns = "ATTENDKEY", quiet = TRUE)$depression]
    identical(b$depression, whole$depression)
  })
  check("in a data.table, == leaves out the unknown appointments", nrow(flag(table)[depression == TRUE]) == 3)
}

# Codelists, errors, messages.
l <- hm_lint(file.path(lists, "faulty.csv"))
check("lint reports rejected rows, and does not fail", {
  identical(l$fit, FALSE) && sum(l$rows$verdict == "rejected") == 7 && is.integer(l$rows$line) &&
    identical(l$rows$raw[2], "NA") && identical(l$notices$level, "error") && grepl("cannot be used", l$report[1])
})
check("lint of a good list returns fit as TRUE, and print shows the report", {
  g <- hm_lint(icd10 = list(depression = d))
  g$fit && all(g$rows$file == "depression") && nrow(g$notices) == 0 &&
    identical(capture.output(print(g))[1], g$report[1])
})
check("lint compares two lists", identical(names(hm_lint(c(dep, conditions), diff = TRUE)$rows), c("what", "system", "code", "a", "b")))
check("a script is returned as text", grepl("hesop", hm_syntax(icd10 = dep, dialect = "duckdb", columns_of = a, quiet = TRUE)))
check("the program itself refuses an unknown option", {
  e <- fails(hm_flag(small, icd10 = dep, primry = FALSE))
  inherits(e, "hesopmatch_usage") && grepl("no option -primry: did you mean -primary?", conditionMessage(e), fixed = TRUE)
})
check("the program itself refuses a call without a codelist", says(hm_flag(a), "no codelist"))
check("the error has the program's lines, and no temporary path", {
  e <- fails(hm_flag(a, icd10 = list(f = read.csv(file.path(lists, "faulty.csv"), colClasses = "character", na.strings = ""))))
  text <- conditionMessage(e)
  grepl("^flag: f: 7 rejected rows", text) && grepl("line 11", text) && !grepl("/tmp|hesopmatch", text) &&
    !inherits(e, "hesopmatch_usage") && e$status == 1
})
check("a warning of the program becomes an R warning", {
  w <- tryCatch(hm_flag(small, icd10 = conditions, quiet = TRUE), warning = function(w) w)
  inherits(w, "hesopmatch_warning")
})
check("counts become messages without temporary paths, and quiet = TRUE suppresses them", {
  text <- messages(hm_flag(a, icd10 = list(depression = d)))
  grepl("rows: 24", text) && grepl("fields read in a:", text, fixed = TRUE) && !grepl("/tmp", text) &&
    !grepl("Identifiers are text", text) && messages(flag(a)) == ""
})
check("the program itself refuses a missing file", says(hm_flag("nofile.csv", icd10 = dep), "nofile.csv: no such file"))
check("arguments are refused if they have no name, or if the function sets them itself", {
  says(hm_flag(small, dep), "needs its name") && says(hm_flag(small, icd10 = dep, o = "x"), "o is not an argument") &&
    says(hm_hits(small, icd10 = dep, format = "wide"), "format is not an argument") &&
    says(hm_flag(small, icd10 = dep, config = "x"), "config is not an argument")
})
check("a data frame needs a name if it is a codelist", says(hm_flag(a, icd10 = d), "needs a name"))
check("NA is refused as a value", says(hm_flag(a, icd10 = NA_character_), "icd10 must be") &&
        says(hm_flag(small, icd10 = dep, raw_width = NA), "raw_width must be"))
check("if the program is not found, the error asks for its path", {
  old <- options(hesopmatch.program = "nowhere/hesopmatch")
  wrong <- says(hm_flag(small, icd10 = dep), "names no file: nowhere/hesopmatch")
  options(old)
  set <- Sys.getenv(c("HESOPMATCH", "PATH"))
  Sys.setenv(HESOPMATCH = "", PATH = "")
  lacking <- says(hm_flag(small, icd10 = dep), "is not found", "options(hesopmatch.program")
  Sys.setenv(HESOPMATCH = set[1], PATH = set[2])
  wrong && lacking
})
check("the program is found in the folder of hesopmatch.R", {
  Sys.setenv(HESOPMATCH = "")
  home <- new.env()
  invisible(file.copy(program, "hesopmatch"))
  Sys.chmod(file.path(work, "hesopmatch"), "0755")
  source("hesopmatch.R", home)
  found <- home$hm_program(list(caller = "x"))
  Sys.setenv(HESOPMATCH = program)
  identical(found, normalizePath("hesopmatch"))
})
check("rows other than those sent are an error", {
  run <- list(caller = "hm_flag")
  is.null(fails(hm_check(run, 1:3, 3, TRUE))) && says(hm_check(run, 1:2, 3, TRUE), "3 rows went in") &&
    says(hm_check(run, c(1L, 4L), 3, FALSE), "came out") && says(hm_check(run, c(2L, 1L), 3, FALSE), "came out")
})
check("each codelist of a folder gets a logical column", {
  dir.create("folder")
  file.copy(c(dep, conditions), "folder")
  x <- suppressWarnings(hm_flag("appointments.csv", icd10 = "folder", rows = "all", quiet = TRUE))
  is.logical(x$depression) && is.logical(x$conditions) && sum(x$depression, na.rm = TRUE) > 0
})
check("a day from strptime is read as a day", {
  x <- data.frame(patid = c("1", "2"), diag_01 = "F321", apptdate = "2019-01-02")
  y <- x
  y$apptdate <- strptime(y$apptdate, "%Y-%m-%d")
  identical(hm_people(x, icd10 = dep, raw_width = 6, quiet = TRUE), hm_people(y, icd10 = dep, raw_width = 6, quiet = TRUE))
})
check("columns that the program cannot read are refused", {
  x <- data.frame(patid = c("1", "2"), diag_01 = "F321", apptdate = "2019-01-02")
  as_matrix <- x
  as_matrix$diag_01 <- as.matrix(x$diag_01)
  as_list <- x
  as_list$apptdate <- list("2019-01-02", "2019-01-03")
  bytes <- x
  bytes$patid <- c("caf\xe9", "b")
  says(hm_people(as_list, icd10 = dep, raw_width = 6, quiet = TRUE), "column apptdate is a list") &&
    says(hm_people(bytes, icd10 = dep, raw_width = 6, quiet = TRUE), "column patid holds bytes") &&
    says(hm_flag(as_matrix, icd10 = dep, raw_width = 6, quiet = TRUE), "column diag_01 is a matrix")
})
check("entry_line is right even if cells of the codelist hold line breaks", {
  codes <- data.frame(code = c("E11", "F32", "F33"), term = c("a\nb", "x", "z"))
  x <- data.frame(diag_01 = c("F321", "F339"))
  identical(hm_hits(x, icd10 = list(l = codes), raw_width = 6, quiet = TRUE)$entry_line, c(3L, 4L))
})
if (!hidden) {
  check("an earlier fread that was not cleaned up causes no error", {
    tryCatch(data.table::fread("a,b\n1,2\n3,4,5\n6,7\n"), warning = function(w) 0)
    nrow(hm_flag("appointments.csv", icd10 = dep, rows = "all", quiet = TRUE)) > 0
  })
}
check("no temporary folder remains, even after errors", left() == 0)
if (hidden) check("data.table was not used", !"data.table" %in% loadedNamespaces())

setwd(root)
unlink(work, recursive = TRUE)
cat(passed, "passed,", failed, "failed\n")
quit(status = if (failed > 0) 1 else 0)
