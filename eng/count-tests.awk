# Adds up the counters of TRX files and prints "N passed, N failed, N skipped" last. Exit code 1 when a test failed, when a
# test was skipped for a reason that is not a line of the file named by -v skips=..., and when a file holds no test.
# POSIX awk; the files are machine-written, one element a line.

function attribute(name,    rest) {
  if (!match($0, " " name "=\"[^\"]*\""))
    return ""
  rest = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
  return rest
}

function plain(text) {
  gsub(/&lt;/, "<", text)
  gsub(/&gt;/, ">", text)
  gsub(/&quot;/, "\"", text)
  gsub(/&apos;/, "'", text)
  gsub(/&amp;/, "\\&", text)
  return text
}

function finish_file() {
  if (file == "")
    return
  if (!counted) {
    print file ": the results are incomplete" > "/dev/stderr"
    bad = 1
  } else if (total == 0) {
    print file ": no test was run" > "/dev/stderr"
    bad = 1
  }
}

BEGIN {
  while ((getline line < skips) > 0)
    if (line != "" && line !~ /^#/)
      allowed[line] = 1
  close(skips)
}

FNR == 1 {
  finish_file()
  file = FILENAME
  counted = 0
  total = 0
  waiting = ""
}

/<UnitTestResult / {
  waiting = attribute("outcome") == "NotExecuted" ? attribute("testName") : ""
  reason = ""
}

waiting != "" && /<StdOut>/ {
  reason = $0
  sub(/^.*<StdOut>/, "", reason)
  sub(/<\/StdOut>.*$/, "", reason)
  reason = plain(reason)
}

# An element that stands alone has no reason; neither does one that ends without text.
waiting != "" && (/<\/UnitTestResult>/ || /<UnitTestResult .*\/>/) {
  if (!(reason in allowed)) {
    print plain(waiting) " was skipped, and its reason is not in " skips ": " reason > "/dev/stderr"
    bad = 1
  }
  waiting = ""
}

/<Counters / {
  counted = 1
  total = attribute("total") + 0
  passed += attribute("passed")
  failed += attribute("failed") + attribute("error") + attribute("timeout") + attribute("aborted")
  skipped += attribute("notExecuted")
  if (attribute("passed") + attribute("failed") + attribute("error") + attribute("timeout") + attribute("aborted") + attribute("notExecuted") != total) {
    print file ": the counters do not add up to its " total " tests" > "/dev/stderr"
    bad = 1
  }
}

END {
  finish_file()
  if (file == "") {
    print "no results were found" > "/dev/stderr"
    bad = 1
  }
  printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
  exit (bad || failed > 0) ? 1 : 0
}
