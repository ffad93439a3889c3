# hesopmatch: hits of hesop, in r.
# A row for each value that a list covers.
# List 1 "diabetes": 2 entries, fingerprint b3133b8e0b5f3001.
# List 2 "hypertension, not heart": 4 entries, fingerprint 70155028070a26d3.
# List 3 "hernia": 11 entries, fingerprint 2fd64f93cf9c761e.
# All lists: fingerprint 0f15938a4a915bef.
# Columns: diag_01, diag_4_01, diag_4_02, diag_4_concat, opertn_4_01.

# hesop_hits applies the lists to a data frame of appointments and returns a new data.table. It needs
# data.table 1.14 or later, and bit64 for columns of integer64.
hesop_hits <- function(appointments) {
  needed <- c("attendkey", "pseudo_hesid", "diag_01", "diag_4_01", "diag_4_02", "diag_4_concat",
    "opertn_4_01")
  absent <- setdiff(needed, names(appointments))
  if (length(absent) > 0) stop("there is no column ", paste(absent, collapse = ", "))
  lists <- c("diabetes", "hypertension, not heart", "hernia")

  # Read columns as text in UTF-8: whole numbers have no exponent, and bytes that are not UTF-8 are read as Latin-1.
  text <- function(x) {
    if (inherits(x, "integer64")) x <- bit64::as.character.integer64(x)
    x <- if (is.factor(x)) as.character(x) else unclass(x)
    if (is.list(x)) stop("a column is a list")
    if (is.double(x)) {
      digits <- ifelse(is.finite(x) & x == trunc(x), sprintf("%.0f", x), sprintf("%.15g", x))
      x <- ifelse(is.na(x), NA_character_, digits)
    }
    x <- as.character(x)
    foreign <- which(!is.na(x) & (Encoding(x) == "latin1" | !validUTF8(x)))
    x[foreign] <- iconv(x[foreign], "latin1", "UTF-8")
    Encoding(x) <- "UTF-8"
    x
  }
  trim <- function(x) gsub("\\A[ \t\u00a0]+|[ \t\u00a0]+\\z", "", x, perl = TRUE)
  upper <- function(x) chartr("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", x)

  # Number the appointments, because a key may repeat or be absent.
  size <- nrow(appointments)
  taken <- rep(TRUE, size)
  taken <- which(taken)

  # The code columns. Cuts is the length to which the column may have truncated a value, 0 if it truncates none.
  fields <- data.table::rbindlist(list(
    list("diag_01", "ICD-10", "raw", 1L, 0L),
    list("diag_4_01", "ICD-10", "positional", 1L, 4L),
    list("diag_4_02", "ICD-10", "positional", 2L, 4L),
    list("diag_4_concat", "ICD-10", "concatenated", 0L, 4L),
    list("opertn_4_01", "OPCS-4", "positional", 1L, 0L)
  ))
  data.table::setnames(fields, c("column", "system", "form", "position", "cuts"))

  # A row for each code column that is not empty.
  values <- data.table::rbindlist(lapply(seq_len(nrow(fields)), function(i) {
    value <- text(appointments[[fields$column[i]]])[taken]
    filled <- which(!is.na(value) & value != "")
    list(appointment = taken[filled], field = rep(i, length(filled)), value = value[filled])
  }))
  values[, c("system", "form", "position", "cuts") := fields[values$field, .(system, form, position, cuts)]]

  # Split a concatenated column into one value for each position.
  joined <- values[form == "concatenated"]
  slots <- strsplit(joined$value, ",", fixed = TRUE)
  joined <- joined[rep(seq_along(slots), lengths(slots))]
  joined[, `:=`(position = sequence(lengths(slots)), value = as.character(unlist(slots)))]
  values <- data.table::rbindlist(list(values[form != "concatenated"], joined))

  # Read each distinct text once.
  values[, number := .GRP, by = .(system, form, cuts, value)]
  texts <- values[!duplicated(number), .(system, form, cuts, value)]

  # Remove white space around a value and the dots in it.
  texts[, plain := gsub(".", "", trim(value), fixed = TRUE)]

  # Remove a dagger or asterisk mark after a diagnosis, and dashes at the end.
  marked <- texts[, which(system == "ICD-10")]
  texts[, code_text := plain]
  texts[marked, code_text := sub("(?s)\\A(.{4,})[ADad]\\z", "\\1", plain, perl = TRUE)]
  texts[, code_text := sub("-+\\z", "", code_text, perl = TRUE)]

  # Whether the value is a code by the grammar of its system, and whether it stands for a missing code.
  begin <- function(x, system) {
    grammar <- ifelse(system == "ICD-10", "[A-Za-z][0-9]{2}([0-9Xx][0-9]?)?", "[A-HJ-Za-hj-z][0-9]{2}[0-9Xx]?")
    start <- x
    for (g in unique(grammar)) {
      at <- grammar == g
      start[at] <- sub(paste0("(?s)\\A(?:(", g, ").*|.*)\\z"), "\\1", x[at], perl = TRUE)
    }
    start
  }
  texts[, begins := begin(code_text, system)]
  texts[, is_code := begins != "" & begins == code_text]
  texts[, begins := upper(begins)]
  missing_code <- c("ICD-10" = "R69", "OPCS-4" = "X99")
  texts[, is_missing := substr(begins, 1L, 3L) == missing_code[system]]

  # The key of a value: its code, of four or five characters, and the length to which its field may have truncated it.
  texts[, code := data.table::fcase(
    is_code & nchar(begins) == 3L & cuts != 3L, paste0(begins, "X"),
    is_code, begins,
    is_missing & nchar(begins) == 3L, paste0(begins, "+"),
    is_missing, begins,
    default = NA_character_
  )]
  texts[, cut := ifelse(is_code & nchar(begins) == cuts, cuts, 0L)]
  # Codes of five characters, and a code truncated to four, are distinct only where some list has codes of five.
  divided <- c("M051")
  texts[!substr(code, 1L, 4L) %in% divided, `:=`(code = substr(code, 1L, 4L), cut = ifelse(cut == 4L, 0L, cut))]

  # What identifies equal values of several field forms: the code, or the text of a missing value that is not a code.
  texts[, same := data.table::fcase(
    is_code & nchar(begins) == 3L, paste0(begins, "X"),
    is_code | is_missing, upper(code_text),
    default = NA_character_
  )]
  # For a raw value, also what a column of four characters would hold.
  texts[, shown := sub("-+\\z", "", trim(substr(plain, 1L, 4L)), perl = TRUE)]
  texts[, shown := data.table::fcase(
    is_code & nchar(begins) == 3L, paste0(begins, "X"),
    form != "raw", same,
    is_code, substr(begins, 1L, 4L),
    nchar(shown) == 3L & shown == begin(shown, system), paste0(upper(shown), "X"),
    rep(TRUE, .N), upper(shown)
  )]
  known <- c("code", "cut", "is_code", "is_missing", "same", "shown")
  values[, (known) := texts[values$number, known, with = FALSE]]

  # A raw value replaces values of other forms that are the same code, or its start.
  raw <- values[form == "raw"]
  short <- values[form != "raw"]
  short <- short[!raw, on = c("appointment", "system", "same")]
  short <- short[!raw, on = c("appointment", "system", "shown")]
  values <- data.table::rbindlist(list(raw, short))

  # If a positional and a concatenated value are the same code at the same position, keep the positional one.
  alike <- c("appointment", "system", "same")
  positional <- values[form == "positional" & !is.na(same)]
  concatenated <- values[form == "concatenated" & !is.na(same)]
  alone <- positional[!concatenated, on = c(alike, "position")]
  left <- concatenated[!positional, on = c(alike, "position")]
  # The remaining values pair in order, whatever their positions.
  data.table::setorderv(left, c("appointment", "position"))
  left[, nth := data.table::rowidv(left, alike)]
  left[alone[, .N, by = alike], paired := i.N, on = alike]
  left <- left[is.na(paired) | nth > paired, !c("nth", "paired")]
  values <- data.table::rbindlist(list(values[form != "concatenated"], left))

  # The table of codes: what each list decides about a value. Cut is the length of a truncated value, or 0.
  codes <- data.table::rbindlist(c(
    list(list(integer(), character(), integer(), character(), character(), character())),
    lapply(hesop_hits_codes, function(group) {
      code <- unlist(strsplit(group[[6]], " ", fixed = TRUE))
      c(lapply(group[1:5], rep, length(code)), list(code))
    })
  ))
  data.table::setnames(codes, c("list", "system", "cut", "state", "entry", "code"))
  key <- c("system", "cut", "code")
  data.table::setkeyv(codes, key)
  found <- codes[values, on = key, nomatch = NULL, allow.cartesian = TRUE]

  # A row for each value that a list covers.
  found <- found[state == "match"]
  found[, form_order := match(form, c("raw", "positional", "concatenated"))]
  data.table::setorderv(found, c("appointment", "list", "system", "position", "form_order"))
  kept <- c("attendkey", "pseudo_hesid")
  result <- c(
    lapply(kept, function(name) appointments[[name]][found$appointment]),
    list(lists[found$list], found$system, found$position, fields$column[found$field], found$value, found$entry)
  )
  result <- data.table::as.data.table(result)
  data.table::setnames(result, c(kept, "list", "system", "position", "column", "value", "entry"))
  result[]
}

# The table of codes. Each group has the number of a list, a system, the length of a truncated value (0 for a whole
# one), the decision of the list, the entry that decides, and the codes.
hesop_hits_codes <- list(
  list(1L, "ICD-10", 0L, "match", "E11", c(
    "E11X E110 E111 E112 E113 E114 E115 E116 E117 E118 E119"
  )),
  list(1L, "ICD-10", 4L, "open", "", c(
    "M051"
  )),
  list(1L, "ICD-10", 0L, "match", "M0510", c(
    "M0510"
  )),
  list(2L, "ICD-10", 0L, "match", "I10-I12", c(
    "I10X I100 I101 I102 I103 I104 I105 I106 I107 I108 I109 I11X I110 I111 I112 I113 I114 I115 I116 I117 I118 I12X",
    "I120 I121 I122 I123 I124 I125 I126 I127 I128 I129"
  )),
  list(3L, "OPCS-4", 0L, "match", "K40_", c(
    "K40X K400 K401 K402 K403 K404 K405 K406 K407 K408 K409"
  ))
)

hesop_hits(hesop)
