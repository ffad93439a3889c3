# Checks that the programs in match/syntax/testdata/programs give the same answers for columns of other classes as for
# text. Also checks their answers for bytes that are not UTF-8.
#
#   Rscript kinds.R PROGRAMS
options(warn = 2, OutDec = ",", scipen = -9)
programs <- commandArgs(TRUE)[1]

day <- as.Date(c("2018-05-01", "2018-04-30", "2018-05-02", NA, "2018-06-01", "2018-07-01"))
text <- data.frame(
  attendkey = c("100000", "100000", "3000000000", NA, "", "7"),
  pseudo_hesid = c("100000", "100000", "2", "2", "", "100000"),
  apptdate = format(day, "%Y-%m-%d"), attended = c("5", "6", "5", "5", "5", "6"),
  fyear = c("1819", "1819", "1819", "1718", "304", "1819"),
  diag_01 = NA_character_, diag_4_01 = c("E119", "M051", "E11", "e11-", NA, "I119"), diag_4_02 = NA_character_,
  diag_4_concat = c("E119,\u00a0E110", "M051", "E11", "", "I10X,,E11", "R69X"), opertn_4_01 = "K401",
  stringsAsFactors = FALSE
)

with_column <- function(name, column) {
  x <- text
  x[[name]] <- column
  x
}
time <- as.POSIXct(NA)[rep(1, length(day))]
time[!is.na(day)] <- as.POSIXct(paste(day[!is.na(day)], "00:30:00"), tz = "Europe/London")
attr(time, "tzone") <- "Europe/London"
compact <- as.integer(format(day, "%Y%m%d"))
latin <- text$diag_4_concat
latin[1] <- "E119,\xa0E110"
tables <- list(
  Date = with_column("apptdate", day), IDate = with_column("apptdate", data.table::as.IDate(day)),
  POSIXct = with_column("apptdate", time), POSIXlt = with_column("apptdate", as.POSIXlt(time)),
  integer_day = with_column("apptdate", compact), double_day = with_column("apptdate", as.numeric(compact)),
  double_key = with_column("attendkey", as.numeric(text$attendkey)),
  double_person = with_column("pseudo_hesid", as.numeric(text$pseudo_hesid)),
  integer_attended = with_column("attended", as.integer(text$attended)),
  double_fyear = with_column("fyear", as.numeric(text$fyear)), logical_code = with_column("diag_01", NA),
  factors = as.data.frame(lapply(text, factor)), data.table = data.table::as.data.table(text),
  other_bytes = with_column("diag_4_concat", latin)
)
if (requireNamespace("bit64", quietly = TRUE)) {
  tables$integer64 <- with_column("attendkey", bit64::as.integer64(text$attendkey))
}

for (what in c("flags", "hits", "people", "counts")) {
  program <- parse(file.path(programs, paste0(what, ".r")), encoding = "UTF-8")
  ask <- function(hesop) {
    answer <- as.data.frame(eval(program, list2env(list(hesop = hesop), parent = globalenv())))
    answer <- answer[!names(answer) %in% c("attendkey", "pseudo_hesid")]
    if (what == "hits") answer$value <- iconv(answer$value, "UTF-8", "ASCII", "_")
    answer
  }
  want <- ask(text)
  if (nrow(want) == 0) stop(what, ": no rows")
  for (kind in names(tables)) {
    difference <- all.equal(want, ask(tables[[kind]]))
    if (!isTRUE(difference)) stop(what, " of ", kind, ": ", paste(difference, collapse = "; "))
  }
}
cat("r: columns of", length(tables), "kinds give the same answers as text\n")
