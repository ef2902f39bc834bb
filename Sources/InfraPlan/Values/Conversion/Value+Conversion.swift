extension Value {
  /// The value as another type, or why that is impossible. Marks are kept.
  func converted(to target: ValueType) throws(ConversionError) -> Value {
    if type == target { return self }
    guard Conversion.isPossible(from: type, to: target, unsafe: true) else {
      throw ConversionError(Mismatch.message(type, target))
    }
    return try convertedUnchecked(to: target)
  }

  private func convertedUnchecked(to target: ValueType) throws(ConversionError) -> Value {
    if type == target || target == .dynamic { return self }
    if !marks.isEmpty { return try unmarked.convertedUnchecked(to: target).marked(marks) }
    switch content {
    case .null: return .null(Conversion.resolved(type, target))
    case .unknown(let refinement):
      return Value(
        Conversion.resolved(type, target), .unknown(refinement.surviving(type, target)))
    default: break
    }
    switch (content, target) {
    case (.number(let number), .string): return .string(number.text)
    case (.bool(let flag), .string): return .string(flag ? "true" : "false")
    case (.string(let text), .number):
      guard let number = Number(text) else { throw ConversionError("a number is required") }
      return .number(number)
    case (.string(let text), .bool): return .bool(try Self.truth(text))
    case (.elements(let elements), .list(let element)):
      return try Self.collection(elements, element, type, Value.list, "list")
    case (.elements(let elements), .set(let element)):
      return try Self.collection(elements, element, type, Value.set, "set")
    case (.elements(let elements), .tuple(let types)):
      var result: [Value] = []
      for (index, pair) in zip(elements, types).enumerated() {
        do throws(ConversionError) {
          result.append(try pair.0.convertedUnchecked(to: pair.1))
        } catch {
          throw error.within(.index(index))
        }
      }
      return .tuple(result)
    case (.attributes(let values), .map(let element)):
      return try Self.map(values, element, type)
    case (.attributes(let values), .object(let object)):
      return try Self.object(values, object, isMap: type.isMap)
    default: throw ConversionError(Mismatch.message(type, target))
    }
  }

  private static func truth(_ text: String) throws(ConversionError) -> Bool {
    switch text {
    case "true", "1": return true
    case "false", "0": return false
    default:
      let lower = text.lowercased()
      if lower == "true" || lower == "false" {
        throw ConversionError(
          "a bool is required; to convert from string, use lowercase \"\(lower)\"")
      }
      throw ConversionError("a bool is required")
    }
  }

  private static func collection(
    _ elements: [Value], _ element: ValueType, _ source: ValueType,
    _ build: (ValueType, [Value]) -> Value, _ noun: String
  ) throws(ConversionError) -> Value {
    var wanted = element
    if element == .dynamic {
      if case .tuple(let types) = source {
        wanted = types.isEmpty ? .dynamic : Unification.common(types, unsafe: true) ?? .dynamic
      } else {
        wanted = source.element ?? .dynamic
      }
    }
    var result: [Value] = []
    result.reserveCapacity(elements.count)
    for (index, value) in elements.enumerated() {
      do throws(ConversionError) {
        result.append(try value.convertedUnchecked(to: wanted))
      } catch {
        throw error.within(.index(index))
      }
    }
    return build(try common(&result, wanted, noun), result)
  }

  private static func map(
    _ values: [String: Value], _ element: ValueType, _ source: ValueType
  ) throws(ConversionError) -> Value {
    var wanted = element
    if element == .dynamic {
      if case .object(let object) = source {
        let types = object.names.compactMap { object.attributes[$0] }
        wanted = types.isEmpty ? .dynamic : Unification.common(types, unsafe: true) ?? .dynamic
      } else {
        wanted = source.element ?? .dynamic
      }
    }
    let names = values.keys.sorted()
    var result: [Value] = []
    for name in names {
      guard let value = values[name] else { continue }
      do throws(ConversionError) {
        result.append(try value.convertedUnchecked(to: wanted))
      } catch {
        throw error.within(.key(name))
      }
    }
    let type = try common(&result, wanted, "map")
    return .map(type, Dictionary(uniqueKeysWithValues: zip(names, result)))
  }

  /// The one type of converted elements; where parts of the wanted type were dynamic they must
  /// still agree.
  private static func common(
    _ values: inout [Value], _ wanted: ValueType, _ noun: String
  ) throws(ConversionError) -> ValueType {
    guard wanted.hasDynamic, let first = values.first else { return wanted.withoutOptionals }
    let known = values.first { $0.type != .dynamic }?.type ?? first.type
    if values.allSatisfy({ $0.type == known }) { return known }
    guard let common = Unification.common(values.map(\.type), unsafe: true) else {
      throw ConversionError("element types must all match for conversion to \(noun)")
    }
    if common == .dynamic { return .dynamic }
    for index in values.indices { values[index] = try values[index].convertedUnchecked(to: common) }
    return common
  }

  private static func object(
    _ values: [String: Value], _ object: ValueType.ObjectType, isMap: Bool
  ) throws(ConversionError) -> Value {
    var result: [String: Value] = [:]
    for name in object.names {
      guard let wanted = object.attributes[name] else { continue }
      guard let value = values[name] else {
        guard object.optional.contains(name) else {
          throw ConversionError(
            "map has no element for required attribute \(Quoting.goQuoted(name))")
        }
        result[name] = .null(wanted.withoutOptionals)
        continue
      }
      do throws(ConversionError) {
        result[name] = try value.convertedUnchecked(to: wanted)
      } catch {
        throw error.within(isMap ? .key(name) : .attribute(name))
      }
    }
    return .object(result)
  }
}

extension Refinement {
  /// What stays true of an unknown value after a conversion.
  fileprivate func surviving(_ source: ValueType, _ target: ValueType) -> Refinement {
    var kept = Refinement(isNotNull: isNotNull)
    let bothCollections = source.isCollection && target.isCollection
    if bothCollections {
      // Elements may turn out equal when a set is made of them.
      kept.minimumLength =
        target.isSet && !source.isSet ? minimumLength.map { min(1, $0) } : minimumLength
      kept.maximumLength = maximumLength
    }
    if case .tuple(let types) = source, target.isCollection {
      kept.minimumLength = target.isSet ? min(1, types.count) : types.count
      kept.maximumLength = types.count
    }
    if case .object(let object) = source, target.isMap {
      kept.minimumLength = object.attributes.count
      kept.maximumLength = object.attributes.count
    }
    return kept
  }
}
