/// Words for why one type does not fit another.
enum Mismatch {
  static func message(_ got: ValueType, _ want: ValueType) -> String {
    switch (got, want) {
    case (.object(let first), .object(let second)): return objects(first, second)
    case (.tuple, .list(.dynamic)): return "all list elements must have the same type"
    case (.tuple, .set(.dynamic)): return "all set elements must have the same type"
    case (.object, .map(.dynamic)): return "all map elements must have the same type"
    case (.tuple(let types), .list(let element)), (.tuple(let types), .set(let element)):
      for (index, type) in types.enumerated()
      where !Conversion.isPossible(from: type, to: element, unsafe: true) {
        return "element \(index): " + message(type, element)
      }
      return "all elements must be " + element.constraintName
    case (.object(let object), .map(let element)):
      for name in object.names {
        guard let type = object.attributes[name],
          !Conversion.isPossible(from: type, to: element, unsafe: true)
        else { continue }
        return "element \(Quoting.goQuoted(name)): " + message(type, element)
      }
      return "all elements must be " + element.constraintName
    case (.list(let first), .list(let second)), (.set(let first), .list(let second)):
      return "incorrect list element type: " + message(first, second)
    case (.list(let first), .set(let second)), (.set(let first), .set(let second)):
      return "incorrect set element type: " + message(first, second)
    case (.map(let first), .map(let second)):
      return "incorrect map element type: " + message(first, second)
    default: return want.constraintName + " required"
    }
  }

  private static func objects(
    _ got: ValueType.ObjectType, _ want: ValueType.ObjectType
  ) -> String {
    let missing = want.names.filter { got.attributes[$0] == nil && !want.optional.contains($0) }
    let quoted = missing.map(Quoting.goQuoted)
    switch quoted.count {
    case 0: break
    case 1: return "attribute \(quoted[0]) is required"
    case 2: return "attributes \(quoted[0]) and \(quoted[1]) are required"
    default:
      return
        "attributes \(quoted.dropLast().joined(separator: ", ")), and \(quoted[quoted.count - 1]) are required"
    }
    for unsafe in [true, false] {
      for name in want.names {
        guard let given = got.attributes[name], let wanted = want.attributes[name],
          !Conversion.isPossible(from: given, to: wanted, unsafe: unsafe)
        else { continue }
        return "attribute \(Quoting.goQuoted(name)): " + message(given, wanted)
      }
    }
    return "incorrect object attributes"
  }
}
