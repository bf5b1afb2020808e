// Written by generate.py, and kept so that the package builds without a step before it.
import EventSourcing

struct Account: Aggregate {
  enum Command: DomainMessage {
    case addAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case assignAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case cancelAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case changeAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case closeAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case confirmAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case correctAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case mergeAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case moveAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case openAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case pauseAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case proveAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case raiseAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case releaseAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case removeAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case renameAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reopenAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case repeatAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case resumeAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reviewAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case sendAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case splitAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case stopAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case swapAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case verifyAccount(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }
  enum Event: DomainMessage {
    case accountAdded(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountAssigned(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountCanceled(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountChanged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountClosed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountConfirmed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountCorrected(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountMerged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountMoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountOpened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountPaused(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountProved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountRaised(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountReleased(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountRemoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountRenamed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountReopened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountRepeated(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountResumed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountReviewed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountSent(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountSplit(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountStopped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountSwapped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case accountVerified(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }

  var events = 0

  init() {}

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) { events += 1 }
}

struct Booking: Aggregate {
  enum Command: DomainMessage {
    case addBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case assignBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case cancelBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case changeBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case closeBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case confirmBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case correctBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case mergeBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case moveBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case openBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case pauseBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case proveBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case raiseBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case releaseBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case removeBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case renameBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reopenBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case repeatBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case resumeBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reviewBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case sendBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case splitBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case stopBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case swapBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case verifyBooking(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }
  enum Event: DomainMessage {
    case bookingAdded(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingAssigned(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingCanceled(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingChanged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingClosed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingConfirmed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingCorrected(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingMerged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingMoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingOpened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingPaused(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingProved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingRaised(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingReleased(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingRemoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingRenamed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingReopened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingRepeated(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingResumed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingReviewed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingSent(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingSplit(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingStopped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingSwapped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case bookingVerified(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }

  var events = 0

  init() {}

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) { events += 1 }
}

struct Contract: Aggregate {
  enum Command: DomainMessage {
    case addContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case assignContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case cancelContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case changeContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case closeContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case confirmContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case correctContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case mergeContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case moveContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case openContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case pauseContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case proveContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case raiseContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case releaseContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case removeContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case renameContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reopenContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case repeatContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case resumeContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reviewContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case sendContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case splitContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case stopContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case swapContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case verifyContract(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }
  enum Event: DomainMessage {
    case contractAdded(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractAssigned(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractCanceled(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractChanged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractClosed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractConfirmed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractCorrected(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractMerged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractMoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractOpened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractPaused(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractProved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractRaised(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractReleased(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractRemoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractRenamed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractReopened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractRepeated(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractResumed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractReviewed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractSent(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractSplit(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractStopped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractSwapped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case contractVerified(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }

  var events = 0

  init() {}

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) { events += 1 }
}

struct Delivery: Aggregate {
  enum Command: DomainMessage {
    case addDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case assignDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case cancelDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case changeDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case closeDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case confirmDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case correctDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case mergeDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case moveDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case openDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case pauseDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case proveDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case raiseDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case releaseDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case removeDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case renameDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reopenDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case repeatDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case resumeDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reviewDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case sendDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case splitDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case stopDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case swapDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case verifyDelivery(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }
  enum Event: DomainMessage {
    case deliveryAdded(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryAssigned(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryCanceled(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryChanged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryClosed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryConfirmed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryCorrected(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryMerged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryMoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryOpened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryPaused(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryProved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryRaised(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryReleased(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryRemoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryRenamed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryReopened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryRepeated(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryResumed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryReviewed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliverySent(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliverySplit(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryStopped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliverySwapped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case deliveryVerified(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }

  var events = 0

  init() {}

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) { events += 1 }
}

struct Employee: Aggregate {
  enum Command: DomainMessage {
    case addEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case assignEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case cancelEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case changeEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case closeEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case confirmEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case correctEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case mergeEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case moveEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case openEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case pauseEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case proveEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case raiseEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case releaseEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case removeEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case renameEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reopenEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case repeatEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case resumeEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reviewEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case sendEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case splitEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case stopEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case swapEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case verifyEmployee(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }
  enum Event: DomainMessage {
    case employeeAdded(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeAssigned(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeCanceled(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeChanged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeClosed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeConfirmed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeCorrected(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeMerged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeMoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeOpened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeePaused(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeProved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeRaised(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeReleased(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeRemoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeRenamed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeReopened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeRepeated(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeResumed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeReviewed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeSent(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeSplit(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeStopped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeSwapped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case employeeVerified(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }

  var events = 0

  init() {}

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) { events += 1 }
}

struct Forecast: Aggregate {
  enum Command: DomainMessage {
    case addForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case assignForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case cancelForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case changeForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case closeForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case confirmForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case correctForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case mergeForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case moveForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case openForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case pauseForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case proveForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case raiseForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case releaseForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case removeForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case renameForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reopenForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case repeatForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case resumeForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reviewForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case sendForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case splitForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case stopForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case swapForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case verifyForecast(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }
  enum Event: DomainMessage {
    case forecastAdded(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastAssigned(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastCanceled(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastChanged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastClosed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastConfirmed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastCorrected(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastMerged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastMoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastOpened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastPaused(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastProved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastRaised(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastReleased(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastRemoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastRenamed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastReopened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastRepeated(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastResumed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastReviewed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastSent(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastSplit(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastStopped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastSwapped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case forecastVerified(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }

  var events = 0

  init() {}

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) { events += 1 }
}

struct Garage: Aggregate {
  enum Command: DomainMessage {
    case addGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case assignGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case cancelGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case changeGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case closeGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case confirmGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case correctGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case mergeGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case moveGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case openGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case pauseGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case proveGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case raiseGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case releaseGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case removeGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case renameGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reopenGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case repeatGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case resumeGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reviewGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case sendGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case splitGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case stopGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case swapGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case verifyGarage(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }
  enum Event: DomainMessage {
    case garageAdded(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageAssigned(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageCanceled(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageChanged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageClosed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageConfirmed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageCorrected(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageMerged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageMoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageOpened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garagePaused(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageProved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageRaised(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageReleased(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageRemoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageRenamed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageReopened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageRepeated(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageResumed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageReviewed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageSent(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageSplit(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageStopped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageSwapped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case garageVerified(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }

  var events = 0

  init() {}

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) { events += 1 }
}

struct Hotel: Aggregate {
  enum Command: DomainMessage {
    case addHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case assignHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case cancelHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case changeHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case closeHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case confirmHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case correctHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case mergeHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case moveHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case openHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case pauseHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case proveHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case raiseHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case releaseHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case removeHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case renameHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reopenHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case repeatHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case resumeHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reviewHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case sendHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case splitHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case stopHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case swapHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case verifyHotel(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }
  enum Event: DomainMessage {
    case hotelAdded(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelAssigned(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelCanceled(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelChanged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelClosed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelConfirmed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelCorrected(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelMerged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelMoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelOpened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelPaused(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelProved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelRaised(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelReleased(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelRemoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelRenamed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelReopened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelRepeated(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelResumed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelReviewed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelSent(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelSplit(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelStopped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelSwapped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case hotelVerified(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }

  var events = 0

  init() {}

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) { events += 1 }
}

struct Invoice: Aggregate {
  enum Command: DomainMessage {
    case addInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case assignInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case cancelInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case changeInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case closeInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case confirmInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case correctInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case mergeInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case moveInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case openInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case pauseInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case proveInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case raiseInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case releaseInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case removeInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case renameInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reopenInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case repeatInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case resumeInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reviewInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case sendInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case splitInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case stopInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case swapInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case verifyInvoice(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }
  enum Event: DomainMessage {
    case invoiceAdded(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceAssigned(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceCanceled(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceChanged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceClosed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceConfirmed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceCorrected(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceMerged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceMoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceOpened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoicePaused(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceProved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceRaised(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceReleased(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceRemoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceRenamed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceReopened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceRepeated(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceResumed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceReviewed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceSent(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceSplit(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceStopped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceSwapped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case invoiceVerified(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }

  var events = 0

  init() {}

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) { events += 1 }
}

struct Journey: Aggregate {
  enum Command: DomainMessage {
    case addJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case assignJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case cancelJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case changeJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case closeJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case confirmJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case correctJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case mergeJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case moveJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case openJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case pauseJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case proveJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case raiseJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case releaseJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case removeJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case renameJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reopenJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case repeatJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case resumeJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case reviewJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case sendJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case splitJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case stopJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case swapJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case verifyJourney(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }
  enum Event: DomainMessage {
    case journeyAdded(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyAssigned(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyCanceled(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyChanged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyClosed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyConfirmed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyCorrected(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyMerged(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyMoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyOpened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyPaused(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyProved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyRaised(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyReleased(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyRemoved(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyRenamed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyReopened(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyRepeated(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyResumed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyReviewed(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeySent(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeySplit(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyStopped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeySwapped(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
    case journeyVerified(reason: String, amount: Decimal, count: Int, until: Date?, by: UUID)
  }

  var events = 0

  init() {}

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) { events += 1 }
}

let large = Domain("Large") {
  Account.self
  Booking.self
  Contract.self
  Delivery.self
  Employee.self
  Forecast.self
  Garage.self
  Hotel.self
  Invoice.self
  Journey.self
}
