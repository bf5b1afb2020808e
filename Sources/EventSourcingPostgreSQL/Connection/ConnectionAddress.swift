#if PostgreSQL
  internal import CPostgreSQL
  internal import EventSourcing

  /// Reads addresses of databases, and keeps what is secret in them out of messages.
  enum ConnectionAddress {
    /// Whether an address is a URL rather than `key=value` pairs.
    static func isURL(_ address: String) -> Bool {
      address.hasPrefix("postgres://") || address.hasPrefix("postgresql://")
    }

    /// Takes `schema=` out of a URL's parameters, which libpq would refuse.
    static func separatingSchema(from address: String) -> (address: String, schema: String?) {
      guard isURL(address), let mark = address.lastIndex(of: "?") else { return (address, nil) }
      var schema: String?
      let others = address[address.index(after: mark)...].split(separator: "&").filter { parameter in
        guard parameter.hasPrefix("schema=") else { return true }
        schema = percentDecoded(parameter.dropFirst("schema=".count))
        return false
      }
      let start = address[..<mark]
      return (others.isEmpty ? String(start) : start + "?" + others.joined(separator: "&"), schema)
    }

    /// The address with stars for its password.
    static func redacted(_ address: String) -> String {
      var text = address
      for secret in secrets(of: address) { text = replacing(secret, in: text) }
      return text.isEmpty ? "the database that the environment names" : text
    }

    /// The passwords in an address, as they stand there and decoded, and that of the environment.
    static func secrets(of address: String) -> [String] {
      var secrets: [String] = []
      if isURL(address), let slashes = address.range(ofUTF8: "//") {
        let behind = address[slashes...]
        let authority = behind.prefix { $0 != "?" }
        if let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") {
          let password = authority[authority.index(after: colon)..<at]
          secrets += [String(password), percentDecoded(password)]
        }
        for parameter in behind.split(whereSeparator: { $0 == "?" || $0 == "&" }) {
          for name in ["password=", "sslpassword="] where parameter.hasPrefix(name) {
            let password = parameter.dropFirst(name.count)
            secrets += [String(password), percentDecoded(password)]
          }
        }
      }
      if let options = PQconninfoParse(address, nil) {
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
          if ["password", "sslpassword"].contains(String(cString: keyword)), let value = option.pointee.val {
            secrets.append(String(cString: value))
          }
          option += 1
        }
      } else if !isURL(address) {
        // What cannot be parsed might hold a password anywhere.
        secrets.append(address)
      }
      if let options = PQconndefaults() {
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
          if String(cString: keyword) == "password", let value = option.pointee.val {
            secrets.append(String(cString: value))
          }
          option += 1
        }
      }
      return secrets.filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    }

    /// Puts stars in a secret's place.
    static func replacing(_ secret: String, in text: String) -> String {
      let pattern = Array(secret.utf8)
      let bytes = Array(text.utf8)
      guard !pattern.isEmpty, bytes.count >= pattern.count else { return text }
      var result: [UInt8] = []
      var index = 0
      while index < bytes.count {
        if index + pattern.count <= bytes.count, bytes[index..<index + pattern.count].elementsEqual(pattern) {
          result.append(contentsOf: "***".utf8)
          index += pattern.count
        } else {
          result.append(bytes[index])
          index += 1
        }
      }
      return String(decoding: result, as: UTF8.self)
    }

    private static func percentDecoded(_ text: Substring) -> String {
      var bytes: [UInt8] = []
      var rest = Array(text.utf8)[...]
      while let byte = rest.popFirst() {
        if byte == 0x25, rest.count >= 2,
          let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
        {
          bytes.append(value)
          rest = rest.dropFirst(2)
        } else {
          bytes.append(byte)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  extension String {
    /// Where the text behind the first occurrence of an ASCII pattern begins.
    fileprivate func range(ofUTF8 pattern: String) -> Index? {
      var index = startIndex
      while index < endIndex {
        if self[index...].hasPrefix(pattern) { return self.index(index, offsetBy: pattern.count) }
        index = self.index(after: index)
      }
      return nil
    }
  }
#endif
