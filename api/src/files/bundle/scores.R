# Computes the headline numbers again from responses.csv and compares them with the report (report.csv, which holds the
# same figures as report.json; base R reads no JSON).
#
# Needs R and no package. Run it in the folder of the unpacked bundle:
#
#     Rscript scores.R
#
# Prints every number beside the report's. Exit code 1 when two differ by more than 1e-9.

tolerance <- 1e-9

read_table <- function(name) {
  read.csv(name, colClasses = "character", check.names = FALSE, na.strings = character(0), encoding = "UTF-8")
}

here <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
if (length(here) == 1) setwd(dirname(normalizePath(here)))
rows <- read_table("responses.csv")
dictionary <- read_table("dictionary.csv")
report <- read_table("report.csv")
report <- report[report$split == "", ]
items <- dictionary[dictionary$kind == "code", ]

# Answers of one item after reversal; NA where there is none on the scale.
codes <- function(column) {
  entry <- items[items$column == column, ]
  cells <- rows[[column]]
  code <- rep(NA_real_, length(cells))
  is_code <- grepl("^-?[0-9]+$", cells)
  code[is_code] <- as.numeric(cells[is_code])
  if (entry$reversed == "true") as.numeric(entry$min) + as.numeric(entry$max) - code else code
}

answers_of <- function(columns) {
  matrix(unlist(lapply(columns, codes)), nrow = nrow(rows), ncol = length(columns))
}

# Mean of a person's answers, where at least half of the items that they were asked are answered.
person_means <- function(columns) {
  answers <- answers_of(columns)
  asked <- rowSums(matrix(unlist(rows[columns]) != "not_shown", nrow = nrow(rows), ncol = length(columns)))
  answered <- rowSums(!is.na(answers))
  taken <- answered >= 1 & 2 * answered >= asked
  rowMeans(answers, na.rm = TRUE)[taken]
}

# Mean of the item means, in points of 100.
score <- function(columns) {
  entry <- items[items$column == columns[1], ]
  low <- as.numeric(entry$min)
  high <- as.numeric(entry$max)
  100 * (mean(colMeans(answers_of(columns), na.rm = TRUE)) - low) / (high - low)
}

# Cronbach's alpha from the people who were asked and answered every item.
alpha <- function(columns) {
  answers <- answers_of(columns)
  answers <- answers[rowSums(is.na(answers)) == 0, , drop = FALSE]
  k <- ncol(answers)
  k / (k - 1) * (1 - sum(apply(answers, 2, var)) / var(rowSums(answers)))
}

nps <- function(column) {
  code <- codes(column)
  code <- code[!is.na(code)]
  100 * (sum(code >= 9) - sum(code <= 6)) / length(code)
}

worst <- 0
checked <- 0

check <- function(part, name, statistic, compute) {
  line <- report[report$part == part & report$name == name & report$statistic == statistic, ]
  label <- paste(part, name, statistic, sep = ".")
  if (nrow(line) != 1 || line$value == "") {
    reason <- if (nrow(line) == 1) line$undefined else "absent"
    cat(sprintf("%-44s not given: %s\n", label, reason))
    return(invisible())
  }
  ours <- compute()
  theirs <- as.numeric(line$value)
  difference <- abs(ours - theirs)
  if (is.na(difference)) difference <- Inf
  worst <<- max(worst, difference)
  checked <<- checked + 1
  mark <- if (difference <= tolerance) "" else "  DIFFERS"
  cat(sprintf("%-44s %18.12f %18.12f%s\n", label, ours, theirs, mark))
}

cat(sprintf("%-44s %18s %18s\n", "figure", "computed here", "in the report"))
dimensions <- unique(items$dimension[items$dimension != ""])
experience <- unique(items$dimension[items$facet == "experience"])
columns_of <- function(dimension) items$column[items$dimension == dimension]
if (length(experience) > 0) {
  check("quality", "score", "value", function() mean(sapply(experience, function(one) score(columns_of(one)))))
}
for (dimension in dimensions) {
  columns <- columns_of(dimension)
  check("dimensions", dimension, "score", function() score(columns))
  check("dimensions", dimension, "mean", function() mean(person_means(columns)))
  check("dimensions", dimension, "alpha", function() alpha(columns))
}
asked_nps <- items$column[items$outcome == "nps"]
if (length(asked_nps) > 0) check("outcome", "nps", "value", function() nps(asked_nps[1]))

cat(sprintf("%d figures from %d responses; largest difference %.3g\n", checked, nrow(rows), worst))
quit(status = if (worst <= tolerance) 0 else 1)
