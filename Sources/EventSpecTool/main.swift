import Banking
import EventSpecCLI
import Lending
import Ordering

await EventSpecTool.main(ordering, banking, lending)
