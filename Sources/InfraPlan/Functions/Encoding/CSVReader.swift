/// Reads RFC 4180 CSV with a header row into a list of objects.
enum CSVReader {
  static func decode(_ text: String) throws(FunctionError) -> Value {
    let rows = try records(Array(text.utf8))
    guard let header = rows.first else { throw FunctionError("missing header line") }
    var seen: Set<String> = []
    for name in header.cells where !seen.insert(name).inserted {
      throw FunctionError("duplicate column name \(Quoting.goQuoted(name))")
    }
    let type = ValueType.object(
      Dictionary(header.cells.map { ($0, .string) }) { first, _ in first })
    var values: [Value] = []
    for row in rows.dropFirst() {
      guard row.cells.count == header.cells.count else {
        throw FunctionError("CSV parse error on line \(row.line): wrong number of fields")
      }
      values.append(
        .object(Dictionary(zip(header.cells, row.cells).map { ($0, Value.string($1)) }) { $1 }))
    }
    return .list(type, values)
  }

  private static func records(
    _ bytes: [UInt8]
  ) throws(FunctionError) -> [(cells: [String], line: Int)] {
    var rows: [(cells: [String], line: Int)] = []
    var index = 0
    var line = 1
    func isBreak(_ position: Int) -> Int {
      if position >= bytes.count { return 0 }
      if bytes[position] == Byte.newline { return 1 }
      let isPair =
        bytes[position] == Byte.carriageReturn && position + 1 < bytes.count
        && bytes[position + 1] == Byte.newline
      return isPair ? 2 : 0
    }
    while index < bytes.count {
      let blank = isBreak(index)
      if blank > 0 {
        index += blank
        line += 1
        continue
      }
      let firstLine = line
      var cells: [String] = []
      row: while true {
        var cell: [UInt8] = []
        if index < bytes.count, bytes[index] == Byte.quote {
          index += 1
          while true {
            guard index < bytes.count else {
              throw FunctionError(
                "CSV parse error on line \(firstLine): extraneous or missing \" in quoted-field")
            }
            if bytes[index] == Byte.quote {
              if index + 1 < bytes.count, bytes[index + 1] == Byte.quote {
                cell.append(Byte.quote)
                index += 2
                continue
              }
              index += 1
              break
            }
            if isBreak(index) == 2 { index += 1 }
            if bytes[index] == Byte.newline { line += 1 }
            cell.append(bytes[index])
            index += 1
          }
          let ends = index >= bytes.count || bytes[index] == UInt8(ascii: ",") || isBreak(index) > 0
          guard ends else {
            throw FunctionError(
              "CSV parse error on line \(line): extraneous or missing \" in quoted-field")
          }
        } else {
          while index < bytes.count, bytes[index] != UInt8(ascii: ","), isBreak(index) == 0 {
            guard bytes[index] != Byte.quote else {
              throw FunctionError("CSV parse error on line \(line): bare \" in non-quoted-field")
            }
            cell.append(bytes[index])
            index += 1
          }
        }
        cells.append(String(decoding: cell, as: UTF8.self))
        if index < bytes.count, bytes[index] == UInt8(ascii: ",") {
          index += 1
          continue
        }
        let length = isBreak(index)
        if length > 0 {
          index += length
          line += 1
        }
        break row
      }
      rows.append((cells, firstLine))
    }
    return rows
  }
}
