import InfraPlan
import SourceText
import Testing

@Suite struct RobustnessTests {
  private static let source = """
    variable "v" {
      type    = object({ a = optional(list(string), ["x"]) })
      default = {}
    }
    locals {
      t = <<-EOT
        %{ for x in var.v.a ~}
        ${upper(x)}$${y}
        %{ endfor ~}
      EOT
      s = [for k, v in { a = 1 } : "${k}=${v}" if v > 0 && true]
    }
    output "o" { value = local.s[*].length.0["k"] == null ? 1.5e3 : -f::g(1, [2]...) }

    """

  private func exercise(_ bytes: [UInt8]) {
    let file = SourceFile(name: "main.tf", bytes: bytes)
    _ = SyntaxTree.parse(file, id: SourceFile.ID(rawValue: 0))
    _ = Formatter.format(file, id: SourceFile.ID(rawValue: 0))
    var system = MemoryFileSystem()
    system.add("/m/main.tf", bytes)
    let configuration = Configuration.load(folder: "/m", files: system)
    _ = configuration.validate(functions: FunctionTable(baseFolder: "/m", files: system))
  }

  @Test func everyPrefixIsHandled() {
    let bytes = Array(Self.source.utf8)
    for length in 0...bytes.count { exercise(Array(bytes[..<length])) }
  }

  @Test func everySingleByteMutationIsHandled() {
    let bytes = Array(Self.source.utf8)
    for index in bytes.indices {
      for byte in [UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "}"), 0xFF, 0] {
        var mutated = bytes
        mutated[index] = byte
        exercise(mutated)
      }
    }
  }
}
