/// Reading parts of values: `value.name` and `value[key]`.
enum Access {
  struct Failure: Error {
    var summary: String
    var detail: String
  }

  private static func failure(_ summary: String, _ detail: String) -> Result<Value, Failure> {
    .failure(Failure(summary: summary, detail: detail))
  }

  /// One step of a traversal; what is behind a splat is not known here.
  static func step(_ value: Value, _ step: Traversal.Step) -> Result<Value, Failure> {
    switch step.kind {
    case .attribute(let name): attribute(value, name)
    case .index(let key): index(value, Evaluator.value(key))
    case .splat: .success(.unknown())
    }
  }

  static func attribute(_ object: Value, _ name: String) -> Result<Value, Failure> {
    if object.isNull {
      return failure(
        "Attempt to get attribute from null value",
        "This value is null, so it does not have any attributes.")
    }
    let unsupported = "Unsupported attribute"
    switch object.type {
    case .object(let type):
      guard let attributeType = type.attributes[name] else {
        return failure(
          unsupported, "This object does not have an attribute named \(Quoting.goQuoted(name)).")
      }
      return .success((object.attributes?[name] ?? .unknown(attributeType)).marked(object.marks))
    case .map(let element):
      guard let values = object.attributes else {
        return .success(.unknown(element).marked(object.marks))
      }
      guard let value = values[name] else {
        return failure(
          "Missing map element",
          "This map does not have an element with the key \(Quoting.goQuoted(name)).")
      }
      return .success(value.marked(object.marks))
    case .dynamic: return .success(.unknown().marked(object.marks))
    case .list(.object(let element)):
      let which =
        element.attributes[name] == nil ? "an attribute" : "attribute \(Quoting.goQuoted(name))"
      return failure(
        unsupported,
        "Can't access attributes on a list of objects. Did you mean to access \(which) for a specific element of the list, or across all elements of the list?"
      )
    case .set(.object):
      return failure(
        unsupported,
        "Can't access attributes on a set of objects. Did you mean to access an attribute across all elements of the set?"
      )
    case .string, .number, .bool:
      return failure(
        unsupported,
        "Can't access attributes on a primitive-typed value (\(object.type.friendlyName)).")
    default: return failure(unsupported, "This value does not have any attributes.")
    }
  }

  private static let notFound =
    "The given key does not identify an element in this collection value"

  static func index(_ collection: Value, _ key: Value) -> Result<Value, Failure> {
    if collection.isNull {
      return failure(
        "Attempt to index null value", "This value is null, so it does not have any indices.")
    }
    if key.isNull { return failure("Invalid index", "Can't use a null value as an indexing key.") }
    if key.type == .dynamic || collection.type == .dynamic {
      return .success(.unknown().marked(collection.marks))
    }
    switch collection.type {
    case .list, .tuple, .map: return element(collection, key)
    case .object(let object): return attribute(collection, object, key)
    case .set:
      return failure(
        "Invalid index",
        "Elements of a set are identified only by their value and don't have any separate index or key to select with, so it's only possible to perform operations across all elements of the set."
      )
    default: return failure("Invalid index", "This value does not have any indices.")
    }
  }

  private static func element(_ collection: Value, _ key: Value) -> Result<Value, Failure> {
    let wanted: ValueType = collection.type.isMap ? .string : .number
    let converted: Value
    do throws(ConversionError) {
      converted = try key.converted(to: wanted)
    } catch {
      return failure("Invalid index", notFound + ": \(error.message).")
    }
    let marks = collection.marks.union(converted.marks)
    let unknown: Value = .unknown(collection.type.element ?? .dynamic).marked(collection.marks)
    guard converted.isKnown else { return .success(unknown) }
    if let name = converted.stringValue {
      guard let values = collection.attributes else { return .success(unknown) }
      guard let value = values[name] else { return failure("Invalid index", notFound + ".") }
      return .success(value.marked(marks))
    }
    guard let number = converted.numberValue else { return .success(unknown) }
    if case .tuple(let types) = collection.type, !collection.isKnown {
      guard let index = number.int, types.indices.contains(index) else {
        return missing(number, types.count, isMarked: !collection.marks.isEmpty)
      }
      return .success(.unknown(types[index]).marked(collection.marks))
    }
    guard let elements = collection.elements else {
      if !number.isWhole || number.isNegative {
        return missing(number, .max, isMarked: false)
      }
      return .success(unknown)
    }
    guard let index = number.int, elements.indices.contains(index) else {
      return missing(number, elements.count, isMarked: !collection.marks.isEmpty)
    }
    return .success(elements[index].marked(marks))
  }

  private static func missing(
    _ number: Number, _ count: Int, isMarked: Bool
  ) -> Result<Value, Failure> {
    let reason: String
    if !number.isWhole {
      reason =
        ": indexing a sequence requires a whole number, but the given index has a fractional part."
    } else if number.isNegative {
      reason = ": a negative number is not a valid index for a sequence."
    } else if isMarked || number > Number(count) {
      reason = "."
    } else if count == 0 {
      reason = ": the collection has no elements."
    } else {
      reason =
        ": the given index is greater than or equal to the length of the collection."
    }
    return failure("Invalid index", notFound + reason)
  }

  private static func attribute(
    _ collection: Value, _ object: ValueType.ObjectType, _ key: Value
  ) -> Result<Value, Failure> {
    let converted: Value
    do throws(ConversionError) {
      converted = try key.converted(to: .string)
    } catch {
      return failure("Invalid index", notFound + ": \(error.message).")
    }
    guard let name = converted.stringValue else {
      return .success(.unknown().marked(collection.marks))
    }
    guard let type = object.attributes[name] else {
      // Of an unknown object the original does not say so here, only at an attribute.
      if !collection.isKnown { return .success(.unknown().marked(collection.marks)) }
      let hint =
        key.type == .number
        ? " An object only supports looking up attributes by name, not by numeric index." : ""
      return failure("Invalid index", notFound + "." + hint)
    }
    return .success((collection.attributes?[name] ?? .unknown(type)).marked(collection.marks))
  }
}
