// swift-tools-version: 6.1
import PackageDescription

/// The language dialect of every target of this package.
let dialect: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),  // SE-0335
  .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
  .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
]

let argumentParser: Target.Dependency =
  .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

/// The small executables, by the library target that holds their command types.
let executables: [(commands: String, tools: [String])] = [
  (
    "ManifestCommands",
    [
      "manifest-diff",
      "manifest-edit",
      "manifest-get",
      "manifest-graph",
      "manifest-patch",
      "manifest-split",
      "manifest-validate",
    ]
  ),
  (
    "OverlayCommands",
    [
      "overlay-build",
      "overlay-check",
      "overlay-create",
      "overlay-diff",
      "overlay-edit",
      "overlay-graph",
      "overlay-promote",
      "overlay-vendor",
    ]
  ),
  (
    "InfraCommands",
    [
      "infra-eval",
      "infra-fmt",
      "infra-parse",
      "infra-plan",
      "infra-validate",
    ]
  ),
  (
    "ImageCommands",
    [
      "image-next",
      "image-select",
      "image-tag",
      "image-update",
    ]
  ),
]

let package = Package(
  name: "swift-deploykit",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "SourceText", targets: ["SourceText"]),
    .library(name: "ManifestKit", targets: ["ManifestKit"]),
    .library(name: "OverlayKit", targets: ["OverlayKit"]),
    .library(name: "InfraPlan", targets: ["InfraPlan"]),
    .library(name: "ImageTags", targets: ["ImageTags"]),
    .executable(name: "deploykit", targets: ["deploykit"]),
  ]
    + executables.flatMap(\.tools).map { .executable(name: $0, targets: [$0]) },
  traits: [
    .trait(
      name: "Registry", description: "The registry client: image-list, image-inspect, image-pin."),
    .trait(name: "Providers", description: "Plans with provider plugins over the plugin protocol."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    // Fetched only where the trait Registry is on.
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
  ],
  targets: [
    .target(name: "SourceText"),

    .systemLibrary(
      name: "CLibYAML", path: "Sources/ManifestKit/CLibYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(
      name: "CZlib", path: "Sources/ManifestKit/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(
      name: "ManifestKit", dependencies: ["SourceText", "CLibYAML", "CZlib"],
      exclude: ["CLibYAML", "CZlib"]),

    .target(
      name: "ImageTags", dependencies: ["SourceText"], exclude: ["Registry"]),

    .target(
      name: "ImageRegistry",
      dependencies: [
        "ImageTags", "SourceText",
        .product(
          name: "AsyncHTTPClient", package: "async-http-client",
          condition: .when(traits: ["Registry"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Registry"])),
        .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Registry"])),
      ],
      path: "Sources/ImageTags/Registry"),

    .target(
      name: "OverlayKit",
      dependencies: ["SourceText", "ManifestKit", "ImageTags", crypto]),

    .target(
      name: "InfraPlan",
      dependencies: [
        "SourceText", "CLibYAML", "CZlib", crypto,
      ]),

    .target(
      name: "ToolSupport", dependencies: ["SourceText", argumentParser],
      path: "Sources/Tools/ToolSupport"),
    .target(
      name: "ManifestCommands",
      dependencies: ["ManifestKit", "ImageTags", "SourceText", "ToolSupport", argumentParser],
      path: "Sources/Tools/ManifestCommands"),
    .target(
      name: "OverlayCommands",
      dependencies: ["OverlayKit", "ManifestKit", "ToolSupport", argumentParser, crypto],
      path: "Sources/Tools/OverlayCommands"),
    .target(
      name: "InfraCommands", dependencies: ["InfraPlan", "ToolSupport", argumentParser],
      path: "Sources/Tools/InfraCommands"),
    .target(
      name: "ImageCommands",
      dependencies: [
        "ImageTags", "OverlayKit", "ManifestKit", "ToolSupport", argumentParser, crypto,
      ],
      path: "Sources/Tools/ImageCommands"),
    .target(
      name: "RegistryCommands",
      dependencies: ["ImageRegistry", "ImageTags", "SourceText", "ToolSupport", argumentParser],
      path: "Sources/Tools/RegistryCommands"),
    .executableTarget(
      name: "deploykit",
      dependencies: [
        "ManifestCommands", "OverlayCommands", "InfraCommands", "ImageCommands",
        "RegistryCommands", "ToolSupport", argumentParser,
      ],
      path: "Sources/Tools/deploykit"),

    .target(name: "TestSupport", path: "Tests/Support"),
    .executableTarget(
      name: "deploykit-conformance",
      dependencies: [
        "SourceText", "ManifestKit", "OverlayKit", "ImageTags", "ToolSupport", crypto,
      ],
      path: "Tests/Conformance"),
    .executableTarget(
      name: "manifest-bench", dependencies: ["ManifestKit", "SourceText", "CLibYAML"],
      path: "Tests/ManifestBench"),
    .executableTarget(
      name: "infra-bench", dependencies: ["InfraPlan", "SourceText"], path: "Tests/InfraBench"),
    .executableTarget(name: "measure", path: "Tests/Measure"),
    .target(
      name: "ManifestExercise", dependencies: ["ManifestKit", "SourceText"],
      path: "Tests/ManifestExercise"),
    .executableTarget(
      name: "manifest-fuzz", dependencies: ["ManifestExercise", "SourceText"],
      path: "Tests/ManifestFuzz"),
    .target(
      name: "InfraExercise", dependencies: ["InfraPlan", "SourceText"], path: "Tests/InfraExercise"),
    .executableTarget(
      name: "infra-fuzz", dependencies: ["InfraExercise", "SourceText"], path: "Tests/InfraFuzz"),
    .target(
      name: "OverlayExercise", dependencies: ["OverlayKit", "ManifestKit", "SourceText"],
      path: "Tests/OverlayExercise"),
    .executableTarget(
      name: "overlay-fuzz", dependencies: ["OverlayExercise", "SourceText"],
      path: "Tests/OverlayFuzz"),
    .executableTarget(
      name: "schema-table", dependencies: ["ManifestKit", "SourceText"], path: "Tests/SchemaTable"),
    .testTarget(name: "SourceTextTests", dependencies: ["SourceText", "TestSupport"]),
    .testTarget(
      name: "ManifestKitTests", dependencies: ["ManifestKit", "ManifestExercise", "TestSupport"]),
    .testTarget(
      name: "OverlayKitTests",
      dependencies: [
        "OverlayKit", "OverlayExercise", "ManifestKit", "ImageTags", "SourceText", "TestSupport",
      ]),
    .testTarget(
      name: "InfraPlanTests", dependencies: ["InfraPlan", "InfraExercise", "TestSupport"]),
    .testTarget(name: "ImageTagsTests", dependencies: ["ImageTags", "TestSupport"]),
    .testTarget(
      name: "RegistryTests",
      dependencies: [
        "ImageRegistry", "ImageTags",
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Registry"])),
        .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Registry"])),
        .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Registry"])),
      ]),
    .testTarget(
      name: "ToolsTests",
      dependencies: [
        "ToolSupport", "ManifestCommands", "OverlayCommands", "InfraCommands", "ImageCommands",
        "TestSupport", "deploykit",
      ]),
  ]
    + executables.flatMap { commands, tools in
      tools.map {
        .executableTarget(
          name: $0, dependencies: [.target(name: commands), "ToolSupport"],
          path: "Sources/Tools/\($0)")
      }
    },
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = (target.swiftSettings ?? []) + dialect
}
