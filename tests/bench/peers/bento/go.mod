module raccordo/bench/bento

go 1.23.0

require github.com/warpstreamlabs/bento v1.10.0
