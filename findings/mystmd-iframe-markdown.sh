#!/bin/sh
# mystmd 1.8.3 exports Markdown without the picture that stands for a frame, and not at all where the
# frame has a caption.
#
# Expected: `{iframe}` takes an image with `:placeholder:`, for the formats that cannot hold a frame,
# and a caption as its body; exported Markdown is MyST again, with both.
#
# What happens: the directive is written without its option. With a caption the export ends with a
# TypeError; no file is written, and the status is 0 all the same.
#
# Why it matters: whoever builds from what was exported has a blank place on paper where the lab was,
# or no page, and a script that asks for the status does not notice.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null 2>&1 || exit 2
npm install --silent mystmd@1.8.3 || { echo 'mystmd cannot be installed'; exit 2; }
printf '%s' 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==' | base64 -d >picture.png

# Builds a page with a frame, whose body is given, and shows what comes of it.
export_of() {
    rm -rf out _build
    cat >index.md <<END
---
title: Page
exports:
  - format: md
    output: out/page.md
---
:::{iframe} https://example.org/page
:placeholder: picture.png
$1:::
END
    status=0
    said=$(node_modules/.bin/myst build --md 2>&1) || status=$?
    echo "status $status: $(printf '%s' "$said" | grep -o 'TypeError.*' || echo 'no error')"
    if [ -e out/page.md ]; then sed -n '/iframe/,$p' out/page.md; else echo '(no file)'; fi
}

plain=$(export_of '')
captioned=$(export_of 'A caption.
')
printf 'without a caption:\n%s\n\nwith a caption:\n%s\n' "$plain" "$captioned"

case $plain in
*'status 0: no error'*'{iframe} https://example.org/page'*) ;;
*) echo 'CHANGED: the frame is exported otherwise'; exit 1 ;;
esac
case $plain in *placeholder*) echo 'CHANGED: the picture is kept'; exit 1 ;; esac
case $captioned in
*'status 0: TypeError'*'(no file)'*) ;;
*) echo 'CHANGED: a frame with a caption is exported otherwise'; exit 1 ;;
esac
