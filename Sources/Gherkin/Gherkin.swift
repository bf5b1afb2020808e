// The module Gherkin.
