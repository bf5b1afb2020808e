/// A store that holds files or connections until it is closed.
package protocol ClosableEventStore: EventStore {
  /// Lets what was asked for finish, and gives back what the store holds before it returns; later calls fail.
  ///
  /// It may block the thread for a moment, and is for the end of a process.
  func closeAtOnce()
}
