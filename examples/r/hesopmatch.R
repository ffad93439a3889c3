# hesopmatch.R runs the program hesopmatch from R, to find which appointments match which
# codelists.
#
#   source("hesopmatch.R")
#   x <- hm_flag("appointments.csv", icd10 = "depression.csv", rows = "all")
#   table(x$depression, useNA = "ifany")
#
# It needs R 4.0 or later and the program, and uses data.table if it is installed. README.md in
# the same folder describes the functions. The options of the program are arguments of the same
# name, with _ for -, as in raw_width = 4: `hesopmatch help flag` lists them.

# hm_state holds the folder of this file, and whether hm_word has already shown its message.
hm_state <- new.env()
hm_state$home <- local({
  files <- Filter(is.character, lapply(sys.frames(), function(frame) frame$ofile))
  if (length(files) > 0) dirname(normalizePath(files[[length(files)]])) else ""
})

# hm_flag returns the appointments with a logical column for each codelist: TRUE match, FALSE
# no match, NA unknown. The argument "appointments" names files, a folder or a pattern, or is a data
# frame. For files, hm_flag returns the rows that match a list (all rows with rows = "all"), as text.
# A data frame keeps its columns, and all its rows unless rows = "matched" or rows = "people".
#
# Unknown is NA, so x[x$depression == TRUE, ] and x[x$depression, ] return a row of NAs for each
# unknown appointment. Write x[which(x$depression), ], subset(x, depression) or
# x$depression %in% TRUE. In a data.table, x[depression == TRUE] leaves the unknown ones out.
hm_flag <- function(appointments, ..., icd10 = NULL, opcs4 = NULL, codelist = NULL, quiet = FALSE) {
  lists <- list(icd10 = icd10, opcs4 = opcs4, codelist = codelist)
  run <- hm_begin("hm_flag", list(...), lists, c("format", "values"), quiet)
  on.exit(unlink(run$folder, recursive = TRUE))
  if (!is.data.frame(appointments)) {
    result <- hm_table(run, "flag", appointments)
    flags <- seq_len(ncol(result)) > ncol(result) - hm_count(run)
    result[flags] <- lapply(result[flags], hm_logical)
    hm_word(result[flags], quiet)
    return(result)
  }
  keep <- hm_columns(run, appointments)
  if (is.null(run$options$rows)) run$options$rows <- "all"
  all <- run$options$rows == "all"
  input <- hm_input(run, "flag", appointments, substitute(appointments))
  run$options$columns <- run$row
  result <- hm_table(run, "flag", input)
  rows <- as.integer(result[[1]])
  flags <- lapply(result[-1], hm_logical)
  hm_check(run, rows, nrow(appointments), all)
  taken <- names(flags)[tolower(names(flags)) %in% tolower(keep)]
  if (length(taken) > 0) {
    hm_stop(run, "the data frame already has a column ", taken[1], ": drop it, or give the list another ",
            "name, as in icd10 = c(other = \"list.csv\")")
  }
  hm_word(flags, quiet)
  hm_append(appointments, if (all) NULL else rows, keep, flags)
}

# hm_hits returns a row for each value that matched, with the entry that decided.
# The column "row" holds the number of the appointment. With the argument "columns", the result also
# has columns of the appointments: as text for files, with their own types for a data frame. If a
# codelist is a data frame, entry_line counts its header as line 1, so line 3 is row 2.
hm_hits <- function(appointments, ..., icd10 = NULL, opcs4 = NULL, codelist = NULL, quiet = FALSE) {
  lists <- list(icd10 = icd10, opcs4 = opcs4, codelist = codelist)
  run <- hm_begin("hm_hits", list(...), lists, c("format", "values"), quiet)
  on.exit(unlink(run$folder, recursive = TRUE))
  isframe <- is.data.frame(appointments)
  columns <- if (isframe && !is.null(run$options$columns)) hm_columns(run, appointments)
  if (isframe) run$options$columns <- NULL
  result <- hm_table(run, "flag", hm_input(run, "flag", appointments, substitute(appointments)), format = "hits")
  whole <- c("row", "position", "entry_line", "input_line")
  result[whole] <- lapply(result[whole], as.integer)
  result$entry_file <- hm_labels(run, result$entry_file)
  if (!isframe) return(result)
  hm_check(run, unique(result$row), nrow(appointments), FALSE)
  result$input_file <- hm_labels(run, result$input_file)
  result$input_line <- rep(NA_integer_, nrow(result))
  added <- lapply(columns, function(name) appointments[[name]][result$row])
  hm_append(result, NULL, names(result), stats::setNames(added, columns))
}

# hm_people returns a row for each person and list: the first and last day as Date, and the
# numbers of appointments and dates. The person is text. Filters are arguments, as in
# attended = TRUE and from = "2015-04-01": see `hesopmatch help cohort`.
hm_people <- function(appointments, ..., icd10 = NULL, opcs4 = NULL, codelist = NULL, quiet = FALSE) {
  lists <- list(icd10 = icd10, opcs4 = opcs4, codelist = codelist)
  run <- hm_begin("hm_people", list(...), lists, c("format", "release"), quiet)
  on.exit(unlink(run$folder, recursive = TRUE))
  result <- hm_table(run, "cohort", hm_input(run, "cohort", appointments, substitute(appointments)))
  result[c("first", "last")] <- lapply(result[c("first", "last")], as.Date, format = "%Y-%m-%d")
  result[c("appointments", "dates")] <- lapply(result[c("appointments", "dates")], as.integer)
  result
}

# hm_release creates a folder with a page and tables for release, under the rule that the option
# disclosure names. It returns the tables invisibly. Their values are text, because some are <10.
hm_release <- function(appointments, folder, ..., icd10 = NULL, opcs4 = NULL, codelist = NULL,
                       quiet = FALSE) {
  lists <- list(icd10 = icd10, opcs4 = opcs4, codelist = codelist)
  run <- hm_begin("hm_release", list(...), lists, c("format", "release"), quiet)
  on.exit(unlink(run$folder, recursive = TRUE))
  input <- hm_input(run, "cohort", appointments, substitute(appointments))
  hm_run(run, "cohort", input, list(release = folder))
  invisible(hm_read(file.path(path.expand(folder), "tables.csv")))
}

# hm_lint checks codelists and returns a list of four elements. The element "fit" is TRUE if every
# codelist can be used. The data frame "rows" holds the meaning of each row. The data frame "notices"
# holds the errors, warnings and notes. The text "report" is what print shows.
hm_lint <- function(codelist = NULL, ..., icd10 = NULL, opcs4 = NULL) {
  lists <- list(icd10 = icd10, opcs4 = opcs4, codelist = codelist)
  run <- hm_begin("hm_lint", list(...), lists, "format", TRUE)
  on.exit(unlink(run$folder, recursive = TRUE))
  text <- file.path(run$folder, "report.txt")
  hm_run(run, "lint", NULL, list(o = text), reports = text)
  rows <- hm_table(run, "lint", NULL, format = "csv")
  whole <- intersect(c("line", "column"), names(rows))
  rows[whole] <- lapply(rows[whole], as.integer)
  if (!is.null(rows$file)) rows$file <- hm_labels(run, rows$file)
  said <- grep("^(error|warning|note): ", run$said, value = TRUE)
  notices <- data.frame(level = sub(":.*", "", said), text = sub("^[a-z]+: ", "", said))
  report <- hm_labels(run, readLines(text, encoding = "UTF-8", warn = FALSE))
  structure(list(fit = run$status == 0, rows = rows, notices = notices, report = report),
            class = "hesopmatch_lint")
}

print.hesopmatch_lint <- function(x, ...) {
  cat(x$report, sep = "\n")
  invisible(x)
}

# hm_syntax returns a script to run where the data are, as one string. The option "dialect" names the
# language of the script. The option "layout" or "columns_of" gives the columns of the table;
# "columns_of" may be a data frame.
hm_syntax <- function(..., icd10 = NULL, opcs4 = NULL, codelist = NULL, quiet = FALSE) {
  lists <- list(icd10 = icd10, opcs4 = opcs4, codelist = codelist)
  run <- hm_begin("hm_syntax", list(...), lists, NULL, quiet)
  on.exit(unlink(run$folder, recursive = TRUE))
  out <- file.path(run$folder, "script.txt")
  hm_run(run, "syntax", NULL, list(o = out))
  paste0(paste(readLines(out, encoding = "UTF-8", warn = FALSE), collapse = "\n"), "\n")
}

# The functions below are internal.

# hm_begin starts a call: it checks the names of the options, finds the program and makes a
# private folder. The argument "own" names the options that the calling function sets itself.
hm_begin <- function(caller, options, lists, own, quiet) {
  run <- new.env()
  run$caller <- caller
  run$quiet <- quiet
  run$lists <- lists
  run$options <- options[!vapply(options, is.null, NA)]
  run$labels <- character()
  given <- names(run$options)
  if (length(run$options) > 0 && (is.null(given) || any(given == ""))) {
    hm_stop(run, "each argument needs its name, as in icd10 = \"list.csv\"")
  }
  own <- intersect(given, c(own, "o", "config", "version", "help", "h"))
  if (length(own) > 0) hm_stop(run, own[1], " is not an argument: the function sets it itself")
  run$program <- hm_program(run)
  run$folder <- tempfile("hesopmatch")
  dir.create(run$folder, mode = "0700")
  run$folder <- normalizePath(run$folder, winslash = "/")
  run
}

# hm_program returns the path of the program.
hm_program <- function(run) {
  set <- getOption("hesopmatch.program", Sys.getenv("HESOPMATCH"))
  if (nzchar(set)) {
    if (file.exists(set) && !dir.exists(set)) return(normalizePath(set))
    hm_stop(run, "option hesopmatch.program, or the environment variable HESOPMATCH, names no file: ", set)
  }
  beside <- file.path(hm_state$home[nzchar(hm_state$home)], c("hesopmatch", "hesopmatch.exe"))
  found <- c(beside[file.exists(beside) & !dir.exists(beside)], Sys.which("hesopmatch"))
  found <- found[nzchar(found)]
  if (length(found) > 0) return(normalizePath(found[[1]]))
  hm_stop(run, "the program hesopmatch is not found: put it into the folder of hesopmatch.R, or set its path: ",
          "options(hesopmatch.program = \"folder/hesopmatch\")")
}

# hm_stop fails with the given message. If the argument "said" holds lines of the program's output,
# they are the message instead.
hm_stop <- function(run, ..., said = NULL, status = 2) {
  text <- if (is.null(said)) paste0(run$caller, ": ", ...) else paste(said, collapse = "\n")
  class <- c(if (status == 2) "hesopmatch_usage", "hesopmatch_error", "error", "condition")
  stop(structure(class = class, list(message = text, call = NULL, status = status)))
}

# hm_run runs a command. The program's warnings become R warnings, its notes and counts become R
# messages, and a failure becomes an R error. If the argument "reports" is the path of a file, hm_run
# shows no warnings or messages, and status 1 is not an error if the command wrote that file.
hm_run <- function(run, command, inputs, set, reports = NULL) {
  options <- c(run$options, set)
  args <- c(command, hm_lists(run), unlist(Map(function(name, value) hm_option(run, name, value),
                                               names(options), options)),
            hm_paths(run, inputs, "appointments"))
  quoted <- shQuote(hm_bytes(args), type = if (.Platform$OS.type == "windows") "cmd2" else "sh")
  # Both streams go to files, so neither blocks while the other is read.
  streams <- file.path(run$folder, c("stdout.txt", "stderr.txt"))
  run$status <- suppressWarnings(system2(run$program, quoted, stdout = streams[1], stderr = streams[2]))
  said <- hm_labels(run, readLines(streams[2], encoding = "UTF-8", warn = FALSE))
  # Drop the program's advice on reading CSV files, which R users do not need.
  said <- said[!grepl("^(Identifiers are text: |  (R|Stata|SQL|pandas): )", said)]
  run$said <- said
  if (run$status != 0 && !(run$status == 1 && !is.null(reports) && file.exists(reports))) {
    first <- c(grep(paste0("^", command, ": "), said), length(said) + 1)[1]
    why <- c(grep("^error: ", said[seq_len(first - 1)], value = TRUE), said[-seq_len(first - 1)])
    if (first == 1) why <- said
    if (length(why) == 0) why <- c(said, paste("the program ended with status", run$status))
    hm_stop(run, said = why, status = run$status)
  }
  if (!is.null(reports)) return(invisible())
  warned <- startsWith(said, "warning: ")
  if (!run$quiet && any(!warned)) message(paste(said[!warned], collapse = "\n"))
  for (text in sub("^warning: ", "", said[warned])) {
    class <- c("hesopmatch_warning", "warning", "condition")
    warning(structure(class = class, list(message = text, call = NULL)))
  }
}

# hm_table runs a command and returns the table that it writes.
hm_table <- function(run, command, inputs, ...) {
  out <- file.path(run$folder, "out.csv")
  hm_run(run, command, inputs, list(..., o = out), reports = if (command == "lint") out)
  hm_read(out)
}

# hm_bytes returns texts in UTF-8, marked so that R does not convert them to the encoding of the locale.
hm_bytes <- function(texts) {
  marked <- Encoding(texts) != "unknown"
  texts[marked] <- enc2utf8(texts[marked])
  if (.Platform$OS.type != "windows") Encoding(texts) <- "unknown"
  texts
}

# hm_labels replaces the paths of temporary files with the names that the user gave.
hm_labels <- function(run, texts) {
  for (path in names(run$labels)) texts <- gsub(path, run$labels[[path]], texts, fixed = TRUE)
  gsub(paste0(run$folder, "/"), "", texts, fixed = TRUE)
}

# hm_paths returns paths for the program. It puts ./ before a path that looks like an option.
hm_paths <- function(run, paths, what) {
  if (is.null(paths)) return(NULL)
  if (!is.character(paths) || length(paths) == 0 || anyNA(paths) || !all(nzchar(paths))) {
    hm_stop(run, what, " must be paths or a data frame")
  }
  paths <- path.expand(paths)
  ifelse(startsWith(paths, "-"), paste0("./", paths), paths)
}

# hm_lists returns the codelists as arguments. It writes data frames to files.
hm_lists <- function(run) {
  args <- NULL
  for (option in names(run$lists)) {
    given <- run$lists[[option]]
    if (is.data.frame(given)) given <- list(given)
    for (i in seq_along(given)) {
      name <- c(names(given)[i], "")[1]
      one <- given[[i]]
      if (is.data.frame(one) && name == "") {
        hm_stop(run, option, ": a data frame needs a name, as in ", option, " = list(depression = x)")
      }
      path <- if (is.data.frame(one)) hm_write(run, hm_lines(one), name) else hm_paths(run, one, option)
      args <- c(args, paste0("-", option, "=", if (name != "") paste0(name, "="), path))
    }
  }
  args
}

# hm_lines returns a codelist without line breaks in its cells, because hits identify its rows by line.
hm_lines <- function(list) {
  text <- vapply(list, function(column) is.character(column) || is.factor(column), NA)
  list <- as.data.frame(list)
  list[text] <- lapply(list[text], function(column) gsub("\r\n|\r|\n", " ", as.character(column)))
  list
}

# hm_option returns an option as arguments. The program checks the name.
hm_option <- function(run, name, value) {
  if (is.data.frame(value)) value <- hm_write(run, value, name)
  if (!is.atomic(value) || length(value) == 0 || anyNA(value)) {
    hm_stop(run, name, " must be one or more texts, numbers, dates, TRUE or FALSE, without NA")
  }
  text <- if (is.logical(value)) tolower(value) else if (is.numeric(value) && !is.object(value))
    format(value, scientific = FALSE, trim = TRUE, digits = 15) else as.character(value)
  if (startsWith(text[1], "~")) text <- path.expand(text)
  if (!is.null(names(value))) text <- paste0(names(value), "=", text)
  if (name %in% c("columns", "bands", "keep")) text <- paste(text, collapse = ",")
  paste0("-", gsub("_", "-", name, fixed = TRUE), "=", text)
}

# hm_columns returns the names of columns of a data frame: those that the user chose, or all.
hm_columns <- function(run, frame) {
  columns <- run$options$columns
  if (is.null(columns)) columns <- names(frame)
  lacking <- setdiff(columns, names(frame))
  if (length(lacking) > 0) hm_stop(run, "columns: the data frame has no column ", lacking[1])
  unique(columns)
}

# hm_input returns the paths of the appointments. If the appointments are a data frame, hm_input
# checks them and writes them to a file, with the number of each row in the first column.
hm_input <- function(run, command, appointments, expression) {
  if (!is.data.frame(appointments)) return(appointments)
  files <- intersect(names(run$options), c("header", "delimiter", "manifest", "union", "skip_bad_rows"))
  if (length(files) > 0) hm_stop(run, files[1], " is for files only, but the appointments are a data frame")
  names <- names(appointments)
  if (anyDuplicated(names)) {
    hm_stop(run, "two columns are called ", names[anyDuplicated(names)], ": give them different names")
  }
  run$row <- utils::tail(make.unique(c(names, "hm_row")), 1)
  read <- hm_read_as(names, run$options$rename)
  named <- tolower(unlist(run$options[c("person", "dedupe", "order_by")]))
  keys <- tolower(names) %in% named | grepl("hesid|patid|(^|_)id($|_)|attendkey$", read)
  codes <- grepl("^(diag|opertn)[^a-z]*([0-9]|concat)[^a-z]*(char)?[^a-z]*$", read)
  for (i in seq_along(names)) {
    if (keys[i]) hm_key(run, names[i], appointments[[i]])
    if (codes[i]) hm_code(run, names[i], appointments[[i]])
  }
  label <- if (is.name(expression)) as.character(expression) else "appointments"
  hm_write(run, appointments, label, run$row, hm_needed(run, command, names))
}

# hm_needed reports which columns of a data frame the program reads. It finds them in the manifest of
# a run on the column names alone. It reports all columns if there is no such manifest, or if
# the user passes the option quality or merge.
hm_needed <- function(run, command, names) {
  all <- rep(TRUE, length(names))
  probe <- as.environment(as.list(run))
  probe$options[c("summary", "methods", "svg", "part", "disclosure", "compare_release", "columns")] <- NULL
  probe$quiet <- TRUE
  none <- hm_write(probe, as.data.frame(matrix("", 0, length(names), dimnames = list(NULL, names))), "none")
  manifest <- file.path(run$folder, "manifest.json")
  asked <- !is.null(run$options$quality) || !is.null(run$options$merge)
  failed <- tryCatch(suppressWarnings(hm_table(probe, command, none, manifest = manifest)), error = identity)
  if (asked || inherits(failed, "error")) return(all)
  lines <- readLines(manifest, encoding = "UTF-8", warn = FALSE)
  start <- grep("^ *\"columns_read\": \\[$", lines)
  if (length(start) != 1) return(all)
  end <- start + grep("^ *\\]", lines[-seq_len(start)])[1]
  read <- gsub("^ *\"|\",?$", "", lines[start:end])
  names %in% read | grepl("[^A-Za-z0-9_. -]", names) # JSON may escape other names
}

# hm_read_as returns the names under which the program reads columns, in lower case.
hm_read_as <- function(names, rename) {
  read <- tolower(names)
  from <- if (is.null(names(rename))) sub("=.*", "", rename) else names(rename)
  to <- if (is.null(names(rename))) sub("^[^=]*=", "", rename) else rename
  for (i in seq_along(from)) {
    literal <- gsub("([^A-Za-z0-9_#])", "\\\\\\1", tolower(from[i]))
    pattern <- paste0("^", gsub("#", "[0-9]+", literal, fixed = TRUE), "$")
    read[grepl(pattern, tolower(names))] <- gsub("#[-+0-9]*", "1", tolower(to[i]))
  }
  read
}

hm_how <- paste("read the file again with this column as text: data.table::fread(file, colClasses =",
                "\"character\"), or read.csv(file, colClasses = \"character\")")

# hm_key refuses identifiers that may differ from those in the file: a number is exact only below
# 2^53, and a number such as 5e-315 is an integer64 that was read without bit64.
hm_key <- function(run, name, x) {
  if (is.list(x)) hm_stop(run, "column ", name, " is a list; make it text")
  if (!is.double(x) || inherits(x, c("integer64", "Date", "POSIXct"))) return()
  x <- unclass(x)
  if (any(!is.na(x) & (x != floor(x) | abs(x) >= 2^53))) {
    hm_stop(run, "column ", name, " holds numbers that are not exact identifiers; ", hm_how)
  }
}

# hm_code refuses codes that R has read as numbers or as TRUE and FALSE, because the codes are then lost.
hm_code <- function(run, name, x) {
  if (is.character(x) || is.factor(x) || !is.list(x) && all(is.na(x))) return()
  hm_stop(run, "column ", name, " should hold codes, but is ", class(x)[1], "; ", hm_how)
}

# hm_write writes a data frame to a CSV file for the program and returns the path of the file.
# Messages show the argument "label" instead of the path. A missing value becomes an empty cell, and
# the text NA stays text. A column that is not needed has only its name and empty cells.
hm_write <- function(run, frame, label, row = NULL, needed = rep(TRUE, length(frame))) {
  folder <- tempfile("frame", run$folder)
  dir.create(folder)
  base <- paste0(gsub("[^A-Za-z0-9_.-]", "_", label), ".csv")
  path <- file.path(run$folder, basename(folder), base)
  run$labels[[path]] <- label
  empty <- rep(NA, nrow(frame))
  columns <- lapply(seq_along(frame), function(i) if (needed[i]) hm_text(run, names(frame)[i], frame[[i]]) else empty)
  blank <- !nzchar(trimws(names(frame)))
  names(columns) <- ifelse(blank, paste0("column", seq_along(blank)), names(frame))
  if (!is.null(row)) columns <- c(stats::setNames(list(seq_len(nrow(frame))), row), columns)
  file <- file(path, "wb")
  on.exit(close(file))
  writeLines(paste(hm_quote(names(columns)), collapse = ","), file, useBytes = TRUE)
  if (requireNamespace("data.table", quietly = TRUE)) {
    flush(file)
    data.table::fwrite(columns, path, append = TRUE, col.names = FALSE, sep = ",", eol = "\n", na = "",
                       quote = "auto", qmethod = "double", showProgress = FALSE)
    return(path)
  }
  for (start in seq(1, by = 100000, length.out = ceiling(nrow(frame) / 100000))) {
    part <- start:min(start + 99999, nrow(frame))
    cells <- lapply(columns, function(column) hm_quote(column[part]))
    writeLines(do.call(paste, c(unname(cells), sep = ",")), file, useBytes = TRUE)
  }
  path
}

# hm_quote returns cells as they are written in CSV.
hm_quote <- function(cells) {
  cells <- enc2utf8(as.character(cells))
  cells[is.na(cells)] <- ""
  quoted <- grep("[\",\r\n]", cells)
  cells[quoted] <- paste0("\"", gsub("\"", "\"\"", cells[quoted], fixed = TRUE), "\"")
  cells
}

# hm_text returns a column as text or whole numbers. A time becomes its day in its own time zone,
# yyyy-mm-dd.
hm_text <- function(run, name, x) {
  if (inherits(x, "POSIXlt")) x <- as.POSIXct(x)
  if (is.list(x) || length(dim(x)) > 1 || is.complex(x) || is.raw(x)) {
    hm_stop(run, "column ", name, " is a ", class(x)[1], ", which the program cannot read: make it text")
  }
  if (is.factor(x)) return(hm_utf8(run, name, levels(x))[x])
  if (inherits(x, "integer64")) return(hm_int64(x))
  if (inherits(x, c("Date", "POSIXct"))) return(format(x, "%Y-%m-%d"))
  if (is.character(x)) return(hm_utf8(run, name, as.vector(x)))
  x <- as.vector(unclass(x))
  if (!is.double(x)) return(x)
  x[is.nan(x)] <- NA
  whole <- is.na(x) | x == floor(x)
  if (all(whole) && all(abs(x) < 2^31, na.rm = TRUE)) return(as.integer(x))
  text <- ifelse(whole & is.finite(x), sprintf("%.0f", x), as.character(x))
  text[is.na(x)] <- NA
  text
}

# hm_utf8 returns texts in UTF-8. It refuses bytes in another encoding, unless R knows the encoding.
hm_utf8 <- function(run, name, texts) {
  local <- !l10n_info()[["UTF-8"]] && !Sys.getlocale("LC_CTYPE") %in% c("C", "POSIX")
  if (!local && !all(validUTF8(texts[Encoding(texts) == "unknown"]))) {
    hm_stop(run, "column ", name, " holds bytes that are not UTF-8: give the encoding when you read the file, as in ",
            "fileEncoding = \"latin1\"")
  }
  enc2utf8(texts)
}

# hm_int64 returns integer64 as text.
hm_int64 <- function(x) {
  if (!requireNamespace("bit64", quietly = TRUE)) {
    stop("a column is integer64, but bit64 is not installed; ", hm_how, call. = FALSE)
  }
  as.character(x)
}

# hm_read reads the program's output: every column as text, and an empty cell as NA.
hm_read <- function(path) {
  if (!requireNamespace("data.table", quietly = TRUE)) {
    return(utils::read.csv(path, colClasses = "character", na.strings = "", check.names = FALSE,
                           blank.lines.skip = FALSE, encoding = "UTF-8"))
  }
  # fread warns of a row that it cannot read, or of an earlier call that was not cleaned up. Let fread return before
  # this function fails, because an interrupted call is not cleaned up.
  warned <- character()
  table <- withCallingHandlers(
    data.table::fread(path, sep = ",", header = TRUE, colClasses = "character", na.strings = "", strip.white = FALSE,
                      skip = 0, encoding = "UTF-8", data.table = FALSE, showProgress = FALSE),
    warning = function(w) {
      warned <<- c(warned, conditionMessage(w))
      invokeRestart("muffleWarning")
    })
  warned <- grep("was not cleaned up properly", warned, value = TRUE, invert = TRUE)
  if (length(warned) > 0) stop(warned[1], call. = FALSE)
  # fread leaves quotes in a cell doubled.
  if (hm_has_quote(path)) table[] <- lapply(table, gsub, pattern = "\"\"", replacement = "\"", fixed = TRUE)
  table
}

# hm_has_quote reports whether a file holds a doubled quotation mark.
hm_has_quote <- function(path) {
  file <- file(path, "rb")
  on.exit(close(file))
  last <- NULL
  while (length(chunk <- c(last, readBin(file, "raw", 2^24))) > 1) {
    if (length(grepRaw("\"\"", chunk, fixed = TRUE)) > 0) return(TRUE)
    last <- chunk[length(chunk)]
  }
  FALSE
}

# hm_logical returns a column of flags as a logical vector.
hm_logical <- function(x) {
  if (!all(x %in% c("0", "1", NA))) stop("a column of a codelist holds something other than 0, 1 and nothing")
  x == "1"
}

# hm_count returns the number of lists, which it gets from a run without appointments. One path can give several lists:
# a folder, a pattern, or any path with the option group.
hm_count <- function(run) {
  none <- file.path(run$folder, "none.csv")
  writeLines("diag_01", none)
  probe <- as.environment(as.list(run))
  about <- c("group", "descendants", "headings", "code_column", "system_column", "exclude_column",
             "exclude_when", "header_row", "sheet", "lenient", "allow_broad", "allow_removals")
  probe$options <- run$options[intersect(names(run$options), about)]
  probe$quiet <- TRUE
  ncol(suppressWarnings(hm_table(probe, "flag", none))) - 1
}

# hm_check fails unless the program returned rows that it was sent, and in the order in which they were sent. If the
# argument "all" is TRUE, it must have returned every row.
hm_check <- function(run, rows, count, all) {
  if (all && identical(rows, seq_len(count))) return()
  if (!all && !anyNA(rows) && !is.unsorted(rows, strictly = TRUE) && all(rows >= 1 & rows <= count)) return()
  hm_stop(run, count, " rows went in, and ", length(rows), " came out that are not among them", status = 1)
}

# hm_append returns rows of a data frame with columns added. It copies a data.table, as R does with other data frames.
hm_append <- function(frame, rows, keep, columns) {
  is_table <- inherits(frame, "data.table")
  kept <- attributes(frame)
  if (is_table) {
    if (!identical(keep, names(frame))) frame <- do.call("[", list(frame, j = keep, with = FALSE))
    frame <- if (is.null(rows)) data.table::copy(frame) else do.call("[", list(frame, rows))
    for (name in names(columns)) data.table::set(frame, j = name, value = columns[[name]])
    return(frame)
  }
  if (!is.null(rows)) frame <- frame[rows, , drop = FALSE]
  if (!identical(keep, names(frame))) frame <- frame[keep]
  for (i in seq_along(columns)) frame[[ncol(frame) + 1]] <- columns[[i]]
  for (name in setdiff(names(kept), names(attributes(frame)))) attr(frame, name) <- kept[[name]]
  names(frame) <- c(keep, names(columns))
  frame
}

# hm_word shows a message about NA, but only once in a session.
hm_word <- function(flags, quiet) {
  if (quiet || isTRUE(hm_state$said) || !any(vapply(flags, anyNA, NA))) return()
  hm_state$said <- TRUE
  name <- names(flags)[vapply(flags, anyNA, NA)][1]
  message("NA in ", name, " means unknown, and x[x$", name, " == TRUE, ] returns a row of NAs for each. Write\n",
          "x[which(x$", name, "), ], subset(x, ", name, ") or x$", name, " %in% TRUE. ",
          "In a data.table, x[", name, " == TRUE] leaves them out.")
}
