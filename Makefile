# Build flags of every release build: the Swift runtime linked in, so that a tool starts in 2 ms
# and runs on machines without a toolchain.
RELEASE = -c release --static-swift-stdlib -Xswiftc -use-ld=lld

.PHONY: release
release:
	swift build $(RELEASE)
