#!/bin/sh
# part.sh PROGRAM PART PARTS: every PARTS-th test function of a program, from number PART (0 is the first): a long program
# as several tests, of which each stays far below ctest's limit of time. New functions are in one of them by themselves.
exec "$1" $("$1" -functions | awk -v part="$2" -v parts="$3" 'NR % parts == (part + 1) % parts { sub(/\(\)/, ""); print }')
