# Reads commands from standard input, one per line, and answers each with one line: ok, or an error.
#
#   load FOLDER NOTHING KIND  loads appointments from FOLDER/rows and FOLDER/names as a data.frame, a data.table or,
#                             if KIND is factors, a data.frame of factors; an empty field becomes NOTHING: NA or ""
#   ask FOLDER                runs FOLDER/script and writes its result to FOLDER/result
#   query FILE FOLDER         runs the statements FOLDER/1, FOLDER/2 ... and then FOLDER/script in the SQLite database
#                             FILE, and writes the result of the script to FOLDER/result
#   version PACKAGE           returns the versions of R and of PACKAGE
#
# A script must not depend on R's options, and must not warn.
options(warn = 2, OutDec = ",", digits = 3, scipen = -9)
input <- file("stdin", "r")
appointments <- NULL

load_rows <- function(folder, nothing, kind) {
  columns <- substring(readLines(file.path(folder, "names"), encoding = "UTF-8"), 2)
  rows <- utils::read.csv(
    file.path(folder, "rows"),
    header = FALSE, col.names = seq_along(columns), colClasses = "character", encoding = "UTF-8",
    blank.lines.skip = FALSE, na.strings = if (nothing == "NA") "" else character(), stringsAsFactors = kind == "factors"
  )
  if (kind == "factors") rows[] <- lapply(rows, factor)
  names(rows) <- columns
  if (kind == "data.table") data.table::setDT(rows)
  appointments <<- rows
}

ask <- function(folder) {
  before <- data.table::copy(appointments)
  text <- readLines(file.path(folder, "script"), encoding = "UTF-8")
  environment <- new.env(parent = globalenv())
  environment$appointments <- appointments
  result <- eval(parse(text = text, encoding = "UTF-8"), environment)
  if (!identical(before, appointments)) stop("the script has changed the table")
  if (!data.table::is.data.table(result)) stop("the result is not a data.table")
  data.table::fwrite(result, file.path(folder, "result"), quote = TRUE)
}

database <- NULL
open_file <- ""

query <- function(file, folder) {
  read <- function(path) paste(readLines(path, encoding = "UTF-8", warn = FALSE), collapse = "\n")
  if (file != open_file) { # a table of codes lasts as long as the connection
    if (!is.null(database)) DBI::dbDisconnect(database)
    database <<- DBI::dbConnect(RSQLite::SQLite(), file, bigint = "character")
    open_file <<- file
  }
  number <- 1L
  while (file.exists(path <- file.path(folder, sprintf("%d", number)))) {
    DBI::dbExecute(database, read(path))
    number <- number + 1L
  }
  result <- DBI::dbGetQuery(database, read(file.path(folder, "script")))
  data.table::fwrite(result, file.path(folder, "result"), quote = TRUE)
}

while (length(line <- readLines(input, 1)) > 0) {
  words <- strsplit(line, "\t", fixed = TRUE)[[1]]
  answer <- tryCatch(
    switch(words[1],
      load = { load_rows(words[2], words[3], words[4]); "ok" },
      ask = { ask(words[2]); "ok" },
      query = { query(words[2], words[3]); "ok" },
      version = paste("ok", getRversion(), words[2], utils::packageVersion(words[2]))
    ),
    error = function(e) gsub("\n", " ", conditionMessage(e))
  )
  cat(answer, "\n", sep = "")
}
