# make demo     the whole path, from a commit to production manifests, on the reference project
# make test     all tests
# make bench    our tools beside the originals: times, ratios, memory
# make test-registry  the registry client, against a real registry on loopback
# make install  the program, a link per tool, completions and man pages (PREFIX=/usr/local)

PREFIX ?= /usr/local
DESTDIR ?=

# The Swift runtime is linked in, and the C library too where that works: a tool starts in two ms and runs
# without a toolchain. Programs that look up hosts cannot have the C library linked in.
#
# Types are made by the compiler's own calls and not from their names at run time: a name has the runtime
# search all conformances of the program for each type's first use, a third of what a small build did.
RELEASE = -c release $(shell .ci/linkage $(if $(TRAITS),--dynamic-libc)) -Xswiftc -use-ld=lld \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
BIN = .build/release

.PHONY: demo test test-registry bench release install uninstall setup format lint clean

demo: release
	@.ci/demo $(BIN)

test: setup
	swift test

test-registry:
	.ci/test-registry

bench: release
	@.ci/bench $(BIN)

release: setup
	swift build $(RELEASE)

# TRAITS=Registry adds image-list, image-inspect and image-pin.
TRAITS ?=

install: setup
	swift build $(RELEASE) $(if $(TRAITS),--traits $(TRAITS)) --product deploykit
	swift build --product generate-manual
	.ci/install $(BIN)/deploykit "$(DESTDIR)$(PREFIX)"

uninstall:
	.ci/install --remove "$(DESTDIR)$(PREFIX)"

setup:
	@.ci/setup

format:
	swift format --in-place --recursive Sources Tests Package.swift

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

clean:
	rm -rf .build
